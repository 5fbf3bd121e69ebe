/** One update of a racer, written out: what each line of the rule comes to, with this step's numbers put in. */

import { significant } from "./race-numbers.js";

/** @import {StudyPart} from "../types.js" */

const DIGITS = 5;

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
  const number = (/** @type {string} */ name, /** @type {number} */ part) => {
    const index = names.indexOf(name);
    return values?.data[(update * names.length + index) * 2 + part] ?? NaN;
  };
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
      results: both((part) => significant(results?.data[(update * lines.length + i) * 2 + part] ?? NaN, DIGITS)),
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
  return template.replace(/\{(\w+)\}/g, (_, name, /** @type {number} */ at) => {
    const value = number(name);
    const text = significant(value, DIGITS);
    const before = template.slice(0, at).trimEnd().at(-1);
    const after = template[at + name.length + 2];
    const signs = before !== undefined && !"(√‖|,".includes(before);
    return value < 0 && (signs || after === "²") ? `(${text})` : text;
  });
}

/** How many updates there are. @param {StudyPart} study */
export const updatesOf = ({ arrays: { results } }) => results?.shape[0] ?? 0;
