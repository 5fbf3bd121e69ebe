/** The truth behind a map: how good every setting of its two knobs is, put together from its parts as they come. */

import { bestOf } from "../found.js";
import { scaleBetween, spreadOf } from "../scale.js";
import { isList } from "../space.js";

/** @import {Changes, Found, SearchState, StudyPart, Truth} from "../types.js" */

/** A side has so many cells, or one for each value of a list; as `engine.search.TruthSpec` has it. */
const SIDE = 16;

/** Lines are drawn at so many shares of the way from the lowest score to there. */
const LINES = 4;

/**
 * What is asked for: the knobs of the map; all others stand where the best trial has them, or the base.
 *
 * @param {Readonly<Pick<SearchState, "found" | "axes" | "others">>} state
 */
export const truthAsked = ({ found, axes, others }) => ({
  search: found?.search,
  axes,
  others: others === "best" ? valuesBeside(found, axes) : {},
});

/**
 * What the best trial has at the knobs that are not on the map.
 *
 * @param {Found | null} found
 * @param {readonly [number, number]} axes
 * @returns {Changes}
 */
function valuesBeside(found, axes) {
  const { changes = {} } = bestOf(found) ?? {};
  const beside = (found?.search.knobs ?? []).filter((_, i) => !axes.includes(i));
  return Object.fromEntries(beside.filter(({ path }) => path in changes).map(({ path }) => [path, changes[path]]));
}

/**
 * The truth that the map shows.
 *
 * @param {Readonly<Pick<SearchState, "ground" | "truth">>} state
 */
export const truthShown = ({ ground, truth }) => (ground ? truth : null);

/**
 * What it will cost, told before it is begun; null where a map has no two knobs.
 *
 * @param {Found | null} found
 * @param {readonly [number, number]} axes
 */
export function truthCost(found, axes) {
  const knobs = axes.map((axis) => found?.search.knobs[axis]);
  if (!found || !knobs.every(Boolean)) return null;
  const cells = knobs.reduce((product, knob) => product * (knob && isList(knob) ? knob.values.length : SIDE), 1);
  const { budget, updates, seeds } = found.search;
  const all = cells * seeds * updates;
  return { cells, updates: all, seconds: (found.seconds * all) / budget };
}

/**
 * @param {StudyPart} part  the first one
 * @returns {Truth}
 */
export function beginTruth(part) {
  const [columns, rows] = part.plan.sides;
  const { axes, others } = part.truth;
  const scores = new Array(columns * rows).fill(NaN);
  return withCells({ axes, others, columns, rows, updates: part.plan.updates, spent: 0, scores, done: false }, part);
}

/**
 * @param {Truth} before
 * @param {StudyPart} part
 * @returns {Truth}
 */
export function withCells(before, { spent, done, arrays: { cell, median } }) {
  const scores = [...before.scores];
  cell?.data.forEach((/** @type {number} */ number, /** @type {number} */ i) => {
    scores[number] = median?.data[i] ?? Infinity;
  });
  return { ...before, spent, done, scores };
}

/**
 * How scores become shades: 0 at the lowest one, 1 where they are as bad as those of one cell in ten, on a logarithmic
 * scale as far as that is possible; null while none is known. `lines` are the scores at which lines are drawn.
 *
 * @param {Pick<Truth, "scores">} truth
 */
export function shadesOf({ scores }) {
  const spread = spreadOf(scores);
  if (!spread) return null;
  const [low, high] = spread;
  const { place, at } = scaleBetween(low, high);
  const share = (/** @type {number} */ score) => (high > low ? place(score) : score > low ? 1 : 0);
  const lines = high > low ? Array.from({ length: LINES }, (_, i) => at((i + 1) / (LINES + 1))) : [];
  return {
    low,
    high,
    lines,
    /** NaN where it is not known yet. @param {number} score */
    shade: (score) => Math.min(1, Math.max(0, share(score))),
  };
}
