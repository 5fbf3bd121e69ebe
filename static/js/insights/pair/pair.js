/** The loss over two weights, as a frame has it, and what there is to say of what a penalty does to it. */

import { minus } from "../../base/format.js";
import { t } from "../../base/words.js";

/** @import {Frame, LayoutEntry, Spec} from "../../base/types.js" */
/** @import {Table} from "../saving.js" */

/** @typedef {[a: number, b: number]} Place */

/**
 * @typedef {object} Pair
 * @property {number} step  of the run
 * @property {[string, string]} names  of the weights, across and up
 * @property {number} reach  the map goes from −reach to +reach in both
 * @property {ArrayLike<number>} loss  (side, side), row 0 at the top, without the penalty
 * @property {number} side
 * @property {Place} place  where the weights are
 * @property {Place} least  where the loss is least on the map
 * @property {Place} withPenalty  and where it is together with the penalty
 */

/**
 * @param {Frame} frame
 * @returns {Pair | null}  null where the frame has none
 */
export function pairOf({ reading, step, arrays: { pair_loss: loss, pair_places: places } }) {
  if (reading?.kind !== "weights" || !reading.pair || !reading.pair_reach || !loss || !places) return null;
  const place = (/** @type {number} */ row) =>
    /** @type {Place} */ ([places.data[2 * row] ?? NaN, places.data[2 * row + 1] ?? NaN]);
  return {
    step,
    names: reading.pair,
    reach: reading.pair_reach,
    loss: loss.data,
    side: loss.shape[0] ?? 0,
    place: place(0),
    least: place(1),
    withPenalty: place(2),
  };
}

/** λ₁ and λ₂ of a spec. @param {Spec} spec */
export const pricesOf = ({ penalty }) => ({ l1: Number(penalty?.l1 ?? 0), l2: Number(penalty?.l2 ?? 0) });

/** What two weights pay: λ₁ (|a| + |b|) + ½ λ₂ (a² + b²). @param {Place} place @param {{l1: number, l2: number}} prices */
export const price = ([a, b], { l1, l2 }) => l1 * (Math.abs(a) + Math.abs(b)) + (l2 / 2) * (a * a + b * b);

/** @param {Place} place */
const written = ([a, b]) =>
  `(${[a, b].map((value) => minus((value + 0 || 0).toFixed(2).replace("-0.00", "0.00"))).join(", ")})`;

/**
 * @param {Pair} pair
 * @param {Spec} spec
 * @returns {string}  what is bold stands between asterisks
 */
export function pairWords({ least, withPenalty }, spec) {
  const { l1, l2 } = pricesOf(spec);
  const places = { from: written(least), to: written(withPenalty) };
  if (!least.every(Number.isFinite)) return t("The loss over these two weights is no longer a finite number.");
  if (l1 > 0 && l2 > 0) {
    return t("L1 and L2 together move the minimum over these weights from {from} to *{to}*.", places);
  }
  if (l1 > 0) return t("L1 moves the minimum over these weights from {from} to *{to}*.", places);
  if (l2 > 0) return t("L2 moves the minimum over these weights from {from} to *{to}*.", places);
  return t("There is no penalty: over these two weights the loss is least at *{from}*.", places);
}

/**
 * The loss and the penalty all over the map, and then the places that are marked on it.
 *
 * @param {{pair: Pair, prices: {l1: number, l2: number}, trail: number[][]}} shown
 * @param {[across: string, up: string]} labels
 * @returns {Table}
 */
export function pairTable({ pair, prices, trail }, labels) {
  const { side, reach, loss } = pair;
  const step = (2 * reach) / (side - 1);
  const grid = Array.from({ length: side * side }, (_, index) => {
    const place = /** @type {Place} */ ([-reach + (index % side) * step, reach - Math.floor(index / side) * step]);
    return ["map", ...place, loss[index] ?? NaN, price(place, prices)];
  });
  const marks = [
    ...trail.map(([a = NaN, b = NaN]) => ({ name: "path", place: /** @type {Place} */ ([a, b]) })),
    { name: "weights", place: pair.place },
    { name: "least_loss", place: pair.least },
    { name: "least_with_penalty", place: pair.withPenalty },
  ];
  return [
    [t("place"), ...labels, t("loss"), t("penalty")],
    ...grid,
    ...marks.map(({ name, place }) => [name, ...place, NaN, price(place, prices)]),
  ];
}

/**
 * Where a weight stands.
 *
 * @param {readonly LayoutEntry[]} layout
 * @param {string} name
 * @returns {{index: number, layer: number, from: number, to: number} | null}  index: in theta
 */
export function weightAt(layout, name) {
  const at = layout.findIndex((entry) => entry.name.endsWith(".W") && name.startsWith(`${entry.name}.`));
  const entry = layout[at];
  const [from = NaN, to = NaN] = name.split(".").slice(-2).map(Number);
  if (!entry || !(from < (entry.shape[0] ?? 0)) || !(to < (entry.shape[1] ?? 0))) return null;
  const layer = layout.slice(0, at).filter((each) => each.name.endsWith(".W")).length;
  return { index: entry.offset + from * (entry.shape[1] ?? 0) + to, layer, from, to };
}

/**
 * The two largest weights of the outputs.
 *
 * @param {readonly LayoutEntry[]} layout
 * @param {ArrayLike<number>} theta
 * @returns {[string, string] | null}  null where there is only one
 */
export function largestPair(layout, theta) {
  const entry = layout.find(({ name }) => name === "output.W");
  const [rows = 0, columns = 0] = entry?.shape ?? [];
  if (!entry || rows * columns < 2) return null;
  const size = (/** @type {number} */ place) => Math.abs(theta[entry.offset + place] ?? 0);
  const [one = 0, other = 1] = Array.from({ length: rows * columns }, (_, place) => place)
    .sort((a, b) => size(b) - size(a) || a - b)
    .slice(0, 2)
    .sort((a, b) => a - b);
  const name = (/** @type {number} */ place) => `output.W.${Math.floor(place / columns)}.${place % columns}`;
  return [name(one), name(other)];
}
