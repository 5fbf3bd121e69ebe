/** The landscape as Plotly wants it: as a surface with the paths above it, and as a slice along one direction. */

import { axis, baseLayout, finite, logTicks, powerTicks, readout, spread } from "../../charts/layout.js";
import { significant } from "../../base/format.js";
import { axisTitle } from "../words.js";
import { jumped, standing } from "../landscape.js";
import { heightAt } from "../../draw/height-map.js";
import { chartMark, spaceMark } from "../../draw/markers.js";
import { levelLines } from "../../charts/level-lines.js";
import { groundOf } from "./picture.js";
import { scaleOf } from "./plane.js";
import { t } from "../../base/words.js";

/** @import {Look} from "../../charts/layout.js" */
/** @import {Landscape} from "../landscape.js" */
/** @import {Levels} from "../../draw/levels.js" */

/** More points of a path than this cost time and are not seen. */
const MOST_POINTS = 300;

/**
 * @typedef {object} FigureLook
 * @property {Look} chart
 * @property {string} low  colour of the lowest loss
 * @property {string} high
 * @property {string} line  of equal loss
 * @property {string[]} colours  of the members
 */

/** Paths float a little above the ground, or it would hide them: by this share of its height. */
const LIFT = 0.015;

/**
 * Paths lie on the ground, as on the map. Marks stand at their true loss, with a stem from the path: one that is above
 * the ground, or under it, is not in the plane.
 *
 * @param {Landscape} landscape
 * @param {Levels} levels
 * @param {string[]} names
 * @param {FigureLook} look
 */
export function surfaceFigure(landscape, levels, names, look) {
  const { loss, side, ranges } = landscape;
  const [across, up] = [even(ranges[0], side), even(ranges[1], side)];
  // Row 0 is the top of the map, where the second coordinate is largest.
  const heights = up.map((_, row) => across.map((_unused, column) => finite(loss[(side - 1 - row) * side + column])));
  const ground = {
    type: "surface",
    x: across,
    y: up,
    z: heights,
    surfacecolor: up.map((_, row) =>
      across.map((_unused, column) => levels.share(loss[(side - 1 - row) * side + column] ?? NaN)),
    ),
    cmin: 0,
    cmax: 1,
    colorscale: [
      [0, look.low],
      [1, look.high],
    ],
    showscale: false,
    opacity: 0.7,
    contours: { z: { show: false } },
    lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.05, roughness: 0.9 },
    text: heights.map((row) => row.map((height) => significant(height ?? NaN))),
    hovertemplate: `${t("loss {loss}", { loss: "%{text}" })}<extra></extra>`,
  };
  const paths = names.flatMap((name, member) => [
    trace3d(landscape, levels, member, name, look),
    stem3d(landscape, levels, member, look),
    head3d(landscape, levels, member, name, look),
  ]);
  const lines = levelLines(groundOf(landscape, levels), [...ranges[0], ...ranges[1]], levels, {
    up: (level) => lifted(level, levels, LIFT / 2),
    colour: look.line,
  });
  return { data: [ground, ...paths, lines], layout: surfaceLayout(landscape, levels, look.chart, heights.flat()) };
}

/**
 * @param {[number, number]} range
 * @param {number} count
 */
const even = ([from, to], count) =>
  Array.from({ length: count }, (_, index) => from + (index / (count - 1)) * (to - from));

/**
 * @param {Landscape} landscape
 * @param {Levels} levels
 * @param {number} member
 * @param {string} name
 * @param {FigureLook} look
 */
function trace3d(landscape, levels, member, name, look) {
  const points = spread(landscape.points, MOST_POINTS);
  const at = points.flatMap((index, i) => {
    const place = standing(landscape, member, index - landscape.points);
    const shown = isOnMap(place, landscape) ? place : null;
    return jumped(landscape, points[i - 1] ?? -1, index) ? [null, shown] : [shown];
  });
  const keep = (/** @type {(place: ReturnType<typeof standing>) => number} */ read) =>
    at.map((place) => (place ? finite(read(place)) : null));
  return {
    type: "scatter3d",
    mode: "lines",
    name,
    x: keep(({ a }) => a),
    y: keep(({ b }) => b),
    z: keep((place) => aboveGround(landscape, levels, place)),
    line: { width: 5, color: look.colours[member] },
    text: at.map((place) => significant(place?.trueLoss ?? NaN)),
    hovertemplate: hoverOf(name),
  };
}

/**
 * A little above the ground at a place, as the picture's axis has it.
 *
 * @param {Landscape} landscape
 * @param {Levels} levels
 * @param {{a: number, b: number}} place
 */
function aboveGround({ loss, side, ranges }, levels, { a, b }) {
  const { across, down } = scaleOf(ranges);
  return lifted(Math.min(heightAt({ values: loss, grid: side }, across(a), down(b)), levels.high), levels, LIFT);
}

/**
 * @param {number} height
 * @param {Levels} levels
 * @param {number} by  a share of the picture's height
 */
const lifted = (height, { low, high, logarithmic }, by) =>
  logarithmic && low > 0 ? height * (high / low) ** by : height + by * (high - low);

/**
 * From the path's end on the ground up or down to the mark.
 *
 * @param {Landscape} landscape
 * @param {Levels} levels
 * @param {number} member
 * @param {FigureLook} look
 */
function stem3d(landscape, levels, member, look) {
  const place = standing(landscape, member);
  const isThere = isOnMap(place, landscape);
  return {
    type: "scatter3d",
    mode: "lines",
    x: isThere ? [place.a, place.a] : [],
    y: isThere ? [place.b, place.b] : [],
    z: isThere ? [aboveGround(landscape, levels, place), Math.min(place.trueLoss, levels.high)].map(finite) : [],
    line: { width: 2, color: look.colours[member] },
    hoverinfo: "skip",
  };
}

/**
 * @param {Landscape} landscape
 * @param {Levels} levels
 * @param {number} member
 * @param {string} name
 * @param {FigureLook} look
 */
function head3d(landscape, levels, member, name, look) {
  const place = standing(landscape, member);
  const isThere = isOnMap(place, landscape);
  return {
    type: "scatter3d",
    mode: "markers",
    name,
    x: isThere ? [place.a] : [],
    y: isThere ? [place.b] : [],
    z: isThere ? [Math.min(place.trueLoss, levels.high)] : [],
    marker: { size: 5, color: look.colours[member], symbol: spaceMark(member) },
    text: [significant(place.trueLoss)],
    hovertemplate: hoverOf(name),
  };
}

/**
 * @param {{a: number, b: number}} place
 * @param {Landscape} landscape
 */
const isOnMap = ({ a, b }, { ranges: [[left, right], [bottom, top]] }) =>
  a >= left && a <= right && b >= bottom && b <= top;

/** @param {string} text  Plotly reads markup in names */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** @param {string} name */
const hoverOf = (name) => `${t("{name}: true loss {loss}", { name: escaped(name), loss: "%{text}" })}<extra></extra>`;

/**
 * @param {Landscape} landscape
 * @param {Levels} levels
 * @param {Look} look
 * @param {(number | null)[]} heights
 */
function surfaceLayout(landscape, { logarithmic, low }, look, heights) {
  const ground = {
    gridcolor: look.line,
    zerolinecolor: look.line,
    color: look.soft,
    showspikes: false,
    nticks: 5,
    exponentformat: "none",
  };
  const title = (/** @type {string} */ text) => ({ text, font: { size: 11, color: look.soft } });
  return {
    ...baseLayout(look),
    hovermode: "closest",
    dragmode: "turntable",
    margin: { l: 0, r: 0, t: 0, b: 0 },
    // The same word each time keeps the camera where a person has turned it.
    uirevision: "camera",
    scene: {
      uirevision: "camera",
      xaxis: { ...ground, title: title(landscape.labels[0] ?? "") },
      yaxis: { ...ground, title: title(landscape.labels[1] ?? "") },
      zaxis: {
        ...ground,
        title: title(t("Loss")),
        ...(logarithmic && low > 0
          ? { type: "log", exponentformat: "power" }
          : { type: "linear", ...powerTicks(heights) }),
      },
      aspectmode: "manual",
      aspectratio: { x: 1, y: 1, z: 0.65 },
      camera: { eye: { x: 1, y: -1.1, z: 0.95 }, center: { x: 0, y: 0, z: -0.16 } },
    },
  };
}

/**
 * Train and test loss along the line, and where the members are over it.
 *
 * @param {Landscape} landscape  of one dimension
 * @param {string[]} names
 * @param {FigureLook} look
 * @param {{logarithmic: boolean}} options
 */
export function sliceFigure(landscape, names, look, { logarithmic }) {
  const { loss, side, ranges } = landscape;
  const x = even(ranges[0], side);
  const curve = (/** @type {string} */ name, /** @type {number} */ row, /** @type {object} */ line) => {
    const y = x.map((_, index) => finite(loss[row * side + index]));
    return { type: "scatter", mode: "lines", name, x, y, line: { width: 2.25, ...line }, ...readout(y) };
  };
  const heads = names.map((name, member) => {
    const { a, trueLoss } = standing(landscape, member);
    const isSeen = a >= ranges[0][0] && a <= ranges[0][1];
    return {
      type: "scatter",
      mode: "markers",
      name: escaped(name),
      x: isSeen ? [a] : [],
      y: isSeen ? [finite(trueLoss)] : [],
      marker: {
        size: 11,
        color: look.colours[member],
        symbol: chartMark(member),
        line: { width: 1.5, color: look.colours[member] },
      },
      text: [significant(trueLoss)],
      hovertemplate: t("true loss {loss}", { loss: "%{text}" }),
    };
  });
  const curves = [
    curve(t("Train"), 0, { color: look.chart.train, dash: "solid" }),
    curve(t("Test"), 1, { color: look.chart.test, dash: "6px,4px" }),
  ];
  return {
    data: [...curves, ...heads],
    layout: {
      ...baseLayout(look.chart),
      hovermode: "closest",
      margin: { l: 60, r: 14, t: 10, b: 46 },
      xaxis: { ...axis(look.chart, axisTitle(landscape, 0), false), range: ranges[0] },
      yaxis: {
        ...axis(look.chart, t("Loss"), logarithmic),
        ...(logarithmic ? logTicks : powerTicks)([...curves, ...heads].flatMap(({ y }) => y)),
      },
    },
  };
}
