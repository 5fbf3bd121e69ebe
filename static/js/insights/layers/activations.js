/** What enters each layer's activation and what leaves it, as a frame has it, and what there is to say of it. */

import { percent, significant } from "../../base/format.js";
import { sentences, t, tn } from "../../base/words.js";
import { settlingWords, trainingColumns, trainingDetail, trainingOf, trainingRow, trainingWords } from "./training.js";

/** @import {Frame} from "../../base/types.js" */
/** @import {Table} from "../saving.js" */
/** @import {Sentence} from "../sentence.js" */
/** @import {Training} from "./training.js" */

/**
 * What the engine calls an activation flow, of one layer.
 *
 * @typedef {object} Layer
 * @property {number} reach  its axis is from −reach to +reach
 * @property {number[]} counts  of what enters, a bar each
 * @property {number[]} curve  f at the edges of the bars
 * @property {number[]} slope  f′ there
 * @property {number} mean  of what leaves
 * @property {number} spread  of that over the points
 * @property {number} flat  the share of it where f′ is next to nothing
 * @property {number[]} idle  of each unit 1 where it is dead, 2 where it is saturated, else 0
 *
 * Of all layers, outputs last. `trains`: whether it is the network in training.
 *
 * @typedef {{points: number, step: number, layers: Layer[], training: Training | null, trains: boolean}} Activations
 */

/** Below this f is flat, as the engine has it. */
export const FLAT = 0.01;

export const DEAD = 1;
export const SATURATED = 2;

/** A spread that shrinks or grows by so much from the first layer to the last one before the outputs. */
const SHRUNK = 0.1;
const GROWN = 10;

/** A layer misses its dead units from this share on, and is saturated if more than that share of its units is. */
const MISSED = 0.25;
const MOSTLY = 0.5;

/**
 * @param {Frame} frame
 * @param {readonly number[]} units  of each layer, features first
 * @returns {Activations | null}  null where the frame has none of this network
 */
export function activationsOf(frame, [, ...units]) {
  const { reading, step } = frame;
  const { reach, counts, curves, outputs, idle } = frame.arrays;
  if (reading?.kind !== "activations" || !reach || !counts || !curves || !outputs || !idle) return null;
  if (units.length !== reach.data.length || sum(units) !== idle.data.length) return null;
  const bars = counts.shape[1] ?? 0;
  const edges = curves.shape[2] ?? 0;
  const part = (
    /** @type {import("../../base/types.js").Block} */ { data },
    /** @type {number} */ at,
    /** @type {number} */ size,
  ) => Array.from(data.subarray(at, at + size));
  let first = 0;
  const layers = units.map((count, layer) => {
    const [mean = NaN, spread = NaN, flat = NaN] = part(outputs, 3 * layer, 3);
    first += count;
    return {
      reach: reach.data[layer] ?? NaN,
      counts: part(counts, layer * bars, bars),
      curve: part(curves, 2 * layer * edges, edges),
      slope: part(curves, (2 * layer + 1) * edges, edges),
      mean,
      spread,
      flat,
      idle: part(idle, first - count, count),
    };
  });
  const trains = frame.training !== undefined;
  return { points: reading.points, step, layers, training: trainingOf(frame, units), trains };
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * What there is to see.
 *
 * @param {Activations} activations
 * @returns {Sentence}
 */
export function activationWords({ layers, step, training }) {
  const hidden = layers.slice(0, -1);
  const [first, last] = [hidden[0], hidden.at(-1)];
  const plain = (/** @type {string} */ text) => ({ text, warn: false });
  const warn = (/** @type {string} */ text) => ({ text, warn: true });
  if (layers.some(({ mean, spread }) => !Number.isFinite(mean + spread))) {
    return warn(t("*Diverged:* a layer’s output is no longer a finite number."));
  }
  if (!first || !last) {
    return plain(
      t("There is no hidden layer; outputs spread by {spread}.", { spread: significant(layers[0]?.spread ?? NaN, 2) }),
    );
  }
  const idle = (/** @type {number} */ kind) => hidden.map((layer) => layer.idle.filter((each) => each === kind).length);
  const of = (/** @type {number} */ layer) => hidden[layer]?.idle.length ?? 0;
  const dead = idle(DEAD);
  if (dead.some((count, layer) => count >= MISSED * of(layer))) {
    const count = sum(dead);
    const units = sum(hidden.map((_, layer) => of(layer)));
    return warn(
      tn(
        "*Dead:* {count} of {units} hidden units gives 0 at every point.",
        "*Dead:* {count} of {units} hidden units give 0 at every point.",
        count,
        { units },
      ),
    );
  }
  const numbers = { first: significant(first.spread, 2), last: significant(last.spread, 2), layer: hidden.length };
  // in evaluation batch norm divides by averages that still hold the 1 they began with
  const settling = settlingWords(training, step);
  if (settling) return plain(settling);
  if (last.spread < SHRUNK * first.spread) {
    return warn(
      t("*Signals die out:* they spread over the points by {first} in layer 1, by {last} in layer {layer}.", numbers),
    );
  }
  if (last.spread > GROWN * first.spread) {
    return warn(
      t("*Signals burst:* they spread over the points by {first} in layer 1, by {last} in layer {layer}.", numbers),
    );
  }
  const saturated = idle(SATURATED);
  const worst = saturated.findIndex((count, layer) => count > MOSTLY * of(layer));
  if (worst >= 0) {
    const count = saturated[worst] ?? 0;
    return warn(
      tn(
        "*Saturated:* {count} of {units} units of layer {layer} is flat at most points.",
        "*Saturated:* {count} of {units} units of layer {layer} are flat at most points.",
        count,
        { units: of(worst), layer: worst + 1 },
      ),
    );
  }
  const apart = trainingWords(training);
  if (apart) return plain(apart);
  return plain(
    hidden.length === 1
      ? t("Signals spread over the points by {first}.", numbers)
      : t(
          "Signals keep going: they spread over the points by {first} in layer 1, by {last} in layer {layer}.",
          numbers,
        ),
  );
}

/**
 * @param {Activations} activations
 * @param {number} layer
 */
export function activationDetail({ points, layers, training, trains }, layer) {
  const here = layers[layer];
  if (!here) return "";
  const count = (/** @type {number} */ kind) => here.idle.filter((each) => each === kind).length;
  const units = here.idle.length;
  const [dead, saturated] = [count(DEAD), count(SATURATED)];
  return sentences(
    t("Its outputs have the mean {mean} and a spread over the points of {spread}.", {
      mean: significant(here.mean, 3),
      spread: significant(here.spread, 3),
    }),
    t("The activation is flat at {share} of its inputs.", { share: percent(here.flat) }),
    dead > 0 && tn("{count} of {units} units is dead.", "{count} of {units} units are dead.", dead, { units }),
    saturated > 0
      && tn("{count} of {units} units is saturated.", "{count} of {units} units are saturated.", saturated, { units }),
    training !== null && trainingDetail(training, layer),
    trains
      ? t("Looked at: {points} training points, as in training.", { points })
      : t("Looked at: {points} training points, as in evaluation.", { points }),
  );
}

/** @param {Activations} activations @returns {Table} */
export function activationTable({ layers, training }) {
  const bars = layers[0]?.counts.map((_, bar) => t("count_{bar}", { bar: bar + 1 })) ?? [];
  return [
    [
      t("layer"),
      t("mean"),
      t("spread"),
      t("share_flat"),
      t("dead_units"),
      t("saturated_units"),
      t("axis_from"),
      t("axis_to"),
      ...(training ? trainingColumns() : []),
      ...bars,
    ],
    ...layers.map(({ mean, spread, flat, idle, reach, counts }, layer) => [
      layer + 1,
      mean,
      spread,
      flat,
      idle.filter((each) => each === DEAD).length,
      idle.filter((each) => each === SATURATED).length,
      -reach,
      reach,
      ...(training ? trainingRow(training.layers[layer]) : []),
      ...counts,
    ]),
  ];
}
