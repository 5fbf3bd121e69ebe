/** Where each layer puts the points and a grid of lines, as a frame has it. */

import { linesOf } from "./border.js";

/** @import {Frame} from "../../base/types.js" */
/** @import {Line} from "./border.js" */

/** Beyond so many times its reach a frame has nothing, as the wire has it. */
const BEYOND = 4;
const WHOLE = 2 ** 15 - 1;

/**
 * What a layer makes of the plane. Places are from −1 to 1 where the frame is drawn: x, y, x, y, …
 *
 * @typedef {object} Layer
 * @property {Float32Array} points
 * @property {Float32Array} lines  the grid's crossings, row by row from the bottom
 * @property {number} reach  what 1 is in the layer's own numbers; NaN where these are not finite
 * @property {number} share  of the spread of the points, how much is seen
 * @property {number} apart  which share of the points one line separates; in regression R²
 * @property {[number, number] | null} pair  the two units that are the axes; null for principal axes
 *
 * @typedef {object} Space
 * @property {number} every  its points are training points 0, every, 2·every, …
 * @property {number | null} right  how many of all training points the outputs tell right
 * @property {Layer[]} layers  the inputs, then the hidden layers
 * @property {Line[]} border  in the last one
 * @property {number[][]} spread  of each hidden layer's units over the points
 */

/**
 * @param {Frame} frame
 * @param {readonly number[]} units  of each layer, features first
 * @returns {Space | null}  null where the frame has none of this network
 */
export function spaceOf({ reading, arrays: { places, reach, shares, border, pairs, spread } }, units) {
  if (reading?.kind !== "hidden-space" || !places || !reach || !shares || !border || !pairs || !spread) return null;
  const [count = 0, each = 0] = places.shape;
  if (count !== units.length - 1 || spread.data.length !== sum(units.slice(1, -1))) return null;
  const points = each - SIDE * SIDE;
  const scaled = Float32Array.from(places.data, (q) => (BEYOND * q) / WHOLE);
  const layers = Array.from({ length: count }, (_, layer) => {
    const [at, middle] = [2 * each * layer, 2 * (each * layer + points)];
    const [one = -1, other = -1] = pairs.data.subarray(2 * layer, 2 * layer + 2);
    return {
      points: scaled.subarray(at, middle),
      lines: scaled.subarray(middle, at + 2 * each),
      reach: reach.data[layer] ?? NaN,
      share: shares.data[layer] ?? NaN,
      apart: shares.data[count + layer] ?? NaN,
      pair: one < 0 ? null : /** @type {[number, number]} */ ([one, other]),
    };
  });
  let first = 0;
  return {
    every: reading.every,
    right: reading.right,
    layers,
    border: linesOf(border, layers.at(-1)?.reach ?? NaN),
    spread: units.slice(1, -1).map((size) => Array.from(spread.data.subarray(first, (first += size)))),
  };
}

/** So many lines the grid has in each direction. */
export const SIDE = 13;

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The two units of a layer that are spread most, in their order. @param {readonly number[]} spread @returns {[number, number]} */
export function widest(spread) {
  const [one = 0, other = 0] = spread
    .map((_, unit) => unit)
    .sort((a, b) => (spread[b] ?? 0) - (spread[a] ?? 0) || a - b)
    .slice(0, 2)
    .sort((a, b) => a - b);
  return [one, other];
}

/**
 * The place between two layers: their points and lines on the way from the one to the other.
 *
 * @typedef {{points: Float32Array, lines: Float32Array, border: Line[], strength: number}} Shot  strength: of the border
 *
 * @param {Space} space
 * @param {number} at  2.5 is halfway from the second hidden layer to the third
 * @returns {Shot}
 */
export function shotAt({ layers, border }, at) {
  const last = layers.length - 1;
  const from = Math.min(Math.floor(at), last);
  const [here, next] = [layers[from], layers[Math.min(from + 1, last)]];
  const t = at - from;
  const between = (/** @type {Float32Array} */ one, /** @type {Float32Array} */ other) =>
    t === 0 ? one : one.map((value, index) => value + t * ((other[index] ?? NaN) - value));
  if (!here || !next) return { points: new Float32Array(), lines: new Float32Array(), border: [], strength: 0 };
  return {
    points: between(here.points, next.points),
    lines: between(here.lines, next.lines),
    border,
    strength: Math.max(0, 1 - 2 * (last - at)),
  };
}

/**
 * The point nearest to a place.
 *
 * @param {ArrayLike<number>} points  x, y, x, y, …
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @returns {number}  its index; −1 where none is within reach
 */
export function nearestPoint(points, x, y, reach) {
  let [found, least] = [-1, reach];
  for (let index = 0; 2 * index < points.length; index++) {
    const away = Math.hypot((points[2 * index] ?? NaN) - x, (points[2 * index + 1] ?? NaN) - y);
    if (away < least) [found, least] = [index, away];
  }
  return found;
}
