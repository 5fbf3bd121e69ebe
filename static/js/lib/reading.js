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
 * What the network says at the point exactly: the scores that the loss sees, what they make of each class, and how
 * open the answer is.
 *
 * @param {Probe | null} probe
 */
export function describeProbe(probe) {
  if (!probe) return "";
  const { scores, probabilities, entropy } = probe;
  const list = (/** @type {(number | null)[]} */ values, /** @type {number} */ digits, /** @type {boolean} */ sign) => values
    .slice(0, MOST)
    .map((value) => (sign ? signed(value ?? NaN, digits) : (value ?? NaN).toFixed(digits)))
    .join(", ") + (values.length > MOST ? ", …" : "");
  const parts = [`${scores.length > 1 ? "scores" : "score"} ${list(scores, 2, true)}`];
  if (probabilities) parts.push(`p ${list(probabilities, 3, false)}`);
  if (entropy !== null) parts.push(`entropy ${entropy.toFixed(3)}`);
  return parts.join("   ");
}
