/** Draws the truth behind the dots: a shade for each cell, and lines of equal score. */

import { contourLines } from "../../draw/contour.js";
import { traceCross } from "../../draw/surface.js";
import { shadesOf } from "./truth.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {Truth} from "../types.js" */

/** Where the ground lies in the plot, as shares of its sides: x from the left, y from the bottom. @typedef {{across: [number, number], up: [number, number]}} Reach */

const CROSS = 2.5;

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} plot
 * @param {Truth} truth
 * @param {Reach} reach
 * @param {boolean} hasLines  not where the values of a knob are no stretch
 * @param {SearchLook} look
 */
export function drawGround(surface, plot, truth, reach, hasLines, look) {
  const shades = shadesOf(truth);
  if (!shades) return;
  const { columns, rows, scores } = truth;
  const left = reach.across[0] * plot.width;
  const top = (1 - reach.up[1]) * plot.height;
  const width = ((reach.across[1] - reach.across[0]) * plot.width) / columns;
  const height = ((reach.up[1] - reach.up[0]) * plot.height) / rows;
  surface.save();
  surface.translate(left, top);
  scores.forEach((score, cell) => {
    if (Number.isNaN(score)) return;
    const [x, y] = [(cell % columns) * width, (rows - 1 - Math.floor(cell / columns)) * height];
    surface.fillStyle = look.ground(shades.shade(score));
    // A little more than its share, so that no seam shows between two.
    surface.fillRect(x, y, width + 0.5, height + 0.5);
    if (score === Infinity) drawCross(surface, x + width / 2, y + height / 2, look);
  });
  if (hasLines && truth.done && columns === rows) drawLines(surface, { width, height }, truth, shades, look);
  surface.restore();
}

/** Where all networks of a cell diverged. @param {Surface} surface @param {number} x @param {number} y @param {SearchLook} look */
function drawCross(surface, x, y, look) {
  surface.beginPath();
  traceCross(surface, x, y, CROSS);
  surface.strokeStyle = look.line;
  surface.lineWidth = 1;
  surface.stroke();
}

/**
 * Lines go through the middles of cells, where the numbers are.
 *
 * @param {Surface} surface
 * @param {{width: number, height: number}} cell
 * @param {Truth} truth
 * @param {NonNullable<ReturnType<typeof shadesOf>>} shades
 * @param {SearchLook} look
 */
function drawLines(surface, { width, height }, { columns, rows, scores }, { shade, lines }, look) {
  const field = Array.from({ length: columns * rows }, (_, i) => {
    const row = rows - 1 - Math.floor(i / columns);
    return shade(scores[row * columns + (i % columns)] ?? NaN);
  });
  const place = (/** @type {number} */ share, /** @type {number} */ count, /** @type {number} */ size) =>
    (share * (count - 1) + 0.5) * size;
  surface.beginPath();
  for (const level of lines) {
    for (const points of contourLines(field, columns, shade(level))) {
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = [place(points[i] ?? 0, columns, width), place(points[i + 1] ?? 0, rows, height)];
        if (i === 0) surface.moveTo(x, y);
        else surface.lineTo(x, y);
      }
    }
  }
  surface.strokeStyle = look.line;
  surface.lineWidth = 1;
  surface.stroke();
}
