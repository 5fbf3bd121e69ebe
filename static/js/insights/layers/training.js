/** What training does otherwise than evaluation, as a frame has it: a batch's statistics, and dropout's mask. */

import { percent, significant } from "../../base/format.js";
import { sentences, t } from "../../base/words.js";

/** @import {Frame} from "../../base/types.js" */

/**
 * @typedef {{mean: number, spread: number}} Statistics  of what batch normalization takes
 *
 * How many standard deviations their means are apart.
 *
 * @typedef {{batch: Statistics, running: Statistics, apart: number}} Norm
 *
 * What the engine calls in training, of one layer.
 *
 * @typedef {object} LayerInTraining
 * @property {Norm | null} norm  null without normalization
 * @property {number[] | null} mask  what each unit is multiplied by for the batch's first point; null without dropout
 *
 * @typedef {{batch: number, layers: LayerInTraining[]}} Training  how many points the next update looks at
 */

/** After so many updates of 0.9 r + 0.1 (batch's) less than a twentieth is left of what running averages began with. */
const SETTLED = 30;
const KEPT = 0.9;

/**
 * @param {Frame} frame
 * @param {readonly number[]} units  of each layer, outputs last
 * @returns {Training | null}  null where the network trains as it is evaluated
 */
export function trainingOf({ reading, arrays: { normed, mask } }, units) {
  if (reading?.kind !== "activations" || !reading.batch || !normed || !mask) return null;
  let first = 0;
  const layers = units.map((count, layer) => {
    const [mean = NaN, spread = NaN, runningMean = NaN, runningSpread = NaN, apart = NaN] = normed.data.subarray(
      5 * layer,
      5 * layer + 5,
    );
    const masks = Array.from(mask.data.subarray(first, first + count));
    first += count;
    return {
      norm: Number.isNaN(runningSpread)
        ? null
        : { batch: { mean, spread }, running: { mean: runningMean, spread: runningSpread }, apart },
      mask: masks.some((value) => value !== 1) ? masks : null,
    };
  });
  return { batch: reading.batch, layers };
}

/** @param {readonly number[]} mask */
const silentIn = (mask) => mask.filter((value) => value === 0).length;

/** What dropout multiplies the units by that speak. @param {readonly number[]} mask */
export const scaleOf = (mask) => Math.max(...mask);

/**
 * How far the running averages are from the batch, while they still hold what they began with.
 *
 * @param {Training | null} training
 * @param {number} step
 * @returns {string | null}
 */
export function settlingWords(training, step) {
  const ratio = (/** @type {Norm} */ { batch, running }) => Math.abs(Math.log(running.spread / batch.spread));
  const worst = step < SETTLED ? farthest(training, ratio) : null;
  if (!worst) return null;
  return t(
    "Running averages spread by {running}, the batch by {batch} in layer {layer}: they still hold {share} of their start.",
    {
      share: percent(KEPT ** step),
      layer: worst.layer + 1,
      running: significant(worst.norm.running.spread, 2),
      batch: significant(worst.norm.batch.spread, 2),
    },
  );
}

/**
 * @param {Training | null} training
 * @returns {string | null}  null where there is nothing to tell apart
 */
export function trainingWords(training) {
  const worst = farthest(training, ({ apart }) => apart);
  if (worst) {
    return t("Batch and running means lie up to {apart} σ apart, in layer {layer}.", {
      apart: significant(worst.norm.apart, 2),
      layer: worst.layer + 1,
    });
  }
  const masks = training?.layers.flatMap(({ mask }) => mask ?? []) ?? [];
  if (masks.length === 0) return null;
  return t("The next update’s first point goes without {count} of {units} units; evaluation uses all, unscaled.", {
    count: silentIn(masks),
    units: masks.length,
  });
}

/**
 * Where batch and running averages are the farthest apart.
 *
 * @param {Training | null} training
 * @param {(norm: Norm) => number} distance
 */
function farthest(training, distance) {
  const normed = training?.layers.flatMap(({ norm }, layer) => (norm ? [{ norm, layer }] : [])) ?? [];
  return normed.reduce(
    (worst, each) => (worst && !(distance(each.norm) > distance(worst.norm)) ? worst : each),
    /** @type {typeof normed[number] | null} */ (null),
  );
}

/**
 * More of one layer.
 *
 * @param {Training} training
 * @param {number} layer
 */
export function trainingDetail({ batch: count, layers }, layer) {
  const { norm = null, mask = null } = layers[layer] ?? {};
  return sentences(
    norm !== null
      && t(
        "Batch norm takes {batch} from the next {count} points and {running} from its running averages; their means lie {apart} standard deviations apart.",
        { batch: written(norm.batch), running: written(norm.running), apart: significant(norm.apart, 2), count },
      ),
    mask !== null
      && t(
        "Dropout silences {count} of {units} units for the first point of the next update and multiplies the others by {scale}; evaluation uses all, unscaled.",
        { count: silentIn(mask), units: mask.length, scale: significant(scaleOf(mask), 3) },
      ),
  );
}

/** @param {Statistics} statistics */
const written = ({ mean, spread }) => `${significant(mean, 2)} ± ${significant(spread, 2)}`;

/** The names of what a table has of each layer besides. */
export const trainingColumns = () => [
  t("batch_mean"),
  t("batch_spread"),
  t("running_mean"),
  t("running_spread"),
  t("means_apart"),
  t("silent_units"),
  t("mask_scale"),
];

/** @param {LayerInTraining | undefined} layer  @returns {number[]} */
export function trainingRow(layer) {
  const { norm = null, mask = null } = layer ?? {};
  return [
    norm?.batch.mean ?? NaN,
    norm?.batch.spread ?? NaN,
    norm?.running.mean ?? NaN,
    norm?.running.spread ?? NaN,
    norm?.apart ?? NaN,
    mask ? silentIn(mask) : NaN,
    mask ? scaleOf(mask) : NaN,
  ];
}
