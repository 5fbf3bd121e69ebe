/** The brush: which trials are kept in sight, by the stretches that were dragged along axes. One for all pictures. */

import { isList } from "../space.js";

/** @import {Brush, Found, Trial} from "../types.js" */

/** The axis of scores among those of knobs, which go by their paths. */
export const SCORE = "score";

/** As much of the room of each value is filled. */
const GATHERED = 0.4;

/**
 * What the brush compares along an axis: a trial's place there, or its score; infinite where it diverged, no number where
 * it has none yet.
 *
 * @param {Found} found
 * @param {string} key
 * @returns {(trial: Trial) => number}
 */
export function valueAlong({ search: { knobs } }, key) {
  if (key === SCORE) return scoreOf;
  const index = knobs.findIndex(({ path }) => path === key);
  const knob = knobs[index];
  const along = knob && isList(knob) ? gathered(knob.values.length) : (/** @type {number} */ place) => place;
  return ({ place }) => along(place[index] ?? NaN);
}

/**
 * A place among a few values, nearer to the middle of its own than it is, so that one sees which of them it has.
 *
 * @param {number} count
 * @returns {(place: number) => number}
 */
const gathered = (count) => (place) => {
  const own = Math.min(count - 1, Math.max(0, Math.floor(place * count)));
  return (own + 0.5 + GATHERED * (place * count - own - 0.5)) / count;
};

/** @param {Trial} trial */
const scoreOf = ({ scores, median, diverged }) =>
  diverged === null && Number.isFinite(median) ? median : scores.length > 0 ? Infinity : NaN;

/**
 * The brush with another stretch along one axis; with none, all of that axis is kept.
 *
 * @param {Brush} brush
 * @param {string} key
 * @param {[low: number, high: number] | null} range
 * @returns {Brush}
 */
export function withRange(brush, key, range) {
  const { [key]: _, ...others } = brush;
  return range && (range[0] > -Infinity || range[1] < Infinity) ? { ...others, [key]: range } : others;
}

/** @type {WeakMap<Brush, {found: Found, kept: Kept | null}>} */
const known = new WeakMap();

/**
 * @typedef {object} Kept
 * @property {(number: number) => boolean} has
 * @property {number} count
 * @property {Trial | null} best  of those that did not diverge
 */

/**
 * The trials that pass through every stretch; null where nothing is brushed. Asked again of the same, it is the same.
 *
 * @param {Found | null} found
 * @param {Brush} brush
 * @returns {Kept | null}
 */
export function keptBy(found, brush) {
  if (!found) return null;
  const before = known.get(brush);
  if (before?.found === found) return before.kept;
  const kept = keep(found, brush);
  known.set(brush, { found, kept });
  return kept;
}

/**
 * @param {Found} found
 * @param {Brush} brush
 * @returns {Kept | null}
 */
function keep(found, brush) {
  const tests = Object.entries(brush).map(([key, [low, high]]) => ({ of: valueAlong(found, key), low, high }));
  if (tests.length === 0) return null;
  const passes = (/** @type {Trial} */ trial) =>
    tests.every(({ of, low, high }) => of(trial) >= low && of(trial) <= high);
  const inside = new Set(found.trials.filter(passes).map(({ number }) => number));
  const best = found.ranking.find(({ number }) => inside.has(number));
  return {
    has: (number) => inside.has(number),
    count: inside.size,
    best: best && best.diverged === null ? best : null,
  };
}

/**
 * What a drag makes of the stretch along an axis, all in shares of it from 0 to 1: it moves the end that it began at, or
 * the whole stretch, or else draws another.
 *
 * @param {readonly [number, number] | null} range
 * @param {number} from  where it began
 * @param {number} grip  so far from an end it is still meant
 * @returns {(to: number) => [number, number]}
 */
export function dragged(range, from, grip) {
  const between = (/** @type {number} */ fixed) => (/** @type {number} */ to) => ordered(fixed, within(to));
  if (!range) return between(within(from));
  const [low, high] = range;
  if (Math.abs(from - high) <= grip && from > (low + high) / 2) return between(low);
  if (Math.abs(from - low) <= grip) return between(high);
  if (from < low || from > high) return between(within(from));
  return (to) => {
    const by = Math.min(1 - high, Math.max(-low, to - from));
    return [low + by, high + by];
  };
}

/** @param {number} a @param {number} b @returns {[number, number]} */
const ordered = (a, b) => (a < b ? [a, b] : [b, a]);

/** @param {number} share */
const within = (share) => Math.min(1, Math.max(0, share));
