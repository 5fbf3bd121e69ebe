/** The loss chart as Plotly wants it: traces and layout, a function of runs and look. */

import { alongAxis, axis, baseLayout, finite, powerTicks, readout, spread } from "../charts/layout.js";
import { t } from "../base/words.js";

/** @import {CurveRun} from "../charts/curve-series.js" */
/** @import {Look} from "../charts/layout.js" */

/** More points than this are not seen on a chart of this size. */
const MOST_POINTS = 400;

/** From here on the numbers of the axis need more room. */
const LONG = 1e4;

/** How pinned runs stand behind the present one: wide, so that they are seen under it, and faint. */
const PALE_WIDTH = 4;
const PALE = 0.4;

const TRAIN_LOSS = 0;
const TEST_LOSS = 1;

/**
 * What is drawn first is behind the rest: the runs to compare with are pale, each with its name at its end.
 *
 * @param {CurveRun[]} runs
 * @param {Look} look
 */
export function lossTraces(runs, look) {
  return runs.flatMap(({ name, curves, other = false, colour }) => {
    const at = spread(curves.length, MOST_POINTS);
    const x = at.map((index) => curves.epochs[index] ?? NaN);
    const trace = (/** @type {string} */ title, /** @type {number} */ row, /** @type {object} */ line) => {
      const y = at.map((index) => finite(curves.metrics[row]?.[index]));
      return {
        type: "scatter",
        mode: "lines",
        name: title,
        x,
        y,
        line: { width: other ? PALE_WIDTH : look.bold ? 3 : 2, simplify: true, ...line },
        opacity: other ? PALE : 1,
        ...(other ? { hoverinfo: "skip" } : readout(y)),
      };
    };
    const train = trace(t("Train"), TRAIN_LOSS, { color: colour ?? look.train, dash: "solid" });
    const test = trace(t("Test"), TEST_LOSS, { color: colour ?? look.test, dash: "5px,3px" });
    return other ? [train, test, nameAtEnd(name, train, colour ?? look.soft)] : [train, test];
  });
}

/**
 * Under a curve that has stayed high, or it would stand in the buttons over the plot.
 *
 * @param {string} name
 * @param {{x: number[], y: (number | null)[]}} curve
 * @param {string} color
 */
function nameAtEnd(name, { x, y }, color) {
  const place = { x: x.slice(-1), y: y.slice(-1) };
  const isHigh = (place.y[0] ?? 0) > Math.max(...y.map((loss) => loss ?? 0)) / 2;
  return {
    type: "scatter",
    mode: "text",
    ...place,
    text: [name],
    textposition: isHigh ? "bottom left" : "top left",
    textfont: { color },
  };
}

/**
 * @param {Look} look
 * @param {{logarithmic: boolean, largest?: number, low?: boolean}} options  the largest loss that is drawn: its name
 *   may be long; and whether there is no height for the axes' names
 */
export function lossLayout(look, { logarithmic, largest = 0, low = false }) {
  if (look.bold) return bareLayout(look, logarithmic);
  const numbers = logarithmic ? {} : { rangemode: "tozero", ...powerTicks([largest], { from: 0 }) };
  return {
    ...baseLayout(look),
    margin: { l: !logarithmic && largest >= LONG ? 64 : 50, r: 6, t: low ? 20 : 26, b: low ? 20 : 38 },
    xaxis: { ...alongAxis(look, low ? null : "epochs", false), rangemode: "tozero" },
    yaxis: { ...axis(look, low ? "" : t("Loss"), logarithmic), ...numbers, ...(low && { nticks: 3 }) },
  };
}

/**
 * The curves alone, over a line.
 *
 * @param {Look} look
 * @param {boolean} logarithmic
 */
function bareLayout(look, logarithmic) {
  const bare = { showticklabels: false, showgrid: false };
  return {
    ...baseLayout(look),
    hovermode: false,
    margin: { l: 6, r: 6, t: 6, b: 8 },
    xaxis: { ...alongAxis(look, null, false), ...bare, rangemode: "tozero", showline: true },
    yaxis: { ...axis(look, "", logarithmic), ...bare, ...(!logarithmic && { rangemode: "tozero" }) },
  };
}
