/** What a knob allows. */

import { setNumber } from "../base/format.js";
import { readNumber } from "../ui/number-text.js";

/** @import {Catalog, Knob, Spec} from "../base/types.js" */

/** Of a text that was pasted by mistake the beginning is enough. */
const MOST_QUOTED = 40;

/**
 * What may be typed into a field. A knob is one.
 *
 * @typedef {Pick<Knob, "type" | "minimum" | "maximum">} Rule
 */

/**
 * The number that a text means, or the sentence that says why it is not taken.
 *
 * @param {Rule} rule
 * @param {string} text
 * @returns {{value: number} | {complaint: string}}
 */
export function check(rule, text) {
  const reading = readNumber(text, rule.type === "integer");
  if (!("value" in reading)) return { complaint: complaint(text, allowed(rule), reading.wrong) };
  const { value } = reading;
  const fits =
    (rule.type !== "integer" || Number.isInteger(value))
    && (rule.minimum === null || value >= rule.minimum)
    && (rule.maximum === null || value <= rule.maximum);
  return fits ? { value } : { complaint: complaint(text, allowed(rule)) };
}

/**
 * @param {unknown} value  what was not taken
 * @param {string} allowed  what would be
 * @param {string} [why]  where more can be said than that: "it can mean 1 or 1000"
 */
export function complaint(value, allowed, why = "") {
  const text = typeof value === "string" ? value.trim() : JSON.stringify(value);
  const short = text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)} …` : text;
  const shown = text === "" ? "that" : typeof value === "string" ? `“${short}”` : short;
  return `Not ${shown}${why && `: ${why}`}. Allowed: ${allowed}.`;
}

/** @param {Rule} rule */
function allowed({ type, minimum, maximum }) {
  const what = type === "integer" ? "a whole number" : "a number";
  if (minimum !== null && maximum !== null) return `${what} from ${setNumber(minimum)} to ${setNumber(maximum)}`;
  if (minimum !== null) return `${what} from ${setNumber(minimum)} on`;
  return maximum !== null
    ? `${what} up to ${setNumber(maximum)}`
    : `${what}, such as ${type === "integer" ? "10" : "0.05 or −2"}`;
}

/**
 * Whether anything changes the training points in every epoch.
 *
 * @param {Spec} spec
 * @param {Catalog} catalog
 */
export function isAugmented(spec, { sections }) {
  const knobs = sections.find(({ path }) => path === "augmentation")?.knobs ?? [];
  return knobs.some(({ name, default: usual }) => (spec.augmentation?.[name] ?? usual) !== usual);
}
