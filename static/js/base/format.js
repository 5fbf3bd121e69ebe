/**
 * Numbers as people read them; each format keeps its width while the number changes.
 *
 * There is one style: a few digits, − and not a hyphen below zero, and beside a power of ten where a number is very small
 * or very large: 4.2×10⁻⁷. Input fields show what can be typed back instead, and files what other programs read.
 */

import { language, t, tn } from "./words.js";

const WHOLE = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export const ABSENT = "–";

/** From here on, and below, a number stands beside a power of ten. */
const LARGE = 1e6;
const SMALL = 1e-4;

/** @param {number} value */
export function whole(value) {
  return Number.isFinite(value) ? WHOLE.format(Math.floor(value)) : ABSENT;
}

/** With the sign of a number below zero. @param {string} text  as JavaScript writes it */
export const minus = (text) => text.replaceAll("-", "−");

/** @param {number} exponent  a whole number */
export const raised = (exponent) =>
  [...String(exponent)].map((digit) => (digit === "-" ? "⁻" : RAISED[Number(digit)])).join("");

/**
 * "4.2×10⁻⁷".
 *
 * @param {number} value  finite
 * @param {number} decimals  of the factor, as far as they are not 0
 */
export function powerOfTen(value, decimals) {
  const [factor = "", exponent = ""] = value.toExponential(decimals).split("e");
  return `${minus(String(Number(factor)))}×10${raised(Number(exponent))}`;
}

/**
 * A few significant digits, whatever the size; fewer beside a power of ten.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export function significant(value, digits = 4) {
  if (!Number.isFinite(value)) return ABSENT;
  return isExtreme(value) ? powerOfTen(value, powerDigits(digits)) : minus(String(Number(value.toPrecision(digits))));
}

/**
 * The number that `significant` writes.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export const asWritten = (value, digits = 4) =>
  Number(isExtreme(value) ? value.toExponential(powerDigits(digits)) : value.toPrecision(digits));

/** @param {number} value */
const isExtreme = (value) => value !== 0 && (Math.abs(value) >= LARGE || Math.abs(value) < SMALL);

/** @param {number} digits */
const powerDigits = (digits) => Math.max(1, digits - 2);

/**
 * A number that somebody set, with all its digits: a learning rate, a penalty.
 *
 * @param {number} value
 */
export function setNumber(value) {
  if (!Number.isFinite(value)) return ABSENT;
  const [factor = "", exponent = ""] = value.toExponential().split("e");
  const isShort = (factor.match(/\d/g) ?? []).length <= 4;
  // A seed with many digits is a name, not a size.
  return value !== 0 && (Math.abs(value) < SMALL || (Math.abs(value) >= LARGE && isShort))
    ? `${minus(factor)}×10${raised(Number(exponent))}`
    : minus(String(value));
}

/** @param {number} value */
export function loss(value) {
  if (!Number.isFinite(value)) return ABSENT;
  if (value > 0 && value < 0.00005) return powerOfTen(value, 1);
  if (value < 10) return value.toFixed(4);
  return value < 10000 ? value.toFixed(2) : powerOfTen(value, 2);
}

/** @param {number} value  0 to 1 */
export function percent(value) {
  return Number.isFinite(value) ? t("{number} %", { number: (100 * value).toFixed(1) }) : ABSENT;
}

/** The same without decimals. @param {number} value  0 to 1 */
export function wholePercent(value) {
  return Number.isFinite(value) ? t("{number} %", { number: Math.round(100 * value) }) : ABSENT;
}

/** @param {number} value  about 0 to 1, or far below */
export function share(value) {
  if (!Number.isFinite(value)) return ABSENT;
  return value > -100 ? minus(value.toFixed(3)) : value > -100_000 ? minus(value.toFixed(0)) : powerOfTen(value, 1);
}

/** @param {number} value */
export function rate(value) {
  if (!Number.isFinite(value)) return ABSENT;
  return value > 0 && value < 10 ? value.toFixed(1) : WHOLE.format(value);
}

/** How fast training runs. @param {number} value  steps a second */
export const speed = (value) => tn("{count} step/s", "{count} steps/s", value, { count: perSecond(value) });

/** How fast training runs. @param {number} value  epochs a second */
export const epochSpeed = (value) => tn("{count} epoch/s", "{count} epochs/s", value, { count: perSecond(value) });

/** @param {number} value */
const perSecond = (value) => (Number.isInteger(value) ? WHOLE.format(value) : rate(value));

/**
 * With its sign in front, so that a weight keeps its place when it changes sides.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export function signed(value, digits = 3) {
  if (!Number.isFinite(value)) return ABSENT;
  const size = Math.abs(value);
  const text = size < 1000 ? size.toFixed(digits) : size < LARGE ? size.toFixed(0) : powerOfTen(size, 2);
  return `${value < 0 ? "−" : "+"}${text}`;
}
