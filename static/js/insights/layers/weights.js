/** How each layer's weights are spread, now and at the start, as a frame has it, and what there is to say of it. */

import { percent, significant, whole } from "../../base/format.js";
import { sentences, t } from "../../base/words.js";

/** @import {Frame} from "../../base/types.js" */
/** @import {Table} from "../saving.js" */
/** @import {Sentence} from "../sentence.js" */

/**
 * What the engine calls a weight spread, of one layer; `before` is at step 0.
 *
 * @typedef {{now: number, before: number}} Norms
 * @typedef {object} Layer
 * @property {number} reach  its axis is from −reach to +reach
 * @property {number[]} now  how many weights are in each bar
 * @property {number[]} before
 * @property {Norms} norm
 * @property {number} small  how many are next to 0
 * @property {number} zeros  how many are exactly 0
 * @property {number} count  how many there are
 */

/** What is next to 0, as the engine has it. */
export const SMALL = 0.01;

/** Norms that changed by less than so much show weights that have hardly moved. */
const MOVED = 0.02;

/**
 * @param {Frame} frame
 * @returns {Layer[] | null}  null where the frame has none
 */
export function weightsOf({ reading, arrays: { reach, counts, norms, sizes } }) {
  if (reading?.kind !== "weights" || !reach || !counts || !norms || !sizes) return null;
  const layers = reach.data.length;
  const bars = counts.shape[2] ?? 0;
  const row = (/** @type {number} */ at) => Array.from(counts.data.subarray(at * bars, (at + 1) * bars));
  return Array.from(reach.data, (far, layer) => ({
    reach: far,
    now: row(2 * layer),
    before: row(2 * layer + 1),
    norm: { now: norms.data[2 * layer] ?? NaN, before: norms.data[2 * layer + 1] ?? NaN },
    small: sizes.data[layer] ?? NaN,
    zeros: sizes.data[layers + layer] ?? NaN,
    count: sizes.data[2 * layers + layer] ?? NaN,
  }));
}

/**
 * What there is to see.
 *
 * @param {Layer[]} layers
 * @returns {Sentence}
 */
export function weightWords(layers) {
  const total = (/** @type {"small" | "zeros" | "count"} */ name) =>
    layers.reduce((sum, layer) => sum + layer[name], 0);
  if (layers.some(({ norm }) => !Number.isFinite(norm.now))) {
    return { text: t("*Diverged:* a weight is no longer a finite number."), warn: true };
  }
  const changes = layers.map(({ norm }) => norm.now / norm.before);
  const most = Math.max(...changes.map((change) => Math.abs(change - 1)));
  const layer = changes.findIndex((change) => Math.abs(change - 1) === most);
  const { now = NaN, before = NaN } = layers[layer]?.norm ?? {};
  const norms = { layer: layer + 1, before: significant(before, 2), now: significant(now, 2) };
  const zeros = total("zeros");
  const counts = { small: whole(total("small")), weights: whole(total("count")), zeros: whole(zeros), limit: SMALL };
  return {
    text: sentences(
      most < MOVED || layer < 0
        ? t("Weights have hardly moved.")
        : layer === layers.length - 1
          ? t("The output moved most, from norm {before} to {now}.", norms)
          : t("Layer {layer} moved most, from norm {before} to {now}.", norms),
      zeros === 0
        ? t("{small} of {weights} weights are below {limit} in size, none is 0.", counts)
        : t("{small} of {weights} weights are below {limit} in size, {zeros} are exactly 0.", counts),
    ),
    warn: false,
  };
}

/**
 * @param {Layer[]} layers
 * @param {number} index
 */
export function weightDetail(layers, index) {
  const layer = layers[index];
  if (!layer) return "";
  const { norm, small, zeros, count } = layer;
  return sentences(
    t("Of {weights} weights {share} are below {limit} in size, and {zeros} are exactly 0.", {
      weights: whole(count),
      share: percent(small / count),
      limit: SMALL,
      zeros: whole(zeros),
    }),
    t("Their norm is {now}; at the start it was {before}. Biases are left out.", {
      now: significant(norm.now, 4),
      before: significant(norm.before, 4),
    }),
  );
}

/** @param {Layer[]} layers @returns {Table} */
export function weightTable(layers) {
  const bars = layers[0]?.now.map((_, bar) => bar + 1) ?? [];
  return [
    [
      t("layer"),
      t("weights"),
      t("norm"),
      t("norm_at_start"),
      t("small"),
      t("zeros"),
      t("axis_from"),
      t("axis_to"),
      ...bars.map((bar) => t("count_{bar}", { bar })),
      ...bars.map((bar) => t("start_{bar}", { bar })),
    ],
    ...layers.map(({ count, norm, small, zeros, reach, now, before }, layer) => [
      layer + 1,
      count,
      norm.now,
      norm.before,
      small,
      zeros,
      -reach,
      reach,
      ...now,
      ...before,
    ]),
  ];
}
