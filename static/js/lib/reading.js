/** What a map says at one point, in words. */

import { signed } from "./format.js";

/** @import {Inspected, Probe, Scene} from "../types.js" */

/** As many classes as fit on a line. */
const MOST = 3;

/** @param {number} index */
export const className = (index) => `Class ${index}`;

/**
 * @param {number} x1
 * @param {number} x2
 * @param {number[]} values  one, or one for each class
 * @param {Scene | null} scene
 * @param {Inspected | null} inspected
 */
export function describeValues(x1, x2, values, scene, inspected) {
  const place = `(${signed(x1, 1)}, ${signed(x2, 1)})`;
  const [value = NaN] = values;
  if (values.length > 1) return `${place}  ${describeClasses(values)}`;
  const text = `${place}  ${inspected ? "activation" : "output"} ${signed(value, 2)}`;
  return inspected || scene?.task === "regression" ? text : `${text} → ${className(value < 0 ? 0 : 1)}`;
}

/** @param {number[]} values */
function describeClasses(values) {
  return values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST)
    .map(({ value, index }) => `${className(index)} ${Math.round(100 * value)} %`)
    .join(", ");
}

/**
 * What the network says at a point exactly: the scores that the loss sees, what they make of each class, and how
 * open the answer is.
 *
 * @param {Probe} probe
 * @returns {{head: string, detail: string}}
 */
export function describeProbe({ point: [x1, x2], scores, probabilities, entropy }) {
  const place = `(${signed(x1, 1)}, ${signed(x2, 1)})`;
  const list = (/** @type {(number | null)[]} */ values, /** @type {(value: number) => string} */ write) =>
    values.slice(0, MOST).map((value) => write(value ?? NaN)).join(", ") + (values.length > MOST ? ", …" : "");
  const said = list(scores, (value) => signed(value, 2));
  if (!probabilities) return { head: `${place}  output ${said}`, detail: "" };
  const best = probabilities.reduce((/** @type {number} */ most, p, index) => ((p ?? 0) > (probabilities[most] ?? 0) ? index : most), 0);
  return {
    head: `${place} → ${className(best)}   ${scores.length > 1 ? "scores" : "score"} ${said}`,
    detail: `p ${list(probabilities, (value) => value.toFixed(3))}   entropy ${(entropy ?? NaN).toFixed(3)}`,
  };
}
