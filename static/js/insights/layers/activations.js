/** What enters each layer's activation and what leaves it, as a frame has it, and what there is to say of it. */

import { percent, significant } from "../../base/format.js";

/** @import {Frame} from "../../base/types.js" */
/** @import {Sentence, Table} from "./panel.js" */

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
 * @typedef {{points: number, layers: Layer[]}} Activations  outputs last
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
export function activationsOf({ reading, arrays: { reach, counts, curves, outputs, idle } }, [, ...units]) {
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
  return { points: reading.points, layers };
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * What there is to see.
 *
 * @param {Activations} activations
 * @returns {Sentence}
 */
export function activationWords({ layers }) {
  const hidden = layers.slice(0, -1);
  const [first, last] = [hidden[0], hidden.at(-1)];
  const plain = (/** @type {string} */ text) => ({ head: "", text, warn: false });
  const warn = (/** @type {string} */ head, /** @type {string} */ text) => ({ head, text, warn: true });
  if (layers.some(({ mean, spread }) => !Number.isFinite(mean + spread))) {
    return warn("Diverged: ", "what leaves a layer is no finite number any more.");
  }
  if (!first || !last) {
    return plain(`There is no hidden layer; outputs spread by ${significant(layers[0]?.spread ?? NaN, 2)}.`);
  }
  const idle = (/** @type {number} */ kind) => hidden.map((layer) => layer.idle.filter((each) => each === kind).length);
  const of = (/** @type {number} */ layer) => hidden[layer]?.idle.length ?? 0;
  const dead = idle(DEAD);
  if (dead.some((count, layer) => count >= MISSED * of(layer))) {
    const [silent, all] = [dead, hidden.map((_, layer) => of(layer))].map(sum);
    return warn("Dead: ", `${silent} of ${all} hidden units give nothing at any point.`);
  }
  const numbers = `spread over the points ${significant(first.spread, 2)} in layer 1, ${significant(last.spread, 2)} in layer ${hidden.length}`;
  if (last.spread < SHRUNK * first.spread) return warn("Signals die out: ", `${numbers}.`);
  if (last.spread > GROWN * first.spread) return warn("Signals burst: ", `${numbers}.`);
  const saturated = idle(SATURATED);
  const worst = saturated.findIndex((count, layer) => count > MOSTLY * of(layer));
  if (worst >= 0) {
    return warn(
      "Saturated: ",
      `${saturated[worst]} of ${of(worst)} units of layer ${worst + 1} are flat at most points.`,
    );
  }
  return plain(
    hidden.length === 1
      ? `Signals spread over the points by ${significant(first.spread, 2)}.`
      : `Signals keep going: ${numbers}.`,
  );
}

/**
 * @param {Activations} activations
 * @param {number} layer
 */
export function activationDetail({ points, layers }, layer) {
  const here = layers[layer];
  if (!here) return "";
  const idle = [
    [DEAD, "dead"],
    [SATURATED, "saturated"],
  ].map(([kind, name]) => [here.idle.filter((each) => each === kind).length, name]);
  const said = idle
    .filter(([count]) => count !== 0)
    .map(([count, name]) => ` ${count} of ${here.idle.length} units are ${name}.`);
  return (
    `What leaves it has the mean ${significant(here.mean, 3)} and a spread over the points of ${significant(here.spread, 3)};`
    + ` f is flat for ${percent(here.flat)} of what enters.${said.join("")} Looked at: ${points} training points, as in evaluation.`
  );
}

/** @param {Activations} activations @returns {Table} */
export function activationTable({ layers }) {
  const bars = layers[0]?.counts.map((_, bar) => `count_${bar + 1}`) ?? [];
  return [
    ["layer", "mean", "spread", "share_flat", "dead_units", "saturated_units", "axis_from", "axis_to", ...bars],
    ...layers.map(({ mean, spread, flat, idle, reach, counts }, layer) => [
      layer + 1,
      mean,
      spread,
      flat,
      idle.filter((each) => each === DEAD).length,
      idle.filter((each) => each === SATURATED).length,
      -reach,
      reach,
      ...counts,
    ]),
  ];
}
