/** One update of a racer, written out: what each line of the rule comes to, with this step's numbers put in. */

import { significant } from "./race-numbers.js";

/** @import {Block, StudyPart} from "../types.js" */

const DIGITS = 5;

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Names of what has the size of a place or a slope. */
const PLACES = ["w", "g", "raw", "slope"];

/** What is smaller than this beside the other numbers of its update is what rounding left of nothing. */
const NOTHING = 1e-14;

/**
 * `numbers` and `results` are those of x and of y.
 * @typedef {{symbol: string, rule: string, numbers: [string, string], results: [string, string]}} WrittenLine
 */

/**
 * @param {StudyPart} study  of the kind `arithmetic`
 * @param {number} update  counted from 0: the one that leads from this step to the next
 * @returns {{old: [string, string], gradient: [string, string], lines: WrittenLine[]}}
 */
export function writtenOut({ names, lines, arrays: { values, results } }, update) {
  const at = (/** @type {Block | undefined} */ block, /** @type {number} */ count, /** @type {number} */ index, /** @type {number} */ part) =>
    block?.data[(update * count + index) * 2 + part] ?? NaN;
  const scales = [0, 1].map((part) => Math.max(
    ...names.map((/** @type {string} */ name, /** @type {number} */ i) => (PLACES.includes(name) ? Math.abs(at(values, names.length, i, part)) : 0)),
    ...lines.map((/** @type {unknown} */ _, /** @type {number} */ i) => Math.abs(at(results, lines.length, i, part)))));
  const cleaned = (/** @type {number} */ value, /** @type {number} */ part) => (Math.abs(value) < NOTHING * (scales[part] ?? 0) ? 0 : value);
  const number = (/** @type {string} */ name, /** @type {number} */ part) => cleaned(at(values, names.length, names.indexOf(name), part), part);
  const result = (/** @type {number} */ index, /** @type {number} */ part) => cleaned(at(results, lines.length, index, part), part);
  const both = (/** @type {(part: number) => string} */ write) => /** @type {[string, string]} */ ([write(0), write(1)]);
  // The gradient as it comes: before noise and clipping, where there is any.
  const given = ["slope", "raw", "g"].find((name) => names.includes(name)) ?? "g";
  return {
    gradient: both((part) => significant(number(given, part), DIGITS)),
    old: both((part) => significant(number("w", part), DIGITS)),
    lines: lines.map((/** @type {{symbol: string, rule: string, numbers: string}} */ { symbol, rule, numbers: template }, /** @type {number} */ i) => ({
      symbol,
      rule,
      numbers: both((part) => putIn(template, (name) => number(name, part))),
      results: both((part) => significant(result(i, part), DIGITS)),
    })),
  };
}

/**
 * Numbers below zero stand in parentheses where they follow a sign.
 *
 * @param {string} template  such as "{momentum}·{velocity} + {g}"
 * @param {(name: string) => number} number
 */
export function putIn(template, number) {
  const text = template.replace(/\{(\w+)\}/g, (_, name, /** @type {number} */ at) => {
    const value = number(name);
    const written = significant(value, DIGITS);
    const before = template.slice(0, at).trimEnd().at(-1);
    const after = template[at + name.length + 2];
    const signs = before !== undefined && !"(√‖|,".includes(before);
    return value < 0 && (signs || after === "²") ? `(${written})` : written;
  });
  return text.replace(/\^(\d+)/g, (_, digits) => [...digits].map((digit) => RAISED[Number(digit)]).join(""));
}

/**
 * The updates known so far, of which a part has come: those before it and its own, in arrays for the whole race.
 *
 * @param {StudyPart | null} known
 * @param {StudyPart} part
 * @returns {StudyPart}
 */
export function joinUpdates(known, part) {
  const whole = part.first === 0 || !known ? { ...part, arrays: { ...part.arrays } } : known;
  for (const [name, { data, shape: [count = 0, ...rest] }] of Object.entries(part.arrays)) {
    const width = rest.reduce((product, side) => product * side, 1);
    const before = whole === known ? whole.arrays[name]?.data : undefined;
    const all = before ?? new Float64Array((part.done && part.first === 0 ? count : part.steps) * width);
    all.set(data, part.first * width);
    whole.arrays[name] = { data: all, shape: [part.first + count, ...rest] };
  }
  whole.done = part.done;
  return whole;
}

/** How many updates there are. @param {StudyPart} study */
export const updatesOf = ({ arrays: { results } }) => results?.shape[0] ?? 0;
