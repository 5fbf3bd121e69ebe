/**
 * Figures of plotly.js: how far racers are from the minimum of a quadratic along each of its eigenvectors; and how the
 * surface curves where they are, beside the edge up to which their steps are stable.
 */

import { alongAxis, axis, baseLayout, logTicks, powerTicks, spread } from "../../charts/layout.js";
import { curveOf, MARGIN, MOST, rangeOf } from "./figure.js";
import { t } from "../../base/words.js";

/** @import {Look} from "../../charts/layout.js" */
/** @import {StudyPart} from "../types.js" */
/** @import {Line} from "./figure.js" */

/** @typedef {Line & {racer: number}} Racer */

/**
 * @param {StudyPart} study  of the kind `curvature`
 * @param {Racer[]} racers
 * @param {Look} look
 * @param {{measure: "error" | "curvature", logarithmic: boolean}} options
 */
export function curvatureFigure(study, racers, look, { measure, logarithmic }) {
  const known = study.arrays.edges?.shape[0] ?? 0;
  const steps = spread(known, MOST);
  const curvesOf = measure === "error" ? errorsOf : curvaturesOf;
  const data = racers.flatMap((racer) =>
    curvesOf(study, racer).map(({ name, at, dashed }) =>
      curveOf({ ...racer, name }, steps, at, { logarithmic, dashed }),
    ),
  );
  const drawn = data.map(({ y }) => y).filter((y) => y.some((value) => value !== null));
  const shown = drawn.length > 0 ? rangeOf(drawn, logarithmic) : {};
  const title = measure === "error" ? t("Error") : "λ";
  return {
    data,
    layout: {
      ...baseLayout(look),
      margin: MARGIN,
      annotations: [dashes(look, measure === "error" ? t("dashed: flat") : dashedEdge(study, racers))],
      xaxis: { ...alongAxis(look, "steps", false), range: [0, study.rows - 1] },
      yaxis: {
        ...axis(look, title, logarithmic),
        ...shown,
        ...(logarithmic ? logTicks(data.flatMap(({ y }) => y)) : powerTicks(shown.range ?? data.flatMap(({ y }) => y))),
      },
    },
  };
}

/**
 * What dashes mean, below the right end of the axis.
 *
 * @param {Look} look
 * @param {string} text
 */
const dashes = (look, text) => ({
  text,
  xref: "paper",
  yref: "paper",
  x: 1,
  y: 0,
  xanchor: "right",
  yanchor: "top",
  yshift: -18,
  showarrow: false,
  font: { size: 11, color: look.soft },
});

/**
 * @param {StudyPart} study
 * @param {Racer[]} racers
 */
function dashedEdge({ edges }, racers) {
  const chosen = racers.find((racer) => racer.chosen);
  const edge = chosen && edges[chosen.racer];
  return edge ? t("dashed: {edge}", { edge }) : t("dashed: edge");
}

/**
 * @param {StudyPart} study
 * @param {Racer} racer
 */
function errorsOf(study, { name, racer }) {
  const { errors } = study.arrays;
  if (!errors || errors.shape[2] !== 2) return [];
  const at = (/** @type {number} */ direction) => (/** @type {number} */ step) =>
    errors.data[2 * (step * (errors.shape[1] ?? 0) + racer) + direction] ?? NaN;
  return [
    { name: t("{name}, steep direction", { name }), at: at(1), dashed: false },
    { name: t("{name}, flat direction", { name }), at: at(0), dashed: true },
  ];
}

/**
 * @param {StudyPart} study
 * @param {Racer} racer
 */
function curvaturesOf(study, { name, racer }) {
  const edge = study.edges[racer];
  const curves = [
    {
      name: t("{name}, λmax", { name }),
      at: (/** @type {number} */ step) => curvatureAt(study, racer, step).most,
      dashed: false,
    },
  ];
  if (edge === null) return curves;
  const at = (/** @type {number} */ step) => curvatureAt(study, racer, step).edge;
  return [...curves, { name: t("{name}, {edge}", { name, edge }), at, dashed: true }];
}

/**
 * The larger curvature where a racer is, and the edge of its steps there.
 *
 * @param {StudyPart} study
 * @param {number} racer
 * @param {number} step
 */
export function curvatureAt({ arrays: { eigenvalues, edges } }, racer, step) {
  const place = step * (edges?.shape[1] ?? 0) + racer;
  return { most: eigenvalues?.data[2 * place + 1] ?? NaN, edge: edges?.data[place] ?? NaN };
}
