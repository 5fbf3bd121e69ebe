/** Figures of plotly.js: a surface in three dimensions with the ways of racers on it. */

import { levelLines } from "../../charts/level-lines.js";
import { significant } from "../numbers/numbers.js";
import { MARKS, spaceMark } from "../../draw/markers.js";

/** @import {Levels} from "../../draw/levels.js" */
/** @import {Look} from "../../charts/layout.js" */
/** @import {Ground} from "../../draw/height-map.js" */
/** @import {Runner} from "./paths.js" */
/** @import {Track} from "../record.js" */
/** @import {Bounds} from "../../draw/scale.js" */

/** Points along a side: more are not seen, and cost time at every turn. */
const SIDE = 48;
/** Points of a way. */
const MOST = 250;
/** Ways float a little above the ground, or it would hide them. */
const LIFT = 0.012;
const HEAD_LIFT = 0.03;
/** Numbers of the heights that are closer than this to the lowest or the highest stand on top of those. */
const APART = 0.11;

const CAMERA = { eye: { x: -1.06, y: -1.4, z: 1.8 }, center: { x: 0, y: 0, z: -0.12 } };

/**
 * As many points of the ground as are worth drawing.
 *
 * @param {Ground} ground
 * @returns {Ground}
 */
export function thinned({ values, grid }) {
  const at = Array.from({ length: SIDE }, (_, i) => Math.round((i * (grid - 1)) / (SIDE - 1)));
  return { values: at.flatMap((row) => at.map((column) => values[row * grid + column] ?? NaN)), grid: SIDE };
}

/**
 * A mesh rather than plotly's own surface, which is refined anew with every step of the ways and takes ten times as long.
 *
 * @param {Ground} ground
 * @param {Bounds} bounds
 * @param {Levels} levels
 * @param {{low: string, high: string}} tints
 */
export function surfaceTrace({ values, grid }, [xMin, xMax, yMin, yMax], levels, { low, high }) {
  const points = Array.from(values, (value, i) => ({
    x: xMin + ((xMax - xMin) * (i % grid)) / (grid - 1),
    y: yMax - ((yMax - yMin) * Math.floor(i / grid)) / (grid - 1),
    z: levels.share(value),
  }));
  /** @type {number[][]} */
  const triangles = [];
  for (let row = 0; row + 1 < grid; row++) {
    for (let column = 0; column + 1 < grid; column++) {
      const corner = row * grid + column;
      for (const triangle of [
        [corner, corner + 1, corner + grid],
        [corner + 1, corner + grid + 1, corner + grid],
      ]) {
        if (triangle.every((index) => Number.isFinite(points[index]?.z))) triangles.push(triangle);
      }
    }
  }
  return {
    type: "mesh3d",
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    z: points.map(({ z }) => (Number.isFinite(z) ? z : 0)),
    i: triangles.map(([i]) => i),
    j: triangles.map(([, j]) => j),
    k: triangles.map(([, , k]) => k),
    intensity: points.map(({ z }) => (Number.isFinite(z) ? z : 0)),
    colorscale: [
      [0, low],
      [1, high],
    ],
    cmin: 0,
    cmax: 1,
    showscale: false,
    hoverinfo: "skip",
    flatshading: false,
    lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.04, roughness: 0.9 },
  };
}

/**
 * Lines of equal height, on the surface.
 *
 * @param {Ground} ground
 * @param {Bounds} bounds
 * @param {Levels} levels
 * @param {string} colour
 */
export const levelTrace = (ground, bounds, levels, colour) =>
  levelLines(ground, bounds, levels, { up: (level) => levels.share(level) + LIFT / 2, colour });

/**
 * How high the mesh is at a place of it, as a share: between the points of the ground it is flat, so that where the ground
 * is hollow it lies above it.
 *
 * @param {Ground} ground
 * @param {Bounds} bounds
 * @param {Levels} levels
 * @param {number} x
 * @param {number} y
 */
export function meshHeight({ values, grid }, [xMin, xMax, yMin, yMax], levels, x, y) {
  const across = ((x - xMin) / (xMax - xMin)) * (grid - 1);
  const down = ((yMax - y) / (yMax - yMin)) * (grid - 1);
  const [column, row] = [across, down].map((each) => Math.min(grid - 2, Math.max(0, Math.floor(each))));
  const corner = (row ?? 0) * grid + (column ?? 0);
  const [u, v] = [across - (column ?? 0), down - (row ?? 0)];
  const share = (/** @type {number} */ index) => levels.share(values[index] ?? NaN);
  const [right, below] = [share(corner + 1), share(corner + grid)];
  if (u + v <= 1) {
    const here = share(corner);
    return here + (right - here) * u + (below - here) * v;
  }
  const opposite = share(corner + grid + 1);
  return opposite + (below - opposite) * (1 - u) + (right - opposite) * (1 - v);
}

/**
 * All ways up to a step as one line with gaps, and all racers as one set of marks: each object of the picture costs
 * time whenever it is drawn.
 *
 * @param {Track} track
 * @param {Runner[]} runners
 * @param {number} step
 * @param {{ground: Ground, bounds: Bounds, levels: Levels}} shape  the mesh, above which they are
 * @param {string[]} colours
 */
export function pathTraces(track, runners, step, { ground, bounds, levels }, colours) {
  const [xMin, xMax, yMin, yMax] = bounds;
  const gap = Math.max(1, Math.ceil(step / (runners.length > MARKS.length ? MOST / 8 : MOST)));
  const steps = Array.from({ length: Math.floor(step / gap) + 1 }, (_, i) => i * gap);
  if (steps.at(-1) !== step) steps.push(step);
  const line = emptyPoints();
  const heads = emptyPoints();
  for (const { member, look } of runners) {
    const colour = colours[look] ?? "";
    for (const s of steps) {
      const [x, y] = [track.at("path", s, member), track.at("path", s, member, 1)];
      const isInside = x >= xMin && x <= xMax && y >= yMin && y <= yMax;
      const mesh = isInside ? meshHeight(ground, bounds, levels, x, y) : NaN;
      const own = levels.share(track.at("value", s, member));
      const z = (mesh > own ? mesh : own) + LIFT;
      add(line, isInside ? [x, y, z] : null, colour);
      if (s === step && isInside) {
        add(heads, [x, y, z + HEAD_LIFT], colour);
        heads.symbols.push(spaceMark(look));
      }
    }
    add(line, null, colour);
  }
  const common = { type: "scatter3d", hoverinfo: "skip" };
  const place = (/** @type {Points} */ { x, y, z }) => ({ x, y, z });
  return {
    line: { ...common, ...place(line), mode: "lines", connectgaps: false, line: { color: line.colours, width: 5 } },
    heads: {
      ...common,
      ...place(heads),
      mode: "markers",
      marker: { color: heads.colours, size: 6, symbol: heads.symbols },
    },
  };
}

/**
 * @typedef {{x: (number | null)[], y: (number | null)[], z: (number | null)[], colours: string[], symbols: string[]}} Points
 * @returns {Points}
 */
const emptyPoints = () => ({ x: [], y: [], z: [], colours: [], symbols: [] });

/**
 * @param {Points} points
 * @param {number[] | null} point  null for a gap
 * @param {string} colour
 */
function add(points, point, colour) {
  points.x.push(point?.[0] ?? null);
  points.y.push(point?.[1] ?? null);
  points.z.push(point?.[2] ?? null);
  points.colours.push(colour);
}

/**
 * @param {Look} look
 * @param {Levels} levels
 */
export function surfaceLayout(look, levels) {
  const axis = {
    color: look.soft,
    gridcolor: look.line,
    zerolinecolor: look.line,
    showbackground: false,
    showspikes: false,
    tickfont: { size: 11 },
    nticks: 5,
  };
  const between = levels.levels.filter((_, i) => i % Math.ceil(levels.levels.length / 4) === 0);
  const isApart = (/** @type {number} */ level) => levels.share(level) > APART && levels.share(level) < 1 - APART;
  const shown = [levels.low, ...between.filter(isApart), levels.high];
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
        title: { text: "f" },
        range: [0, 1.05],
        tickvals: shown.map(levels.share),
        ticktext: shown.map((level) => significant(level, 2)),
      },
    },
  };
}
