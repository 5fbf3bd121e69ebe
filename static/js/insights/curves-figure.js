/** The large charts of the insights as Plotly wants them: what is measured, along which axis, for which runs. */

import { alongAxis, axis, baseLayout, powerTicks, readout } from "../charts/layout.js";
import { bestPoint, chosenPoints, isUsed, smooth, valuesAt, ROWS } from "../charts/curve-series.js";
import { percent } from "../base/format.js";
import { t } from "../base/words.js";

/** @import {Look} from "../charts/layout.js" */
/** @import {Along, CurveRun} from "../charts/curve-series.js" */

const MOST_POINTS = 1200;

/**
 * @typedef {"loss" | "accuracy" | "learning_rate"} Measure
 * @typedef {object} Options
 * @property {Measure} measure
 * @property {Along} along
 * @property {boolean} logX
 * @property {boolean} logY
 * @property {number} smoothing  from 0 to below 1
 * @property {number[]} edits  the steps at which settings were changed
 * @property {number} step  where the run is now
 */

const TITLES = { loss: t("Loss"), accuracy: t("Accuracy"), learning_rate: t("Learning rate") };

/**
 * @param {CurveRun[]} runs
 * @param {Look} look
 * @param {Options} options
 */
export function curvesFigure(runs, look, options) {
  const data = runs.flatMap((run) => [...lines(run, look, options), ...best(run, look, options)]);
  return {
    data,
    layout: layout(
      runs,
      look,
      options,
      data.flatMap(({ y }) => y),
    ),
  };
}

/**
 * @param {CurveRun} run
 * @param {Look} look
 * @param {Options} options
 */
function lines(run, look, { measure, along, logX, smoothing }) {
  const { curves, other = false, name, colour } = run;
  const { at, x } = chosenPoints(curves, { along, logarithmic: logX, most: MOST_POINTS });
  const line = (
    /** @type {string} */ label,
    /** @type {ArrayLike<number> | undefined} */ row,
    /** @type {string} */ color,
    /** @type {string} */ dash,
  ) => {
    const y = smooth(valuesAt(row, at), smoothing);
    return {
      type: "scatter",
      mode: "lines",
      name: other ? t("{measure}, {run}", { measure: label, run: name }) : label,
      x,
      y,
      line: { width: other ? 1.5 : 2.25, color: colour ?? color, dash },
      opacity: other ? 0.8 : 1,
      connectgaps: false,
      ...(measure === "accuracy" ? readout(y, percent) : readout(y)),
    };
  };
  const { metrics } = curves;
  if (measure === "learning_rate") return [line(t("Learning rate"), curves.learningRates, look.train, "solid")];
  if (measure === "accuracy") {
    return [
      line(t("Train"), metrics[ROWS.trainAccuracy], look.train, "solid"),
      line(t("Test"), metrics[ROWS.testAccuracy], look.test, "6px,4px"),
    ];
  }
  return [
    line(t("Train"), metrics[ROWS.trainLoss], look.train, "solid"),
    line(t("Test"), metrics[ROWS.testLoss], look.test, "6px,4px"),
    ...(isUsed(metrics[ROWS.penalty], curves.length)
      ? [line(t("Penalty"), metrics[ROWS.penalty], look.ink, "2px,3px")]
      : []),
  ];
}

/**
 * A ring where the test loss is lowest.
 *
 * @param {CurveRun} run
 * @param {Look} look
 * @param {Options} options
 */
function best({ curves, other }, look, { measure, along, logX }) {
  const point = measure === "loss" && !other ? bestPoint(curves) : null;
  const x = point && (along === "steps" ? point.step : point.epoch);
  if (!point || (logX && !(x && x > 0))) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: t("Best test loss"),
      x: [x],
      y: [point.loss],
      marker: { size: 10, color: "transparent", line: { width: 2, color: look.test } },
      ...readout([point.loss]),
    },
  ];
}

/**
 * @param {CurveRun[]} runs
 * @param {Look} look
 * @param {Options} options
 * @param {(number | null)[]} values  what is drawn
 */
function layout(runs, look, { measure, along, logX, logY, edits, step }, values) {
  const place = (/** @type {number} */ at) => (along === "steps" ? at : epochAt(runs, at));
  const line = (/** @type {number} */ at, /** @type {object} */ style) => ({
    type: "line",
    xref: "x",
    yref: "paper",
    x0: place(at),
    x1: place(at),
    y0: 0,
    y1: 1,
    line: style,
  });
  const [run] = runs;
  const last = run?.curves.steps[(run?.curves.length ?? 0) - 1] ?? 0;
  const inPast = step < last;
  return {
    ...baseLayout(look),
    margin: { l: 76, r: 16, t: 10, b: 46 },
    xaxis: { ...alongAxis(look, along, logX), ...(logX ? {} : { rangemode: "tozero" }) },
    yaxis: {
      ...axis(look, TITLES[measure], logY),
      ...(measure === "accuracy" ? { tickformat: ".0%" } : {}),
      ...(logY || measure === "accuracy" ? {} : { rangemode: "tozero", ...powerTicks(values, { from: 0 }) }),
    },
    shapes: [
      ...edits.filter((at) => !logX || at > 0).map((at) => line(at, { width: 1, color: look.soft, dash: "2px,3px" })),
      ...(inPast && (!logX || step > 0) ? [line(step, { width: 1.5, color: look.test })] : []),
    ],
  };
}

/**
 * @param {CurveRun[]} runs
 * @param {number} step
 */
function epochAt([run], step) {
  if (!run) return 0;
  const { steps, epochs, length } = run.curves;
  for (let index = 0; index < length; index++) {
    const next = steps[index] ?? 0;
    if (next < step) continue;
    const before = steps[index - 1] ?? 0;
    const from = epochs[index - 1] ?? 0;
    const share = next > before ? (step - before) / (next - before) : 1;
    return from + share * ((epochs[index] ?? 0) - from);
  }
  return epochs[length - 1] ?? 0;
}
