/** The curves of all members over each other, as Plotly wants them. */

import { alongAxis, axis, baseLayout, logTicks, powerTicks, readout } from "../../charts/layout.js";
import { chosenPoints, ROWS, valuesAt } from "../../charts/curve-series.js";
import { percent } from "../../base/format.js";
import { t } from "../../base/words.js";

/** @import {Look} from "../../charts/layout.js" */
/** @import {Along} from "../../charts/curve-series.js" */
/** @import {Curves} from "../../base/types.js" */

const MOST_POINTS = 300;

/** What there is to draw, and the rows of it for training and test points. */
const MEASURES = {
  loss: { title: t("Loss"), rows: { train: ROWS.trainLoss, test: ROWS.testLoss } },
  accuracy: { title: t("Accuracy"), rows: { train: ROWS.trainAccuracy, test: ROWS.testAccuracy } },
};

/**
 * @typedef {object} MemberCurvesOptions
 * @property {"loss" | "accuracy"} measure
 * @property {"train" | "test"} half
 * @property {Along} along
 * @property {boolean} logarithmic  the axis of the loss
 * @property {number} chosen  the member that is drawn above the others
 * @property {number} step  where the run is now
 */

/**
 * @param {Curves[]} members
 * @param {string[]} names
 * @param {string[]} colours
 * @param {Look} look
 * @param {MemberCurvesOptions} options
 */
export function memberCurvesFigure(members, names, colours, look, options) {
  const { measure, half, along, logarithmic, chosen, step } = options;
  const { title, rows } = MEASURES[measure];
  const traces = members.map((curves, member) => {
    const { at, x } = chosenPoints(curves, { along, logarithmic: false, most: MOST_POINTS });
    const y = valuesAt(curves.metrics[rows[half]], at);
    return {
      type: "scatter",
      mode: "lines",
      name: (names[member] ?? "").replaceAll("<", "&lt;"),
      x,
      y,
      line: {
        width: member === chosen ? 3 : 1.75,
        color: colours[member],
        dash: half === "test" ? "6px,4px" : "solid",
      },
      connectgaps: false,
      ...(measure === "accuracy" ? readout(y, percent) : readout(y)),
    };
  });
  const [first] = members;
  const last = first?.length ? first.length - 1 : 0;
  const inPast = first && step < (first.steps[last] ?? 0);
  const place = along === "steps" ? step : step * epochsPerStep(first, last);
  const isLog = measure === "loss" && logarithmic;
  return {
    data: traces,
    layout: {
      ...baseLayout(look),
      margin: { l: 52, r: 10, t: 8, b: 40 },
      xaxis: { ...alongAxis(look, along, false), rangemode: "tozero" },
      yaxis: {
        ...axis(look, title, isLog),
        ...(measure === "accuracy" ? { tickformat: ".0%" } : {}),
        ...(measure === "loss" && (isLog ? logTicks : powerTicks)(traces.flatMap(({ y }) => y))),
      },
      shapes: inPast
        ? [
            {
              type: "line",
              xref: "x",
              yref: "paper",
              x0: place,
              x1: place,
              y0: 0,
              y1: 1,
              line: { width: 1.5, color: look.ink },
            },
          ]
        : [],
    },
  };
}

/**
 * @param {Curves | undefined} curves
 * @param {number} last
 */
const epochsPerStep = (curves, last) => (curves?.epochs[last] ?? 0) / Math.max(1, curves?.steps[last] ?? 1);
