/**
 * The brush in the address, one stretch an axis: `brush=optimizer.learning_rate~0.01~0.1`, `brush=score~~0.2` or, of a list,
 * the values that are kept: `brush=layers.0.units~4,8`. An end that is left out is open. Among scores, `finite` stands for
 * the highest one of a trial that did not diverge, and `diverged` for that of those that did.
 */

import { t } from "../../base/words.js";
import { scaleOf } from "../axis.js";
import { SCORE } from "../brush/brush.js";
import { isList } from "../space.js";

/** @import {Brush, ListKnob, Problem, RangeKnob, Search, SearchCatalog} from "../types.js" */

/** @typedef {(text: string) => number} Read  no number where it is none */

const DIGITS = 6;
const NAMES = /** @type {[name: string, score: number][]} */ ([
  ["finite", Number.MAX_VALUE],
  ["diverged", Infinity],
]);
const FORM = t(
  "a searched setting or “score”, and from where to where it is kept, as in optimizer.learning_rate~0.01~0.1, score~~0.2 or layers.0.units~4,8",
);

/**
 * @param {Brush} brush
 * @param {Search} search
 * @param {SearchCatalog} catalog
 * @returns {[string, string][]}
 */
export function brushPairs(brush, { knobs }, catalog) {
  return [...knobs.map(({ path }) => path), SCORE].flatMap((key) => {
    const range = brush[key];
    const knob = knobs.find(({ path }) => path === key);
    const text = range && (knob && isList(knob) ? keptNames(knob, range) : ends(range, sayOf(knob, catalog)));
    return text ? [/** @type {[string, string]} */ (["brush", `${key}~${text}`])] : [];
  });
}

/**
 * The values of a list whose rooms lie in a stretch.
 *
 * @param {ListKnob} knob
 * @param {readonly [number, number]} stretch
 */
function keptNames({ values }, [low, high]) {
  const middle = (/** @type {number} */ i) => (i + 0.5) / values.length;
  return values.filter((_, i) => middle(i) >= low && middle(i) <= high).join(",");
}

/**
 * @param {readonly [number, number]} range
 * @param {(end: number) => string} say
 */
const ends = ([low, high], say) => `${low === -Infinity ? "" : say(low)}~${high === Infinity ? "" : say(high)}`;

/**
 * @param {RangeKnob | undefined} knob  none of the score
 * @param {SearchCatalog} catalog
 * @returns {(end: number) => string}
 */
function sayOf(knob, catalog) {
  const scale = knob && scaleOf(knob, catalog);
  const value = (/** @type {number} */ end) => (scale ? scale.at(end) : end);
  return (end) =>
    NAMES.find(([, score]) => !knob && score === end)?.[0] ?? String(Number(value(end).toPrecision(DIGITS)));
}

/**
 * @param {readonly string[]} texts
 * @param {Search} search
 * @param {SearchCatalog} catalog
 * @param {Problem[]} problems  added to
 * @returns {Brush}
 */
export function readBrush(texts, search, catalog, problems) {
  const found = texts.flatMap((text) => {
    const stretch = readStretch(text, search, catalog);
    if (!stretch) problems.push({ path: "brush", value: text, allowed: FORM });
    return stretch ? [stretch] : [];
  });
  return Object.fromEntries(found);
}

/**
 * @param {string} text
 * @param {Search} search
 * @param {SearchCatalog} catalog
 * @returns {[key: string, stretch: [number, number]] | null}
 */
function readStretch(text, { knobs }, catalog) {
  const [key = "", ...given] = text.split("~");
  const knob = knobs.find(({ path }) => path === key);
  if (!knob && key !== SCORE) return null;
  const range = knob && isList(knob) ? readNames(knob, given) : readEnds(given, readOf(knob, catalog));
  return range && [key, range];
}

/**
 * From the first of the named values to the last one.
 *
 * @param {ListKnob} knob
 * @param {readonly string[]} given
 * @returns {[number, number] | null}
 */
function readNames({ values }, given) {
  const places = (given[0] ?? "").split(",").map((name) => values.findIndex((value) => String(value) === name));
  if (given.length !== 1 || places.includes(-1)) return null;
  const [first, last] = [Math.min(...places), Math.max(...places) + 1];
  return [first === 0 ? -Infinity : first / values.length, last === values.length ? Infinity : last / values.length];
}

/**
 * @param {readonly string[]} given
 * @param {Read} read
 * @returns {[number, number] | null}
 */
function readEnds(given, read) {
  const [from, to] = given;
  if (given.length !== 2 || from === undefined || to === undefined || (!from && !to)) return null;
  const [low, high] = [from ? read(from) : -Infinity, to ? read(to) : Infinity];
  return low <= high ? [low, high] : null;
}

/**
 * @param {RangeKnob | undefined} knob  none of the score
 * @param {SearchCatalog} catalog
 * @returns {Read}
 */
function readOf(knob, catalog) {
  const scale = knob && scaleOf(knob, catalog);
  const number = (/** @type {string} */ text) => (text.trim() ? Number(text) : NaN);
  if (knob) return (text) => (scale ? scale.place(number(text)) : NaN);
  return (text) => NAMES.find(([name]) => name === text)?.[1] ?? number(text);
}
