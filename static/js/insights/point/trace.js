/** One point's way through a network and back, as the server found it: its numbers by layer, unit and link. */

/** @import {Block, LayoutEntry, StudyPart} from "../../base/types.js" */

/**
 * What a study of the kind `trace` holds; docs/protocol.md says what each number is.
 *
 * @typedef {object} Layer
 * @property {string} name  its arrays in theta begin with it
 * @property {string} activation
 * @property {ArrayLike<number>} x  what it is given
 * @property {ArrayLike<number>} sums
 * @property {ArrayLike<number>} z
 * @property {ArrayLike<number>} a
 * @property {ArrayLike<number>} slope
 * @property {ArrayLike<number>} d_a
 * @property {ArrayLike<number>} d_z
 * @property {ArrayLike<number>} delta
 *
 * @typedef {object} Trace
 * @property {number} run
 * @property {number} step
 * @property {[number, number]} point
 * @property {number} label
 * @property {string[]} features
 * @property {number[]} units  of each layer: inputs first, outputs last
 * @property {Layer[]} layers  outputs last
 * @property {ArrayLike<number>} output
 * @property {ArrayLike<number>} target
 * @property {ArrayLike<number> | null} probabilities
 * @property {number} loss
 * @property {Information | null} information  in nats
 * @property {boolean} checked  whether finite differences are known
 * @property {{batch: number, learning_rate: number | null} | null} update  of the next batch, where that was asked for
 * @property {{[name: string]: Block}} arrays
 * @property {LayoutEntry[]} layout
 *
 * @typedef {{entropy: number, kl: number, crossEntropy: number}} Information
 *
 * All that is known of one parameter; NaN for what is not.
 * @typedef {{theta: number, term: number, carried: number, gradient: number, numeric: number, difference: number,
 *   batchGradient: number, after: number}} Parameter
 */

const BY_UNIT = /** @type {const} */ (["sums", "z", "a", "slope", "d_a", "d_z", "delta"]);

/**
 * @param {StudyPart} part
 * @param {LayoutEntry[]} layout  of the network that it is about
 * @returns {Trace}
 */
export function readTrace(part, layout) {
  const { run, step, point, label, features, units, activations, loss, information, checked, update, arrays } = part;
  const data = (/** @type {string} */ name) => arrays[name]?.data ?? new Float64Array();
  let first = 0;
  const layers = units.slice(1).map((/** @type {number} */ count, /** @type {number} */ index) => {
    const before = first - (units[index] ?? 0);
    const x = index === 0 ? data("inputs") : data("a").subarray(before, first);
    const of = BY_UNIT.map((name) => [name, data(name).subarray(first, first + count)]);
    first += count;
    const name = index === units.length - 2 ? "output" : `layers.${index}`;
    return { name, activation: activations[index], x, ...Object.fromEntries(of) };
  });
  const [entropy, kl, crossEntropy] = (information ?? []).map((/** @type {number | null} */ value) => value ?? NaN);
  return {
    run,
    step,
    point,
    label,
    features,
    units,
    layers,
    output: data("output"),
    target: data("target"),
    probabilities: arrays.probabilities?.data ?? null,
    loss: loss ?? NaN,
    information: information && { entropy, kl, crossEntropy },
    checked,
    update: update ?? null,
    arrays,
    layout,
  };
}

/**
 * A link from a unit of the layer before, an input where that is the first.
 *
 * @param {Trace} trace
 * @param {number} layer
 * @param {number} from
 * @param {number} to
 */
export function linkOf(trace, layer, from, to) {
  const { offset, shape } = arrayOf(trace, layer, "W");
  return parameterAt(trace, offset + from * (shape[1] ?? 0) + to);
}

/**
 * @param {Trace} trace
 * @param {number} layer
 * @param {number} unit
 */
export const biasOf = (trace, layer, unit) => parameterAt(trace, arrayOf(trace, layer, "b").offset + unit);

/**
 * All links into a unit.
 *
 * @param {Trace} trace
 * @param {number} layer
 * @param {number} unit
 */
export const linksInto = (trace, layer, unit) =>
  Array.from({ length: trace.units[layer] ?? 0 }, (_, from) => linkOf(trace, layer, from, unit));

/**
 * @param {Trace} trace
 * @param {number} layer
 * @param {"W" | "b"} kind
 */
function arrayOf({ layout, layers }, layer, kind) {
  const name = `${layers[layer]?.name}.${kind}`;
  const found = layout.find((entry) => entry.name === name);
  if (!found) throw new Error(`the network has no ${name}`);
  return found;
}

/**
 * @param {Trace} trace
 * @param {number} place
 * @returns {Parameter}
 */
function parameterAt({ arrays }, place) {
  const of = (/** @type {string} */ name) => arrays[name]?.data[place] ?? NaN;
  return {
    theta: of("theta"),
    term: of("terms"),
    carried: of("carried"),
    gradient: of("gradient"),
    numeric: of("numeric"),
    difference: of("difference"),
    batchGradient: of("batch_gradient"),
    after: of("after"),
  };
}
