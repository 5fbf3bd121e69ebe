/** What all charts have in common: their colours, their axes, and how many points are worth drawing. */

import { significant } from "./format.js";

/**
 * Colours, and the font.
 *
 * @typedef {{train: string, test: string, ink: string, soft: string, line: string, tip: string,
 *   onTip: string, font: string}} Look
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
    type: logarithmic ? "log" : "linear",
    exponentformat: "power",
  };
}

/**
 * The axis along which a run goes; what is said of a place of it begins with its unit.
 *
 * @param {Look} look
 * @param {string} unit  "Step" or "Epoch"
 * @param {boolean} logarithmic
 */
export function alongAxis(look, unit, logarithmic) {
  const place = unit === "Step" ? "%{x:,.0f}" : "%{x:,.2~f}";
  return { ...axis(look, unit, logarithmic), unifiedhovertitle: { text: `${unit} ${place}` } };
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
