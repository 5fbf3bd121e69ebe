/** One update of a racer, written out: what each line of the rule comes to, with this step's numbers put in. */

import { reckon } from "./calculator.js";
import { asWritten, raised, significant } from "../../base/format.js";

/** @import {Block, StudyPart} from "../../base/types.js" */

const DIGITS = 5;

/** A result that is smaller than this beside the terms of its line is what rounding left of nothing. */
const NOTHING = 1e-14;

/**
 * `numbers` and `results` are those of x and of y; `rounded` says where the numbers as they are written come to another
 * result than is written.
 * @typedef {{symbol: string, rule: string, numbers: [string, string], results: [string, string],
 *   rounded: [boolean, boolean]}} WrittenLine
 */

/**
 * Knobs, the old value, the gradient and what is remembered stand as they are, whatever the size of the others.
 *
 * @param {StudyPart} study  of the kind `arithmetic`
 * @param {number} update  counted from 0: the one that leads from this step to the next
 * @returns {{old: [string, string], gradient: [string, string], lines: WrittenLine[]}}
 */
export function writtenOut({ names, lines, arrays: { values, results } }, update) {
  const at = (
    /** @type {Block | undefined} */ block,
    /** @type {number} */ count,
    /** @type {number} */ index,
    /** @type {number} */ part,
  ) => block?.data[(update * count + index) * 2 + part] ?? NaN;
  const number = (/** @type {string} */ name, /** @type {number} */ part) =>
    at(values, names.length, names.indexOf(name), part);
  const both = (/** @type {(part: number) => any} */ write) => /** @type {[any, any]} */ ([write(0), write(1)]);
  // The gradient as it comes: before noise and clipping, where there is any.
  const given = ["slope", "raw", "g"].find((name) => names.includes(name)) ?? "g";
  return {
    gradient: both((part) => significant(number(given, part), DIGITS)),
    old: both((part) => significant(number("w", part), DIGITS)),
    lines: lines.map(
      (
        /** @type {{symbol: string, rule: string, numbers: string}} */ { symbol, rule, numbers: template },
        /** @type {number} */ i,
      ) => {
        const result = (/** @type {number} */ part) =>
          cleaned(at(results, lines.length, i, part), template, (name) => number(name, part));
        return {
          symbol,
          rule,
          numbers: both((part) => putIn(template, (name) => number(name, part))),
          results: both((part) => significant(result(part), DIGITS)),
          rounded: both((part) =>
            isRounded(template, (name) => number(name, part), at(results, lines.length, i, part), result(part)),
          ),
        };
      },
    ),
  };
}

/**
 * Terms of a sum that take each other away leave a rest that only rounding made.
 *
 * @param {number} result
 * @param {string} template
 * @param {(name: string) => number} number
 */
function cleaned(result, template, number) {
  const terms = template
    .split(/ [+−] (?![^(]*\))/)
    .map((term) => Math.abs(reckon(term, number)))
    .filter(Number.isFinite);
  return terms.length > 1 && Math.abs(result) < NOTHING * Math.max(...terms) ? 0 : result;
}

/**
 * Whether one who works the line out from the numbers as they are written gets something else than is written, or what is
 * written is not what goes on into the next update. Nobody can work out a line that leaves something out.
 *
 * @param {string} template
 * @param {(name: string) => number} number
 * @param {number} result
 * @param {number} shown
 */
function isRounded(template, number, result, shown) {
  if (template.includes("⋯")) return false;
  const written = (/** @type {string} */ name) => asWritten(number(name), DIGITS);
  if (shown === 0 && result !== 0) return true;
  const found = cleaned(reckon(template, written), template, written);
  return !Number.isFinite(found) ? Number.isFinite(result) : significant(found, DIGITS) !== significant(shown, DIGITS);
}

/**
 * Numbers below zero stand in parentheses where they follow a sign, as those with a power of ten do before ² and ^.
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
    const isFactored = written.includes("×") && (after === "²" || after === "^" || before === "√" || before === "/");
    return isFactored || (value < 0 && (signs || after === "²")) ? `(${written})` : written;
  });
  return text.replace(/\^(\d+)/g, (_, digits) => raised(Number(digits)));
}

/**
 * The updates or rows known so far, of which a part has come: those before it and its own, in arrays for the whole race.
 *
 * @param {StudyPart | null} known
 * @param {StudyPart} part
 * @returns {StudyPart}
 */
export function joinUpdates(known, part) {
  const whole = part.first === 0 || !known ? { ...part, arrays: { ...part.arrays } } : known;
  for (const [
    name,
    {
      data,
      shape: [count = 0, ...rest],
    },
  ] of Object.entries(part.arrays)) {
    const width = rest.reduce((product, side) => product * side, 1);
    const before = whole === known ? whole.arrays[name]?.data : undefined;
    const all = before ?? new Float64Array((part.done && part.first === 0 ? count : (part.rows ?? part.steps)) * width);
    all.set(data, part.first * width);
    whole.arrays[name] = { data: all, shape: [part.first + count, ...rest] };
  }
  whole.done = part.done;
  return whole;
}

/** How many updates there are. @param {StudyPart} study */
export const updatesOf = ({ arrays: { results } }) => results?.shape[0] ?? 0;
