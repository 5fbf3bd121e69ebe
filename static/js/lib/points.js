/** Points of a data set on the square [−6, 6]². */

import { classColour, css, mix, signColour } from "./colour.js";

/** @import {Palette, Rgb} from "./colour.js" */

/** The square that every map shows reaches this far from 0. */
export const REACH = 6;

/**
 * Points in the unit square: x1 grows to the right, x2 upwards.
 *
 * @param {number} x1
 * @param {number} x2
 * @returns {[across: number, down: number]}
 */
export function toSquare(x1, x2) {
  return [(x1 + REACH) / (2 * REACH), (REACH - x2) / (2 * REACH)];
}

/**
 * @param {number} across
 * @param {number} down
 * @returns {[x1: number, x2: number]}
 */
export function fromSquare(across, down) {
  return [across * 2 * REACH - REACH, REACH - down * 2 * REACH];
}

/** Points are this much nearer to the ink than the map, so that they stand out on it. */
const POINT_DEPTH = 0.14;

/**
 * @param {Palette} palette
 * @param {string} task
 * @param {number} label  class index, or the target in regression
 * @returns {Rgb}
 */
export function pointColour(palette, task, label) {
  const hue = task === "regression" ? signColour(palette, label) : classColour(palette, label);
  return mix(hue, palette.ink, POINT_DEPTH);
}

/**
 * Training points are discs, test points are diamonds, so that they differ without colour.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {object} cloud
 * @param {ArrayLike<number>} cloud.points  x1, x2, x1, x2, …
 * @param {ArrayLike<number>} cloud.labels
 * @param {string} cloud.task
 * @param {number} cloud.from  index of the first point to draw
 * @param {number} cloud.to    index after the last
 * @param {object} look
 * @param {Palette} look.palette
 * @param {number} look.size    side of the square in pixels
 * @param {number} look.radius  of a point in pixels
 * @param {"disc" | "diamond"} [look.shape]
 */
export function drawPoints(context, { points, labels, task, from, to }, { palette, size, radius, shape = "disc" }) {
  const diamond = shape === "diamond";
  context.lineWidth = Math.max(0.5, radius * 0.3);
  context.strokeStyle = css(palette.outline);
  context.lineJoin = "miter";
  for (let index = from; index < to; index++) {
    const [across, down] = toSquare(points[2 * index] ?? NaN, points[2 * index + 1] ?? NaN);
    const x = across * size;
    const y = down * size;
    const colour = pointColour(palette, task, labels[index] ?? 0);
    context.fillStyle = css(colour);
    context.beginPath();
    if (diamond) {
      context.fillStyle = css(mix(colour, palette.surface, 0.5));
      context.strokeStyle = css(mix(colour, palette.ink, 0.5));
      const reach = radius * 1.25;
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y);
      context.lineTo(x, y + reach);
      context.lineTo(x - reach, y);
      context.closePath();
    } else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fill();
    context.stroke();
  }
}
