/** Where the next search looks, as a box on the map of the last one: the ranges of its two knobs. */

import { placeAt } from "../../settings/paths.js";
import { scaleOf } from "../axis.js";
import { isList } from "../space.js";

/** @import {Catalog} from "../../base/types.js" */
/** @import {Found, RangeKnob, Search, SearchKnob, Trial} from "../types.js" */

/** From and to, as places on the range of the last search; null along a knob that has none. @typedef {[number, number] | null} Stretch */
/** @typedef {{across: Stretch, up: Stretch}} Box */
/** @typedef {"across" | "up"} Side */

/** A box is no smaller than this share of the range. */
export const LEAST = 0.02;
/** This near to an end of the range it is that end. */
const NEAR = 0.006;
const DIGITS = 3;
/** A search around a trial has half of the range, on its scale. */
const HALF = 0.25;

/**
 * The same knob in the search that was run and in the next one, where both have a range of it.
 *
 * @param {Found | null} found
 * @param {Search} search
 * @param {number} axis
 */
export function pairAt(found, search, axis) {
  const before = found?.search.knobs[axis];
  const index = search.knobs.findIndex(({ path }) => path === before?.path);
  const next = search.knobs[index];
  return before && next && !isList(before) && !isList(next) ? { before, next, index } : null;
}

/**
 * @param {Found | null} found
 * @param {Search} search  the next one
 * @param {readonly [number, number]} axes
 * @param {Catalog} catalog
 * @returns {Box}
 */
export function boxOf(found, search, axes, catalog) {
  const [across = null, up = null] = axes.map((axis) => {
    const pair = pairAt(found, search, axis);
    return pair && stretchOf(pair.before, pair.next, catalog);
  });
  return { across, up };
}

/**
 * @param {RangeKnob} before
 * @param {RangeKnob} next
 * @param {Catalog} catalog
 * @returns {Stretch}
 */
function stretchOf(before, next, catalog) {
  const scale = scaleOf(before, catalog);
  if (!scale || !(next.low < next.high)) return null;
  const [low, high] = [scale.place(next.low), scale.place(next.high + (scale.isWhole ? 1 : 0))];
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}

/**
 * The ends of the next range where a box has these places on the last one. An end that did not move keeps its number.
 *
 * @param {RangeKnob} before
 * @param {RangeKnob} next
 * @param {[number, number]} stretch
 * @param {Catalog} catalog
 * @returns {RangeKnob}
 */
export function rangeOf(before, next, [from, to], catalog) {
  const scale = scaleOf(before, catalog);
  const now = stretchOf(before, next, catalog);
  if (!scale || !now) return next;
  const whole = scale.isWhole;
  const end = (/** @type {number} */ place, /** @type {"low" | "high"} */ name, /** @type {number} */ was) => {
    if (place === was) return next[name];
    if (Math.abs(place - (name === "low" ? 0 : 1)) < NEAR) return before[name];
    const value = scale.at(place);
    return whole ? Math.round(value) - (name === "high" ? 1 : 0) : Number(value.toPrecision(DIGITS));
  };
  const [low, high] = [end(from, "low", now[0]), end(to, "high", now[1])];
  return low < high ? { ...next, low, high } : next;
}

/**
 * The box with some of its ends moved along one side: no smaller than it may be, and within what the map shows.
 *
 * @param {[number, number]} stretch
 * @param {{from?: number, to?: number, by?: number}} move  an end to a place, or both by as much
 * @param {readonly [number, number]} reach  the places that the map shows
 * @returns {[number, number]}
 */
export function moved([low, high], { from, to, by = 0 }, [first, last]) {
  const shift = Math.min(Math.max(by, Math.min(0, first - low)), Math.max(0, last - high));
  return [
    from === undefined ? low + shift : Math.max(first, Math.min(from, high - LEAST)),
    to === undefined ? high + shift : Math.min(last, Math.max(to, low + LEAST)),
  ];
}

/**
 * The knobs of a search around a trial: ranges half as wide as they were, with the trial in their middle, as far as the
 * settings themselves go. Lists stay as they are, and ranges too narrow to be halved in so few digits.
 *
 * @param {Found} found
 * @param {Trial} trial
 * @param {Catalog} catalog
 * @returns {SearchKnob[]}
 */
export const around = ({ search: { knobs } }, { changes }, catalog) =>
  knobs.map((knob) => {
    const scale = isList(knob) ? null : scaleOf(knob, catalog);
    const value = changes[knob.path];
    if (isList(knob) || !scale || typeof value !== "number") return knob;
    const own = placeAt(knob.path, catalog)?.knob;
    const place = scale.place(value + (scale.isWhole ? 0.5 : 0));
    const [low, high] = rangeEnds(knob, [place - HALF, place + HALF], scale);
    const [from, to] = [Math.max(low, own?.minimum ?? -Infinity), Math.min(high, own?.maximum ?? Infinity)];
    return from < to ? { ...knob, low: from, high: to } : knob;
  });

/**
 * @param {RangeKnob} knob
 * @param {[number, number]} stretch
 * @param {NonNullable<ReturnType<typeof scaleOf>>} scale
 */
function rangeEnds(knob, stretch, { at, isWhole }) {
  const [low = knob.low, high = knob.high] = stretch.map(at);
  return isWhole
    ? [Math.floor(low), Math.max(Math.floor(low) + 1, Math.ceil(high) - 1)]
    : [Number(low.toPrecision(DIGITS)), Number(high.toPrecision(DIGITS))];
}
