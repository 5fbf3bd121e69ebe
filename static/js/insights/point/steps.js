/** The steps of one point: forward unit by unit, the answer, the loss, backward unit by unit, the next update. */

import { biasOf, linksInto } from "./trace.js";

/** @import {Trace} from "./trace.js" */

/**
 * A step, and what it is about: a unit forward or backward, else the whole.
 *
 * @typedef {{kind: "point" | "answer" | "loss" | "update"} | {kind: "forward" | "backward", layer: number,
 *   unit: number}} Step
 */

/** Of more units than this those of the strongest path are walked alone. */
const MOST_WALKED = 12;

/** Losses that turn scores into probabilities on the way. */
const ANSWERS = ["cross_entropy", "logistic"];

/**
 * The strongest path: of each layer the unit that adds most to the one chosen above it, and of the outputs the one with
 * the most to learn.
 *
 * @param {Trace} trace
 * @returns {number[]} a unit of each layer, outputs last
 */
export function strongestPath(trace) {
  const { layers } = trace;
  /** @type {number[]} */
  const path = [];
  let unit = largest(layers.at(-1)?.delta ?? []);
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    path.unshift(unit);
    unit = largest(linksInto(trace, layer, unit).map(({ term }) => term));
  }
  return path;
}

/** @param {Trace} trace */
export const isFolded = ({ units }) => units.slice(1).reduce((sum, count) => sum + count, 0) > MOST_WALKED;

/**
 * @param {Trace} trace
 * @param {number[]} path  of a network that is folded
 * @param {string} loss  its kind
 * @returns {Step[]}
 */
export function stepsOf(trace, path, loss) {
  const folded = isFolded(trace);
  const walked = trace.layers.map((_, layer) =>
    folded ? [path[layer] ?? 0] : Array.from({ length: trace.units[layer + 1] ?? 0 }, (_, unit) => unit),
  );
  const through = (/** @type {"forward" | "backward"} */ kind) =>
    walked.flatMap((units, layer) => units.map((unit) => ({ kind, layer, unit })));
  const back = through("backward").reverse();
  // of one layer the units still come in their order
  back.sort((one, other) => other.layer - one.layer || one.unit - other.unit);
  return [
    { kind: "point" },
    ...through("forward"),
    ...(ANSWERS.includes(loss) ? [{ kind: /** @type {const} */ ("answer") }] : []),
    { kind: "loss" },
    ...back,
    { kind: "update" },
  ];
}

/**
 * How far the point has come with a step: which units know their sum, and which have been reached on the way back.
 *
 * @param {Step} step
 * @param {Trace} trace
 */
export function progressOf(step, trace) {
  const whole = isFolded(trace);
  return {
    forward(/** @type {number} */ layer, /** @type {number} */ unit) {
      if (step.kind !== "forward") return step.kind !== "point";
      return layer < step.layer || (layer === step.layer && (whole || unit <= step.unit));
    },
    backward(/** @type {number} */ layer, /** @type {number} */ unit) {
      if (step.kind !== "backward") return step.kind === "update";
      return layer > step.layer || (layer === step.layer && (whole || unit <= step.unit));
    },
    answered: step.kind !== "point" && step.kind !== "forward",
  };
}

/**
 * Whether a step is about a unit.
 *
 * @param {Step} step
 * @param {"forward" | "backward"} kind
 * @param {number} layer
 * @param {number} [unit]  any of the layer where none is said
 */
export const isAt = (step, kind, layer, unit) =>
  step.kind === kind && step.layer === layer && (unit === undefined || step.unit === unit);

/**
 * The largest numbers of a list in its order, and what the others come to together. One other is no others.
 *
 * @param {number[]} values
 * @param {number} most
 * @returns {{shown: number[], others: {count: number, sum: number} | null}}  places in the list
 */
export function foldTerms(values, most) {
  const places = values.map((_, place) => place);
  if (values.length <= most) return { shown: places, others: null };
  const size = (/** @type {number} */ place) => Math.abs(values[place] ?? 0) || 0;
  const shown = places
    .sort((one, other) => size(other) - size(one))
    .slice(0, most - 1)
    .sort((one, other) => one - other);
  const rest = values.filter((_, place) => !shown.includes(place));
  return { shown, others: { count: rest.length, sum: rest.reduce((sum, value) => sum + value, 0) } };
}

/**
 * What a unit adds up: its strongest terms, the others, and its bias.
 *
 * @param {Trace} trace
 * @param {number} layer
 * @param {number} unit
 * @param {number} most
 */
export function termsOf(trace, layer, unit, most) {
  const links = linksInto(trace, layer, unit);
  const { shown, others } = foldTerms(
    links.map(({ term }) => term),
    most,
  );
  return { links, shown, others, bias: biasOf(trace, layer, unit).theta };
}

/**
 * The place of the number that is furthest from zero; of none, the first.
 *
 * @param {ArrayLike<number>} values
 */
function largest(values) {
  let place = 0;
  for (let i = 1; i < values.length; i++) {
    if (Math.abs(values[i] ?? NaN) > Math.abs(values[place] ?? NaN)) place = i;
  }
  return place;
}
