/** The loss chart as Plotly wants it: traces and layout, a function of curves and look. */

/** @import {Curves} from "../types.js" */

/** More points than this are not seen on a chart of this size. */
const MOST_POINTS = 400;

const TRAIN_LOSS = 0;
const TEST_LOSS = 1;

export const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, scrollZoom: false };

/**
 * Colours, and the font.
 *
 * @typedef {{train: string, test: string, ink: string, soft: string, line: string, tip: string,
 *   onTip: string, font: string}} Look
 *
 * @param {Curves} curves
 * @param {Look} look
 */
export function lossTraces(curves, look) {
  const at = spread(curves.length);
  const x = at.map((index) => curves.epochs[index] ?? NaN);
  const trace = (/** @type {string} */ name, /** @type {number} */ row, /** @type {object} */ line) => ({
    type: "scatter",
    mode: "lines",
    name,
    x,
    y: at.map((index) => finite(curves.metrics[row]?.[index])),
    line: { width: 2, simplify: true, ...line },
    hovertemplate: "%{y:.4f}",
  });
  return [
    trace("Train", TRAIN_LOSS, { color: look.train, dash: "solid" }),
    trace("Test", TEST_LOSS, { color: look.test, dash: "5px,3px" }),
  ];
}

/**
 * @param {Look} look
 * @param {{logarithmic: boolean, width: number, height: number}} options
 */
export function lossLayout(look, { logarithmic, width, height }) {
  const axis = (/** @type {string} */ text) => ({
    title: { text, standoff: 6, font: { size: 12, color: look.soft } },
    fixedrange: true,
    gridcolor: look.line,
    linecolor: look.line,
    zeroline: false,
    nticks: 5,
    tickfont: { size: 11 },
    automargin: false,
  });
  return {
    width,
    height,
    margin: { l: 50, r: 10, t: 6, b: 38 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    font: { family: look.font, color: look.soft },
    showlegend: false,
    dragmode: false,
    hovermode: "x unified",
    hoverlabel: { bgcolor: look.tip, bordercolor: look.tip, font: { color: look.onTip, size: 12 } },
    xaxis: { ...axis("Epoch"), rangemode: "tozero" },
    yaxis: logarithmic
      ? { ...axis("Loss"), type: "log", exponentformat: "power", dtick: undefined }
      : { ...axis("Loss"), type: "linear", rangemode: "tozero" },
  };
}

/**
 * Evenly spread indices, the last one always among them.
 *
 * @param {number} length
 */
export function spread(length) {
  const count = Math.min(length, MOST_POINTS);
  const gap = (length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => Math.round(index * gap));
}

/** @param {number | undefined} value */
const finite = (value) => (value !== undefined && Number.isFinite(value) ? value : null);
