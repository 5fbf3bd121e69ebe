/**
 * Numbers as people type and paste them: with a decimal point or a decimal comma, any minus sign, powers of ten,
 * and in the wide characters of Chinese and Japanese keyboards. What could mean two numbers is none.
 */

import { t } from "../base/words.js";

/** @typedef {{value: number} | {wrong: string}} Reading  `wrong` says why, to follow "it"; empty where it is no number at all */

/** Characters that text from elsewhere carries along and nobody sees: marks of width and of direction. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const WIDE = /[\uff01-\uff5e]/g;
const WIDE_BY = 0xfee0;
const STOP = /[\u3002\uff61]/g;
const DASH = /[\u2010-\u2015\u2212\ufe63]/g;

const MANTISSA = "\\d+(?:[.,]\\d*)?|[.,]\\d+";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const POWER = `10(?:(?:\\^|\\*\\*)\\(?(?<power>[+-]?\\d+)\\)?|(?<raised>[⁺⁻]?[${RAISED}]+))`;
const NUMBER = new RegExp(
  `^(?<sign>[+-]?)(?:(?:(?<mantissa>${MANTISSA})(?:e(?<exponent>[+-]?\\d+)|[×·⋅∙*x]${POWER})?)|${POWER.replaceAll("?<", "?<alone_")})$`,
  "i",
);

/**
 * The number that a text means, if it can mean only one.
 *
 * @param {string} text
 * @param {boolean} [whole]  whether a whole number is asked for, in which a point may part thousands, too
 * @returns {Reading}
 */
export function readNumber(text, whole = false) {
  const plain = text
    .replace(UNSEEN, "")
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDE_BY))
    .replace(STOP, ".")
    .replace(DASH, "-")
    .trim();
  // Around signs a space parts nothing: "− 0.5", "5 × 10^-3".
  const tight = plain
    .replace(/^([+-])\s+/, "$1")
    .replace(/\s*([×·⋅∙*])\s*/g, "$1")
    .replace(/\s+x\s+/i, "x");
  const { groups } = NUMBER.exec(tight) ?? {};
  if (!groups) return { wrong: reason(tight) };
  const { sign, mantissa = "1", exponent, power, raised, alone_power: alonePower, alone_raised: aloneRaised } = groups;
  const both = twoMeanings(mantissa, whole);
  if (both) return { wrong: both };
  const tens = exponent ?? power ?? alonePower ?? lowered(raised ?? aloneRaised ?? "0");
  const value = Number(`${sign}${mantissa.replace(",", ".")}e${tens}`);
  if (!Number.isFinite(value)) return { wrong: t("it is too large") };
  if (value === 0 && /[1-9]/.test(mantissa)) return { wrong: t("it is too close to 0") };
  return { value: value + 0 };
}

/**
 * Why a text is no number, where more can be said than that.
 *
 * @param {string} text
 */
function reason(text) {
  if (!/^[+-]?[\d.,'’\s]*\d[\d.,'’\s]*$/.test(text)) return "";
  if (/\s/.test(text)) return t("it has a space in it");
  if (/['’]/.test(text)) return t("it has an apostrophe in it");
  if (text.includes(".") && text.includes(",")) {
    return t("it has a point and a comma, where one decimal mark is enough");
  }
  return text.includes(",") ? t("it has more than one comma") : t("it has more than one point");
}

/**
 * A comma before exactly three digits is a decimal mark to some and parts thousands for others.
 *
 * @param {string} mantissa
 * @param {boolean} whole
 */
function twoMeanings(mantissa, whole) {
  const [, front, rest] = (whole ? /^([1-9]\d{0,2})[.,](\d{3})$/ : /^([1-9]\d{0,2}),(\d{3})$/).exec(mantissa) ?? [];
  return (
    front
    && rest
    && t("it can mean {small} or {large}", { small: Number(`${front}.${rest}`), large: `${front}${rest}` })
  );
}

/** @param {string} raised  an exponent in small raised characters */
function lowered(raised) {
  return [...raised]
    .map((each) => ({ "⁻": "-", "⁺": "+" })[each] ?? (RAISED.includes(each) ? RAISED.indexOf(each) : each))
    .join("");
}
