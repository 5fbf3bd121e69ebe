/** Figures of plotly.js: a surface in three dimensions with the ways of racers on it. */

import { axisNumber } from "./map-frame.js";
import { significant } from "./race-numbers.js";

/** @import {Levels} from "./levels.js" */
/** @import {Look} from "./chart.js" */
/** @import {Ground} from "./relief.js" */
/** @import {Runner} from "./trails.js" */
/** @import {Track} from "./track.js" */
/** @import {Bounds} from "./plane.js" */

/** Points along a side: more are not seen, and cost time at every turn. */
const SIDE = 60;
/** Points of a way. */
const MOST = 250;
/** Ways float a little above the ground, or it would hide them. */
const LIFT = 0.012;

const CAMERA = { eye: { x: -1.25, y: -1.55, z: 1.05 }, center: { x: 0, y: 0, z: -0.12 } };

/**
 * @param {Ground} ground
 * @param {Bounds} bounds
 * @param {Levels} levels
 * @param {{low: string, high: string}} tints
 */
export function surfaceTrace({ values, grid }, [xMin, xMax, yMin, yMax], levels, { low, high }) {
  const at = Array.from({ length: SIDE }, (_, i) => Math.round((i * (grid - 1)) / (SIDE - 1)));
  return {
    type: "surface",
    x: at.map((column) => xMin + ((xMax - xMin) * column) / (grid - 1)),
    y: at.map((row) => yMax - ((yMax - yMin) * row) / (grid - 1)),
    z: at.map((row) => at.map((column) => {
      const value = values[row * grid + column] ?? NaN;
      return Number.isFinite(value) ? levels.share(value) : null;
    })),
    colorscale: [[0, low], [1, high]],
    showscale: false,
    hoverinfo: "skip",
    contours: { z: { show: true, usecolormap: false, color: "rgba(120, 116, 140, 0.45)", width: 1, start: 0.05, end: 1, size: 0.07 } },
    lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.04, roughness: 0.9 },
  };
}

/**
 * The ways up to a step, in the order of the runners: a line for each, and then a mark where it is.
 *
 * @param {Track} track
 * @param {Runner[]} runners
 * @param {number} step
 * @param {Levels} levels
 * @param {Bounds} bounds
 */
export function pathPoints(track, runners, step, levels, [xMin, xMax, yMin, yMax]) {
  const gap = Math.max(1, Math.ceil(step / MOST));
  const steps = Array.from({ length: Math.floor(step / gap) + 1 }, (_, i) => i * gap);
  if (steps.at(-1) !== step) steps.push(step);
  return runners.map(({ member }) => {
    const points = steps.map((s) => {
      const [x, y] = [track.at("path", s, member), track.at("path", s, member, 1)];
      const inside = x >= xMin && x <= xMax && y >= yMin && y <= yMax;
      return inside ? [x, y, levels.share(track.at("value", s, member)) + LIFT] : [null, null, null];
    });
    const row = (/** @type {number} */ part) => points.map((point) => point[part] ?? null);
    return { x: row(0), y: row(1), z: row(2) };
  });
}

/**
 * @param {ReturnType<typeof pathPoints>} paths
 * @param {Runner[]} runners
 * @param {string[]} colours
 */
export function pathTraces(paths, runners, colours) {
  return paths.flatMap((path, i) => {
    const { look = 0, faint = false } = runners[i] ?? {};
    const colour = colours[look] ?? "";
    const common = { type: "scatter3d", hoverinfo: "skip" };
    return [
      { ...common, ...path, mode: "lines", connectgaps: false, line: { color: colour, width: faint ? 3 : 6 } },
      { ...common, ...headOf(path), mode: "markers", marker: { color: colour, size: faint ? 3 : 6, symbol: SYMBOLS[look % SYMBOLS.length] } },
    ];
  });
}

/** The marks of racers, as far as there are such in three dimensions. */
const SYMBOLS = ["circle", "square", "diamond-open", "diamond", "x", "cross", "square-open", "circle-open"];

/** @param {{x: (number | null)[], y: (number | null)[], z: (number | null)[]}} path */
export const headOf = ({ x, y, z }) => ({ x: x.slice(-1), y: y.slice(-1), z: z.slice(-1) });

/**
 * @param {Look} look
 * @param {Levels} levels
 */
export function surfaceLayout(look, levels) {
  const axis = { color: look.soft, gridcolor: look.line, zerolinecolor: look.line, showbackground: false, showspikes: false, tickfont: { size: 10 }, nticks: 5 };
  const shown = [levels.low, ...levels.levels.filter((_, i) => i % Math.ceil(levels.levels.length / 4) === 0), levels.high];
  return {
    paper_bgcolor: "transparent",
    font: { family: look.font, color: look.soft },
    margin: { l: 0, r: 0, t: 0, b: 0 },
    showlegend: false,
    hovermode: false,
    // What a person has turned stays turned.
    uirevision: "keep",
    scene: {
      camera: CAMERA,
      aspectratio: { x: 1.15, y: 1.15, z: 0.7 },
      dragmode: "turntable",
      xaxis: { ...axis, title: { text: "x" } },
      yaxis: { ...axis, title: { text: "y" } },
      zaxis: {
        ...axis,
        title: { text: levels.logarithmic ? "f, by powers of ten" : "f" },
        range: [0, 1.05],
        tickvals: shown.map(levels.share),
        ticktext: shown.map((level) => axisNumber(Number(level.toPrecision(2))).length > 7 ? significant(level, 2) : axisNumber(Number(level.toPrecision(2)))),
      },
    },
  };
}
