/** Means with what lies a spread around them, on an axis that all layers share. */

import { significant } from "../../base/format.js";
import { circle, write } from "../../draw/surface.js";
import { drawLine } from "./look.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "./look.js" */

/** Where the row begins nearer to the left than this, its numbers stand at its right end. */
const NARROW = 110;

/** @typedef {{x: number, mean: number, low: number, high: number}} Interval  `x` in pixels, the rest on the axis */
/** @typedef {{left: number, right: number, top: number, base: number}} Row */

/** @param {number} x @param {{mean: number, spread: number}} statistics @returns {Interval} */
export const around = (x, { mean, spread }) => ({ x, mean, low: mean - spread, high: mean + spread });

/** @param {Interval} interval */
export const isDrawn = ({ low, high }) => Number.isFinite(low + high);

/**
 * The lines at both ends of the axis, which has 0, and their numbers.
 *
 * @param {Surface} surface
 * @param {readonly Interval[]} shown
 * @param {Row} row
 * @param {Look} look
 * @returns {(value: number) => number}  the height of a value
 */
export function drawAxis(surface, shown, { left, right, top, base }, look) {
  const low = Math.min(0, ...shown.map((each) => each.low));
  const high = Math.max(...shown.map((each) => each.high), low + 1e-9);
  const y = (/** @type {number} */ value) => base - ((value - low) / (high - low)) * (base - top);
  const style = {
    font: look.font,
    colour: look.soft,
    size: 11,
    align: /** @type {const} */ ("right"),
    halo: look.page,
  };
  const end = left < NARROW ? right : left - 4;
  for (const value of [low, high]) {
    drawLine(surface, [left, y(value), right, y(value)], look.line);
    write(surface, significant(value, 2), end, y(value), { ...style, baseline: "middle" });
  }
  return y;
}

/**
 * @param {Surface} surface
 * @param {Interval} interval
 * @param {(value: number) => number} y
 * @param {Look} look
 * @param {{half?: number, dash?: number[]}} [style]  half the width of its ends
 */
export function drawInterval(surface, { x, mean, low, high }, y, look, { half = 8, dash = [] } = {}) {
  drawLine(surface, [x, y(low), x, y(high)], look.ink, { width: 1.6, dash });
  for (const end of [low, high]) {
    drawLine(surface, [x - half, y(end), x + half, y(end)], look.ink, { width: 1.6 });
  }
  circle(surface, x, y(mean), 3);
  surface.fillStyle = look.ink;
  surface.fill();
}
