/** How each layer's weights are spread, now and at the start, as a frame has it, and what there is to say of it. */

import { percent, significant, whole } from "../../base/format.js";

/** @import {Frame} from "../../base/types.js" */
/** @import {Sentence, Table} from "./panel.js" */

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
    return { head: "Diverged: ", text: "a weight is no finite number any more.", warn: true };
  }
  const changes = layers.map(({ norm }) => norm.now / norm.before);
  const most = Math.max(...changes.map((change) => Math.abs(change - 1)));
  const layer = changes.findIndex((change) => Math.abs(change - 1) === most);
  const { now = NaN, before = NaN } = layers[layer]?.norm ?? {};
  const where = layer === layers.length - 1 ? "The output" : `Layer ${layer + 1}`;
  const moved =
    most < MOVED
      ? "Weights have hardly moved"
      : `${where} moved most, from norm ${significant(before, 2)} to ${significant(now, 2)}`;
  const zeros = total("zeros");
  const exact = zeros === 0 ? "none is 0" : `${whole(zeros)} exactly 0`;
  return {
    head: "",
    text: `${moved}; ${whole(total("small"))} of ${whole(total("count"))} are below ${SMALL}, ${exact}.`,
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
  return (
    `Of ${whole(count)} weights ${percent(small / count)} are below ${SMALL} and ${whole(zeros)} are exactly 0. Their norm is `
    + `${significant(norm.now, 4)}; at the start it was ${significant(norm.before, 4)}. Biases are left out.`
  );
}

/** @param {Layer[]} layers @returns {Table} */
export function weightTable(layers) {
  const bars = (/** @type {string} */ name) => layers[0]?.now.map((_, bar) => `${name}_${bar + 1}`) ?? [];
  return [
    [
      "layer",
      "weights",
      "norm",
      "norm_at_start",
      "small",
      "zeros",
      "axis_from",
      "axis_to",
      ...bars("count"),
      ...bars("start"),
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
