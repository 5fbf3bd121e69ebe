/** An axis of a search along which its trials lie and can be brushed: one for each knob, and one for the score. */

import { significant } from "../../base/format.js";
import { t } from "../../base/words.js";
import { settingValue } from "../../settings/names.js";
import { axisOf, scaleOf } from "../axis.js";
import { scaleBetween, spreadOf } from "../scale.js";
import { isList } from "../space.js";
import { SCORE, valueAlong } from "./brush.js";

/** @import {Brush, Found, SearchCatalog, SearchKnob, Trial} from "../types.js" */

/**
 * Shares go from 0 at one end of the axis to 1 at the other. `value` is what a brush compares.
 *
 * @typedef {object} Dimension
 * @property {string} key  the path of a knob, or "score"
 * @property {string} title
 * @property {[share: number, text: string][]} ticks
 * @property {number | null} names  how many values there are, of a list
 * @property {number} steps  of an arrow key, from one end to the other
 * @property {(trial: Trial) => number} value
 * @property {(value: number) => number} share
 * @property {(share: number) => number} valueAt
 * @property {(share: number) => string} say  the value there, in words
 */

const STEPS = 50;

/** So far scores reach; those that are worse than most stand there, and diverged trials at the end. */
const WORST = 0.9;

/**
 * The axes of all knobs in their order, and that of the score as the last.
 *
 * @param {Found} found
 * @param {SearchCatalog} catalog
 * @returns {Dimension[]}
 */
export const dimensionsOf = (found, catalog) => [
  ...found.search.knobs.map((knob) => knobDimension(found, knob, catalog)),
  scoreDimension(found),
];

/**
 * @param {Found} found
 * @param {SearchKnob} knob
 * @param {SearchCatalog} catalog
 * @returns {Dimension}
 */
function knobDimension(found, knob, catalog) {
  const value = valueAlong(found, knob.path);
  const places = found.trials.map(value);
  const [low, high] = [Math.min(0, ...places), Math.max(1, ...places)];
  const { title, ticks } = axisOf(knob, catalog, [low, high]);
  const share = (/** @type {number} */ place) => clamp((place - low) / (high - low));
  const valueAt = (/** @type {number} */ at) => low + at * (high - low);
  return {
    key: knob.path,
    title,
    ticks: ticks.map(([place, text]) => [share(place), text]),
    names: isList(knob) ? knob.values.length : null,
    steps: isList(knob) ? knob.values.length : STEPS,
    value,
    share,
    valueAt,
    say: (at) => placeText(knob, valueAt(at), catalog),
  };
}

/**
 * The value at a place of a knob, in words.
 *
 * @param {SearchKnob} knob
 * @param {number} place
 * @param {SearchCatalog} catalog
 */
function placeText(knob, place, catalog) {
  if (isList(knob)) {
    const { length } = knob.values;
    const value = knob.values[Math.min(length - 1, Math.max(0, Math.floor(place * length)))];
    return settingValue(knob.path, value, catalog);
  }
  const scale = scaleOf(knob, catalog);
  if (!scale) return "";
  const value = scale.at(place);
  return significant(scale.isWhole ? Math.min(Math.floor(value), place <= 1 ? knob.high : value) : value, 3);
}

/**
 * Scores on a logarithmic scale, the lowest at 0.
 *
 * @param {Found} found
 * @returns {Dimension}
 */
export function scoreDimension(found) {
  const value = valueAlong(found, SCORE);
  const [low, high] = spreadOf(found.trials.map(value)) ?? [1, 1];
  const { place, at: scoreAt } = scaleBetween(low, high);
  const share = (/** @type {number} */ score) => {
    if (score === Infinity) return 1;
    if (high === low) return score < low ? 0 : WORST / 2;
    return WORST * clamp(place(score));
  };
  const valueAt = (/** @type {number} */ at) =>
    at >= 1 ? Infinity : at >= WORST ? Number.MAX_VALUE : scoreAt(at / WORST);
  const ticks = high > low ? [0, 0.5, 1].map((at) => /** @type {const} */ ([WORST * at, scoreAt(at)])) : [];
  const hasDiverged = found.trials.some((trial) => value(trial) === Infinity);
  return {
    key: SCORE,
    title: t("Score"),
    ticks: [
      ...ticks.map(([at, score]) => /** @type {[number, string]} */ ([at, significant(score, 2)])),
      ...(hasDiverged ? [/** @type {[number, string]} */ ([1, "×"])] : []),
    ],
    names: null,
    steps: STEPS,
    value,
    share,
    valueAt,
    say: (at) => (at >= 1 ? t("diverged") : significant(scoreAt(Math.min(at, WORST) / WORST), 3)),
  };
}

/** @param {number} share */
const clamp = (share) => (Number.isNaN(share) ? NaN : Math.min(1, Math.max(0, share)));

/**
 * The stretch that is brushed along an axis, in shares of it; null where all of it is kept.
 *
 * @param {Dimension} dimension
 * @param {Brush} brush
 * @returns {[number, number] | null}
 */
export function stretchOf({ key, share }, brush) {
  const range = brush[key];
  if (!range) return null;
  const [low, high] = range;
  return [low === -Infinity ? 0 : share(low), high === Infinity ? 1 : share(high)];
}

/**
 * The values of a stretch; up to an end of the axis, everything beyond it is kept as well. Of a list, whole values are.
 *
 * @param {Dimension} dimension
 * @param {readonly [number, number]} stretch
 * @returns {[number, number]}
 */
export function rangeOf({ names, valueAt }, stretch) {
  const [low, high] = names ? wholeRooms(names, stretch) : stretch;
  return [low <= 0 ? -Infinity : valueAt(low), high >= 1 ? Infinity : valueAt(high)];
}

/**
 * A stretch from the nearest border between two values to the nearest other one.
 *
 * @param {number} count
 * @param {readonly [number, number]} stretch
 * @returns {[number, number]}
 */
function wholeRooms(count, [low, high]) {
  const [first, last] = [Math.round(low * count), Math.round(high * count)];
  if (first < last) return [first / count, last / count];
  const only = Math.min(count - 1, Math.floor(((low + high) / 2) * count));
  return [only / count, (only + 1) / count];
}
