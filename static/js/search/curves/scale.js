/** Where scores stand against updates, both on logarithmic scales: the same for all trials and for the starts of one. */

import { significant, whole } from "../../base/format.js";
import { scaleBetween, spreadOf } from "../scale.js";

/** @import {Ticks} from "../../draw/frame.js" */
/** @import {Found} from "../types.js" */

/** Scores above this share of all are drawn at the top. */
const WORST = 0.95;

/** @typedef {{low: number, high: number, most: number}} Reach  from the lowest score to one few exceed, and the last update */

/** @typedef {{left: number, right: number, top: number, bottom: number}} Room  around a plot, in pixels */

/** @typedef {Reach & {at: (point: readonly [number, number]) => {x: number, y: number}}} CurveScale */

/** @type {WeakMap<Found, Reach | null>} asked for again and again, while trials are pointed at */
const known = new WeakMap();

/**
 * @param {Found} found
 * @returns {Reach | null}
 */
function reachOf(found) {
  const before = known.get(found);
  if (before !== undefined) return before;
  const reach = reachOver(found);
  known.set(found, reach);
  return reach;
}

/**
 * @param {Found} found
 * @returns {Reach | null}
 */
function reachOver({ trials, search }) {
  const scores = trials.flatMap(({ curve }) => curve.map(([, score]) => score)).filter((score) => score > 0);
  const spread = spreadOf(scores, WORST);
  if (!spread) return null;
  const [lowest, high] = spread;
  // a start may be lower than any median
  let low = lowest;
  for (const { traces } of trials) for (const score of traces) if (score > 0 && score < low) low = score;
  return { low, high: high > low ? high : low * 1.1, most: Math.max(2, search.updates) };
}

/**
 * Where scores stand in a plot of that size; null where there are none yet.
 *
 * @param {Found} found
 * @param {{width: number, height: number}} plot
 * @returns {CurveScale | null}
 */
export function scaleOf(found, { width, height }) {
  const reach = reachOf(found);
  if (!reach) return null;
  const { low, high, most } = reach;
  const { place } = scaleBetween(low, high);
  const at = (/** @type {readonly [number, number]} */ [step, score]) => {
    const up = Number.isFinite(score) ? place(Math.max(score, low)) : 1;
    return { x: (Math.log(Math.max(1, step)) / Math.log(most)) * width, y: (1 - Math.min(1, up)) * height };
  };
  return { ...reach, at };
}

/**
 * What is left of a picture for the plot.
 *
 * @param {{width: number, height: number}} size
 * @param {Room} room
 */
export const plotWithin = ({ width, height }, { left, right, top, bottom }) => ({
  width: Math.max(1, width - left - right),
  height: Math.max(1, height - top - bottom),
});

/**
 * The numbers along its sides.
 *
 * @param {CurveScale} scale
 * @returns {{along: Ticks, up: Ticks}}
 */
export const ticksOf = ({ at, low, high, most }) => ({
  along: powers(most).map((step) => [at([step, low]).x, whole(step)]),
  up: [low, Math.sqrt(low * high), high].map((score) => [at([1, score]).y, significant(score, 2)]),
});

/** @param {number} most */
const powers = (most) => Array.from({ length: Math.floor(Math.log10(most) + 1e-9) + 1 }, (_, i) => 10 ** i);
