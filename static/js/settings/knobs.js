/** What a knob allows. */

import { setNumber } from "../base/format.js";
import { readNumber } from "../ui/number-text.js";
import { t } from "../base/words.js";

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
  if (text === "") return t("This is empty. Allowed: {allowed}.", { allowed });
  const shown = typeof value === "string" ? t("“{text}”", { text: short }) : short;
  return why
    ? t("Not {value}: {reason}. Allowed: {allowed}.", { value: shown, reason: why, allowed })
    : t("Not {value}. Allowed: {allowed}.", { value: shown, allowed });
}

/** @param {Rule} rule */
function allowed({ type, minimum, maximum }) {
  const [least, most] = [minimum, maximum].map((limit) => (limit === null ? "" : setNumber(limit)));
  if (type === "integer") {
    if (least && most) return t("a whole number from {least} to {most}", { least, most });
    if (least) return t("a whole number, {least} or more", { least });
    return most ? t("a whole number up to {most}", { most }) : t("a whole number, such as 10");
  }
  if (least && most) return t("a number from {least} to {most}", { least, most });
  if (least) return t("a number, {least} or more", { least });
  return most ? t("a number up to {most}", { most }) : t("a number, such as 0.05 or −2");
}

/** Whether a network is another in training than in evaluation. @param {Spec} [spec] */
export const trainsOtherwise = (spec) =>
  (spec?.layers ?? []).some((/** @type {Spec} */ layer) => layer.batch_norm || layer.dropout > 0);

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
