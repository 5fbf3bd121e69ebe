/** What there is to say of the plane that folds: in a sentence, of each layer, and as a table. */

import { percent } from "../../base/format.js";
import { all, sentences, t } from "../../base/words.js";

/** @import {Scene} from "../../base/types.js" */
/** @import {Space} from "./space.js" */

/** @typedef {Pick<Scene, "task" | "classes" | "train"> & {labels: ArrayLike<number>}} Points */

/** @param {Scene} scene @returns {Points} */
export const pointsOf = ({ task, classes, train, arrays: { labels } }) => ({
  task,
  classes,
  train,
  labels: labels.data.subarray(0, train),
});

/**
 * @param {Space} space
 * @param {Points} points
 * @returns {{text: string, warn: boolean}}  what is bold stands between asterisks
 */
export function spaceWords({ layers, right }, { task, classes, train, labels }) {
  const plain = (/** @type {string} */ text) => ({ text, warn: false });
  const warn = (/** @type {string} */ text) => ({ text, warn: true });
  const [first, last] = [layers[0], layers.at(-1)];
  const layer = layers.length - 1;
  if (!first || !last) return plain("");
  if (layers.some(({ reach }) => !Number.isFinite(reach))) {
    return warn(t("*Diverged:* a layer’s output is no longer a finite number."));
  }
  if (Number.isNaN(last.share)) {
    return warn(t("*Folded to one place:* layer {layer} gives the same for every point.", { layer }));
  }
  if (task === "regression") {
    const [before, here] = [first, last].map(({ apart }) => percent(Math.max(0, apart)));
    const shares = { layer, here: here ?? "", before: before ?? "" };
    return plain(
      layer === 0
        ? t("There is no hidden layer: a slope explains *{here}* of the values.", shares)
        : t("A slope explains *{here}* of the values in layer {layer} (inputs {before}).", shares),
    );
  }
  if (Array.from(labels).every((label) => label === labels[0])) {
    return plain(t("All training points are of one class, so there is nothing to separate."));
  }
  const numbers = { layer, right: right ?? 0, train, before: percent(first.apart) };
  if (layer === 0) {
    return plain(
      classes > 2
        ? t("There is no hidden layer: straight lines separate *{right} of {train}* training points.", numbers)
        : t("There is no hidden layer: one line separates *{right} of {train}* training points.", numbers),
    );
  }
  return plain(
    classes > 2
      ? t("Lines separate *{right} of {train}* training points in layer {layer} (inputs {before}).", numbers)
      : t("One line separates *{right} of {train}* training points in layer {layer} (inputs {before}).", numbers),
  );
}

/** What a frame is called. @param {number} layer  0 for the inputs */
export const frameName = (layer) => (layer === 0 ? t("Inputs") : t("Layer {layer}", { layer }));

/**
 * Which axes a frame has.
 *
 * @param {Space["layers"][number]} layer
 * @param {number} index  0 for the inputs
 */
export function axesWords({ pair, share }, index) {
  if (!pair) return t("Its two main axes show {share} of the spread of the points.", { share: percent(share) });
  const [across, up] = pair.map((unit) => unit + 1);
  if (index === 0) return across === up ? t("It has one input.") : t("Its axes are the two inputs.");
  if (across === up) return t("It has one unit, so all points lie on a line.");
  return t("Its axes are unit {across} and unit {up}.", { across: across ?? 0, up: up ?? 0 });
}

/**
 * What the picture of a layer is called, and what its axes are.
 *
 * @param {Space["layers"][number]} layer
 * @param {number} index  0 for the inputs
 * @param {readonly string[]} names  of the inputs
 */
export function frameTitle({ pair, share }, index, names) {
  const frame = frameName(index);
  if (!pair) return t("{frame}: main axes, {share} of the spread", { frame, share: percent(share) });
  const axes = [...new Set(pair)].map((unit) =>
    index === 0 ? (names[unit] ?? "") : t("unit {unit}", { unit: unit + 1 }),
  );
  return t("{frame}: {axes}", { frame, axes: all(axes) });
}

/**
 * @param {Space} space
 * @param {number} index
 * @param {Points} points
 */
export function frameDetail({ layers, every }, index, { task, train }) {
  const layer = layers[index];
  if (!layer) return "";
  if (!Number.isFinite(layer.reach)) return t("Its output is no longer a finite number.");
  const apart = { apart: percent(Math.max(0, layer.apart)), points: Math.ceil(train / every) };
  return sentences(
    axesWords(layer, index),
    task === "regression"
      ? t("A straight slope explains {apart} of the values of the {points} training points looked at.", apart)
      : t("A straight cut separates {apart} of the {points} training points looked at.", apart),
  );
}

/**
 * A row for each point in each layer, in the layer's own numbers.
 *
 * @param {Space} space
 * @param {Points} points
 * @returns {(string | number)[][]}
 */
export const spaceTable = ({ layers, every }, { labels }) => [
  [t("layer"), t("share_of_spread"), t("share_separated"), t("point"), t("label"), t("x"), t("y")],
  ...layers.flatMap(({ points, reach, share, apart }, layer) =>
    Array.from({ length: points.length / 2 }, (_, index) => [
      layer,
      share,
      apart,
      index * every + 1,
      labels[index * every] ?? NaN,
      reach * (points[2 * index] ?? NaN),
      reach * (points[2 * index + 1] ?? NaN),
    ]),
  ),
];
