/** What all charts have in common: their colours, their axes, and how many points are worth drawing. */

import { raised, significant } from "../base/format.js";
import { ticks } from "../draw/levels.js";
import { t } from "../base/words.js";

/** An axis that reaches so far, or no further than that, needs powers of ten. */
const TALL = 1e5;
const FLAT = 1e-3;

/**
 * Colours, and the font.
 *
 * @typedef {{train: string, test: string, ink: string, soft: string, line: string, tip: string,
 *   onTip: string, font: string, bold?: boolean}} Look  bold: seen from afar, without small numbers
 *
 * @param {HTMLElement} root
 * @returns {Look}
 */
export function readLook(root) {
  const style = getComputedStyle(root);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    train: read("--curve-train"),
    test: read("--curve-test"),
    ink: read("--ink"),
    soft: read("--ink-soft"),
    line: read("--line"),
    tip: read("--tip"),
    onTip: read("--on-tip"),
    font: style.fontFamily,
    bold: read("--bold") === "1",
  };
}

/** @param {Look} look */
export function baseLayout(look) {
  return {
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { family: look.font, color: look.soft },
    showlegend: false,
    dragmode: false,
    hovermode: "x unified",
    hoverlabel: { bgcolor: look.tip, bordercolor: look.tip, font: { color: look.onTip, size: 12 } },
  };
}

/**
 * @param {Look} look
 * @param {string} text  its title
 * @param {boolean} logarithmic
 */
export function axis(look, text, logarithmic) {
  return {
    title: { text, standoff: 6, font: { size: 12, color: look.soft } },
    fixedrange: true,
    gridcolor: look.line,
    linecolor: look.line,
    zeroline: false,
    nticks: 5,
    tickfont: { size: 11 },
    automargin: false,
    ...(logarithmic ? { type: "log", exponentformat: "power" } : { type: "linear", exponentformat: "none" }),
  };
}

/**
 * The numbers of a linear axis in the page's style where they are very small or large; elsewhere Plotly chooses them.
 * (Its own powers of ten have one exponent for all numbers of an axis: 0.2×10¹⁷.)
 *
 * @param {readonly (number | null | undefined)[]} values  what is drawn along it
 * @param {{from?: number}} [options]  where the axis begins at the latest
 */
export function powerTicks(values, { from = Infinity } = {}) {
  const known = values.filter((value) => value !== null && value !== undefined && Number.isFinite(value)).map(Number);
  const [low, high] = known.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [from, -Infinity],
  );
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (known.length === 0 || size === 0 || (size < TALL && size >= FLAT) || high <= low) return {};
  const tickvals = ticks(low, high, 5);
  return { tickvals, ticktext: tickvals.map((value) => significant(value, 3)) };
}

/** The digits at which an axis of few powers of ten has its numbers, the most first. */
const DIGITS = [[1, 2, 5], [1]];
const MOST_TICKS = 6;

/**
 * The numbers of a logarithmic axis, where Plotly writes powers of ten larger than all else, and along few of them every
 * digit, one over the other.
 *
 * @param {readonly (number | null | undefined)[]} values  what is drawn along it
 */
export function logTicks(values) {
  const known = values.map(Number).filter((value) => value > 0 && Number.isFinite(value));
  if (known.length === 0) return {};
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((most, value) => Math.max(most, value), 0);
  const tickvals = DIGITS.map((digits) => digitsBetween(low, high, digits)).find(({ length }) => length <= MOST_TICKS);
  const shown = tickvals ?? powersBetween(low, high);
  const ends = shown.length > 1 ? shown : [...new Set([low, high])];
  return { tickvals: ends, ticktext: ends.map(powerText) };
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number[]} digits
 */
function digitsBetween(low, high, digits) {
  const first = Math.floor(Math.log10(low));
  return Array.from({ length: Math.ceil(Math.log10(high / low)) + 2 }, (_, i) => first + i)
    .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
    .filter((value) => value >= low && value <= high);
}

/**
 * As many powers of ten, equally far apart, as have room.
 *
 * @param {number} low
 * @param {number} high
 */
function powersBetween(low, high) {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  const apart = Math.ceil((last - first + 1) / MOST_TICKS);
  const from = Math.ceil(first / apart);
  return Array.from({ length: Math.floor(last / apart) - from + 1 }, (_, i) => Number(`1e${(from + i) * apart}`));
}

/** The powers of ten that are short enough to be written out. */
const SHORT = 2;

/** @param {number} value */
function powerText(value) {
  const power = Math.log10(value);
  return Number.isInteger(power) && Math.abs(power) > SHORT ? `10${raised(power)}` : significant(value, 3);
}

/**
 * The axis along which a run goes; what is said of a place of it begins with its unit.
 *
 * @param {Look} look
 * @param {"steps" | "epochs" | null} along  null where it has no name
 * @param {boolean} logarithmic
 */
export function alongAxis(look, along, logarithmic) {
  const place = along === "steps" ? "%{x:,.0f}" : "%{x:,.2~f}";
  const [title, hover] =
    along === null
      ? ["", place]
      : along === "steps"
        ? [t("Step"), t("Step {step}", { step: place })]
        : [t("Epoch"), t("Epoch {epoch}", { epoch: place })];
  return { ...axis(look, title, logarithmic), unifiedhovertitle: { text: hover } };
}

/**
 * What is said of each point of a curve under the pointer, in the page's own style of numbers.
 *
 * @param {readonly (number | null | undefined)[]} values
 * @param {(value: number) => string} [write]
 */
export const readout = (values, write = significant) => ({
  text: values.map((value) => write(value ?? NaN)),
  hovertemplate: "%{text}",
});

/**
 * Evenly spread indices, the last one always among them.
 *
 * @param {number} length
 * @param {number} most
 */
export function spread(length, most) {
  const count = Math.min(length, most);
  const gap = (length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => Math.round(index * gap));
}

/**
 * Plotly leaves a gap at null.
 *
 * @param {number | undefined} value
 */
export const finite = (value) => (value !== undefined && Number.isFinite(value) ? value : null);
