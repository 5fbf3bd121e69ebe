/** The loss chart as Plotly wants it: traces and layout, a function of runs and look. */

import { alongAxis, axis, baseLayout, finite, powerTicks, readout, spread } from "../charts/layout.js";
import { t } from "../base/words.js";

/** @import {CurveRun} from "../charts/curve-series.js" */
/** @import {Look} from "../charts/layout.js" */

/** More points than this are not seen on a chart of this size. */
const MOST_POINTS = 400;

/** From here on the numbers of the axis need more room. */
const LONG = 1e4;

const TRAIN_LOSS = 0;
const TEST_LOSS = 1;

/**
 * @param {CurveRun[]} runs
 * @param {Look} look
 */
export function lossTraces(runs, look) {
  return runs.flatMap(({ curves, other = false }) => {
    const at = spread(curves.length, MOST_POINTS);
    const x = at.map((index) => curves.epochs[index] ?? NaN);
    const trace = (/** @type {string} */ name, /** @type {number} */ row, /** @type {object} */ line) => {
      const y = at.map((index) => finite(curves.metrics[row]?.[index]));
      return {
        type: "scatter",
        mode: "lines",
        name,
        x,
        y,
        line: { width: look.bold ? 3 : other ? 1.5 : 2, simplify: true, ...line },
        opacity: other ? 0.55 : 1,
        ...readout(y),
      };
    };
    return [
      trace(t("Train"), TRAIN_LOSS, { color: look.train, dash: other ? "1px,2px" : "solid" }),
      trace(t("Test"), TEST_LOSS, { color: look.test, dash: other ? "1px,2px" : "5px,3px" }),
    ];
  });
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
    margin: { l: !logarithmic && largest >= LONG ? 64 : 50, r: 10, t: 18, b: low ? 20 : 38 },
    xaxis: { ...alongAxis(look, low ? null : "epochs", false), rangemode: "tozero" },
    yaxis: { ...axis(look, low ? "" : t("Loss"), logarithmic), ...numbers },
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
