/** What a map says at one point, in words. */

import { signed, wholePercent } from "../base/format.js";
import { className, columnName, hasUnits, inUnits, unitText } from "../base/data-names.js";
import { listed, t } from "../base/words.js";

/** @import {Inspected, Probe, Scene} from "../base/types.js" */

/** As many classes as fit on a line. */
const MOST = 3;

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
  if (values.length > 1) return `${place}  ${describeClasses(values, scene)}`;
  if (!inspected && scene?.task === "regression") return `${place}  ${numberText(value, scene)}`;
  const said = { place, value: signed(value, 2) };
  return inspected
    ? t("{place}  activation {value}", said)
    : t("{place}  output {value} → {class}", { ...said, class: className(value < 0 ? 0 : 1, scene?.class_names) });
}

/**
 * A number that the network answers with, by its name and in its units where it has such.
 *
 * @param {number} value
 * @param {Scene | null} scene
 */
function numberText(value, scene) {
  const text = hasUnits(scene) ? unitText(inUnits(value, scene)) : signed(value, 2);
  const name = columnName(2, scene);
  return name ? `${name} ${text}` : t("output {value}", { value: text });
}

/**
 * @param {number[]} values
 * @param {Scene | null} scene
 */
function describeClasses(values, scene) {
  return values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST)
    .map(({ value, index }) => `${className(index, scene?.class_names)} ${wholePercent(value)}`)
    .join(", ");
}

/**
 * What the network says at a point exactly: the scores that the loss sees, what they make of each class, and how
 * open the answer is. Of many classes the likeliest are named.
 *
 * @param {Probe} probe
 * @param {Scene | null} [scene]
 * @returns {{head: string, detail: string}}
 */
export function describeProbe({ point: [x1, x2], scores, probabilities, entropy }, scene = null) {
  const place = `(${signed(x1, 1)}, ${signed(x2, 1)})`;
  const score = signed(scores[0] ?? NaN, 2);
  if (!probabilities) return { head: `${place}  ${numberText(scores[0] ?? NaN, scene)}`, detail: "" };
  const order = probabilities
    .map((_, index) => index)
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const answer = `${place} → ${className(order[0] ?? 0, scene?.class_names)}`;
  const open = t("entropy {entropy}", { entropy: (entropy ?? NaN).toFixed(3) });
  const many = probabilities.length > MOST;
  const named = many ? order.slice(0, MOST) : order.sort((a, b) => a - b);
  const shares = `p ${named.map((index) => (probabilities[index] ?? NaN).toFixed(3)).join(", ")}`;
  if (scores.length === 1) {
    return { head: `${answer}   ${t("score {score}", { score })}`, detail: `${shares}   ${open}` };
  }
  const said = named.map((index) => signed(scores[index] ?? NaN, 2)).join(", ");
  return {
    head: `${answer}   ${open}`,
    detail: `${many ? t("Classes {classes}: scores {scores}", { classes: listed(named.map(String)), scores: said }) : t("scores {scores}", { scores: said })}\n${shares}`,
  };
}
