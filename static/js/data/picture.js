/** How the square that is painted on looks: its ground, the points, and the brush over it. */

import { css, mix } from "../draw/colour.js";
import { extent } from "./rows.js";
import { drawPoints, REACH, SQUARE } from "../draw/points.js";
import { createScale } from "../draw/scale.js";

/** @import {Place} from "./brush.js" */
/** @import {Palette} from "../draw/colour.js" */
/** @import {Row} from "./rows.js" */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Palette} palette
 */
export function drawGround(context, size, palette) {
  context.fillStyle = css(mix(palette.surface, palette.zero, 0.35));
  context.fillRect(0, 0, size, size);
  context.lineWidth = 1;
  const { across, down } = createScale(SQUARE, size);
  for (let value = 2 - REACH; value < REACH; value += 2) {
    context.strokeStyle = css(mix(palette.surface, palette.ink, value === 0 ? 0.3 : 0.1));
    context.beginPath();
    context.moveTo(Math.round(across(value)) + 0.5, 0);
    context.lineTo(Math.round(across(value)) + 0.5, size);
    context.moveTo(0, Math.round(down(value)) + 0.5);
    context.lineTo(size, Math.round(down(value)) + 0.5);
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Palette} palette
 * @param {readonly Row[]} rows
 * @param {"classes" | "numbers"} target
 */
export function drawRows(context, size, palette, rows, target) {
  const [lowest, highest] = extent(rows, 2);
  const half = highest / 2 - lowest / 2 || 1;
  const height = (/** @type {number} */ value) => (value - (highest / 2 + lowest / 2)) / half;
  const areNumbers = target === "numbers";
  drawPoints(
    context,
    {
      points: rows.flatMap(([x1, x2]) => [x1, x2]),
      labels: rows.map(([, , label]) => (areNumbers ? height(label) : label)),
      task: areNumbers ? "regression" : "multi_class",
      from: 0,
      to: rows.length,
    },
    { palette, size, radius: Math.max(3.2, size / 110) },
  );
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Palette} palette
 * @param {{cursor: Place, radius: number}} brush
 */
export function drawCursor(context, size, palette, { cursor, radius }) {
  const { across, down } = createScale(SQUARE, size);
  const [x, y] = [across(cursor[0]), down(cursor[1])];
  const reach = radius > 0 ? (radius / (2 * REACH)) * size : 9;
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1.25;
  context.globalAlpha = 0.75;
  context.beginPath();
  if (radius > 0) {
    context.arc(x, y, reach, 0, 2 * Math.PI);
  } else {
    for (const [dx, dy] of /** @type {[number, number][]} */ ([
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ])) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + reach * dx, y + reach * dy);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}
