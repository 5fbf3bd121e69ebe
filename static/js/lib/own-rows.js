/** A person's own points: rows `[x1, x2, class]`, what the engine takes of them, and how they fit the map. */

import { REACH } from "./points.js";

/** @import {Scene} from "../types.js" */

/** @typedef {[x1: number, x2: number, label: number]} Row */

/** What the engine takes; it refuses more by itself. */
export const MOST_ROWS = 2000;
export const MOST_CLASSES = 8;
export const FARTHEST = 100;

/** Scaled points reach this far, so that none lies on the edge of the map. */
const SCALED_REACH = 5;

/** More digits than anyone sees would only make the address long. */
const DIGITS = 6;

/** @param {number} value */
export const tidy = (value) => Number(value.toPrecision(DIGITS));

/**
 * How many points each class has, up to the last that has any.
 *
 * @param {readonly Row[]} rows
 */
export function counts(rows) {
  /** @type {number[]} */
  const found = [];
  for (const [, , label] of rows) {
    while (found.length <= label) found.push(0);
    found[label] = (found[label] ?? 0) + 1;
  }
  return found;
}

/**
 * Why these points cannot be used, as a sentence; null where they can.
 *
 * @param {readonly Row[]} rows
 */
export function obstacle(rows) {
  const used = counts(rows).filter((count) => count > 0).length;
  if (used < 2) return "At least two classes need a point each.";
  if (used > MOST_CLASSES) return `At most ${MOST_CLASSES} classes can be told apart; there are ${used}.`;
  if (rows.length > MOST_ROWS) return `At most ${MOST_ROWS} points can be used; there are ${rows.length}.`;
  if (rows.some(([x1, x2]) => Math.max(Math.abs(x1), Math.abs(x2)) > FARTHEST)) {
    return `Some points are farther than ${FARTHEST} from 0: scale them to the map.`;
  }
  return null;
}

/**
 * The same points with classes numbered from 0 and none left out, as the engine wants them.
 *
 * @param {readonly Row[]} rows
 * @returns {Row[]}
 */
export function compact(rows) {
  const used = counts(rows).flatMap((count, label) => (count > 0 ? [label] : []));
  return rows.map(([x1, x2, label]) => [x1, x2, used.indexOf(label)]);
}

/**
 * How many points the map does not show.
 *
 * @param {readonly Row[]} rows
 */
export function outside(rows) {
  return rows.filter(([x1, x2]) => Math.max(Math.abs(x1), Math.abs(x2)) > REACH).length;
}

/**
 * The smallest and the largest value of x1 (0) or x2 (1).
 *
 * @param {readonly Row[]} rows
 * @param {0 | 1} axis
 * @returns {[lowest: number, highest: number]}
 */
export function extent(rows, axis) {
  return rows.reduce(
    ([lowest, highest], row) => [Math.min(lowest, row[axis]), Math.max(highest, row[axis])],
    [Infinity, -Infinity],
  );
}

/**
 * Each coordinate stretched so that it just fills the map; one that is the same everywhere becomes 0.
 *
 * @param {readonly Row[]} rows
 * @returns {Row[]}
 */
export function scaledToMap(rows) {
  const scale = (/** @type {0 | 1} */ axis) => {
    const [lowest, highest] = extent(rows, axis);
    // Halves first: the whole span of very large numbers is not finite.
    const half = highest / 2 - lowest / 2;
    const middle = highest / 2 + lowest / 2;
    return (/** @type {number} */ value) => (half > 0 ? ((value - middle) / half) * SCALED_REACH : 0);
  };
  const [x1Of, x2Of] = [scale(0), scale(1)];
  return rows.map(([x1, x2, label]) => [tidy(x1Of(x1)), tidy(x2Of(x2)), label]);
}

/**
 * The points of a classification run, training points first, as many as can be own points.
 *
 * @param {Scene} scene
 * @returns {Row[]}
 */
export function rowsOf({ arrays: { points, labels } }) {
  return Array.from({ length: Math.min(labels.data.length, MOST_ROWS) }, (_, i) => [
    tidy(points.data[2 * i] ?? 0),
    tidy(points.data[2 * i + 1] ?? 0),
    labels.data[i] ?? 0,
  ]);
}

/**
 * All points of a run as a table with a header, for a spreadsheet or a notebook.
 *
 * @param {Scene} scene
 */
export function csvOf({ task, train, arrays: { points, labels } }) {
  const lines = Array.from(labels.data, (label, i) => [
    tidy(points.data[2 * i] ?? 0),
    tidy(points.data[2 * i + 1] ?? 0),
    tidy(label),
    i < train ? "train" : "test",
  ].join(","));
  const header = `x1,x2,${task === "regression" ? "target" : "label"},split`;
  return [header, ...lines, ""].join("\n");
}
