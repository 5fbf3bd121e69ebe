/**
 * How racers are told apart: each has a colour and a mark, so that nobody needs to see colours. The race on a
 * surface and the networks that train side by side use the same.
 */

import { h } from "../base/dom.js";
import { Shape } from "./surface.js";

/** @import {Surface} from "./surface.js" */

/** In the order of the colours `--racer-0`, `--racer-1`, … */
export const MARKS = /** @type {const} */ (["disc", "square", "triangle", "diamond", "cross", "plus", "wedge", "star"]);

/** @typedef {typeof MARKS[number]} Mark */

/** @param {number} index */
export const markOf = (index) => /** @type {Mark} */ (MARKS[index % MARKS.length]);

/** @param {number} index @returns {string} its colour for style sheets */
export const colourVariable = (index) => `var(--racer-${index % MARKS.length})`;

/** Names of these marks in charts. */
const IN_CHARTS = {
  disc: "circle",
  square: "square",
  triangle: "triangle-up",
  diamond: "diamond",
  cross: "x-thin-open",
  plus: "cross-thin-open",
  wedge: "triangle-down",
  star: "star",
};

/** @param {number} index */
export const chartMark = (index) => IN_CHARTS[markOf(index)];

/** The marks, as far as there are such in three dimensions. */
const IN_SPACE = {
  disc: "circle",
  square: "square",
  triangle: "diamond-open",
  diamond: "diamond",
  cross: "x",
  plus: "cross",
  wedge: "square-open",
  star: "circle-open",
};

/** @param {number} index */
export const spaceMark = (index) => IN_SPACE[markOf(index)];

/** Corners on a square from −1 to 1, y downwards; strokes are pairs of points. */
const SHAPES = /** @type {{[mark in Mark]: {corners?: number[][], strokes?: number[][]}}} */ ({
  disc: {},
  square: {
    corners: [
      [-0.82, -0.82],
      [0.82, -0.82],
      [0.82, 0.82],
      [-0.82, 0.82],
    ],
  },
  triangle: {
    corners: [
      [0, -1.05],
      [1, 0.75],
      [-1, 0.75],
    ],
  },
  diamond: {
    corners: [
      [0, -1.15],
      [1.15, 0],
      [0, 1.15],
      [-1.15, 0],
    ],
  },
  cross: {
    strokes: [
      [-0.8, -0.8, 0.8, 0.8],
      [-0.8, 0.8, 0.8, -0.8],
    ],
  },
  plus: {
    strokes: [
      [-1, 0, 1, 0],
      [0, -1, 0, 1],
    ],
  },
  wedge: {
    corners: [
      [0, 1.05],
      [1, -0.75],
      [-1, -0.75],
    ],
  },
  star: {
    corners: Array.from({ length: 10 }, (_, i) => {
      const [angle, reach] = [(Math.PI * i) / 5, i % 2 === 0 ? 1.2 : 0.5];
      return [reach * Math.sin(angle), -reach * Math.cos(angle)];
    }),
  },
});

/**
 * The outline of a mark, as the `d` of an SVG path or of a `Path2D`.
 *
 * @param {number} index  of the racer
 * @param {{x: number, y: number, radius: number}} at
 */
export function markPath(index, { x, y, radius }) {
  const place = (/** @type {number} */ dx = 0, /** @type {number} */ dy = 0) =>
    `${round(x + dx * radius)} ${round(y + dy * radius)}`;
  const { corners, strokes } = SHAPES[markOf(index)];
  if (strokes) return strokes.map(([x0, y0, x1, y1]) => `M${place(x0, y0)}L${place(x1, y1)}`).join("");
  if (corners) return `M${corners.map(([dx, dy]) => place(dx, dy)).join("L")}Z`;
  const arc = `A${round(radius)} ${round(radius)} 0 1 1`;
  return `M${place(-1, 0)}${arc} ${place(1, 0)}${arc} ${place(-1, 0)}Z`;
}

/** Whether a mark is lines only, with nothing inside to fill. @param {number} index */
export const isStroked = (index) => Boolean(SHAPES[markOf(index)].strokes);

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;

/**
 * Draws a mark with a rim, so that it stands out on any ground.
 *
 * @param {Surface} surface
 * @param {number} index
 * @param {{x: number, y: number, radius: number}} at
 * @param {{colour: string, rim: string, hollow?: boolean}} look  hollow: filled with the rim, and outlined
 */
export function drawMark(surface, index, at, { colour, rim, hollow = false }) {
  const shape = new Shape(markPath(index, at));
  const outline = (/** @type {string} */ ink, /** @type {number} */ width) => {
    surface.strokeStyle = ink;
    surface.lineWidth = width;
    surface.stroke(shape);
  };
  surface.lineJoin = surface.lineCap = "round";
  if (isStroked(index)) {
    outline(rim, at.radius * 0.7 + 3);
    outline(colour, at.radius * 0.7);
    // lines have no inside: a core of the rim makes them an outline
    if (hollow) outline(rim, at.radius * 0.3);
    return;
  }
  outline(rim, hollow ? 5.5 : 3);
  surface.fillStyle = hollow ? rim : colour;
  surface.fill(shape);
  if (hollow) outline(colour, 2.5);
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * The mark beside a racer's name.
 *
 * @param {number} index
 */
export function racerBadge(index) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", markPath(index, { x: 8, y: 8, radius: 5.5 }));
  svg.append(path);
  const badge = h("span", { class: isStroked(index) ? "racer-badge is-stroked" : "racer-badge" }, svg);
  badge.style.setProperty("--racer", colourVariable(index));
  return badge;
}

/**
 * The colours of the theme in force, as text for canvases and charts.
 *
 * @param {Element} [element]
 * @returns {string[]}
 */
export function readRacerColours(element = document.documentElement) {
  const style = getComputedStyle(element);
  return Array.from({ length: MARKS.length }, (_, index) => style.getPropertyValue(`--racer-${index}`).trim());
}
