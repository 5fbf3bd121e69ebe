/** The frame around a map of a part of the plane: numbers along its sides, and marks at its minima. */

import { css, mix } from "./colour.js";
import { setNumber } from "../base/format.js";
import { ticks } from "./levels.js";

/** @import {Plane} from "./scale.js" */
/** @import {ReliefLook} from "./height-map.js" */

/** Room for the numbers, in CSS pixels. */
export const ROOM = { left: 36, bottom: 22, top: 8, right: 8 };

const TICK = 4;
const TICKS = 6;

/** @param {number} value */
export const axisNumber = setNumber;

/**
 * @param {CanvasRenderingContext2D} context  with its origin at the top left of the map
 * @param {Plane} plane
 * @param {ReliefLook} look
 */
export function drawFrame(context, { size, bounds, across, down }, look) {
  const [xMin, xMax, yMin, yMax] = bounds;
  context.strokeStyle = css(mix(look.surface, look.ink, 0.35));
  context.fillStyle = css(mix(look.surface, look.ink, 0.62));
  context.lineWidth = 1;
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  context.beginPath();
  context.rect(0.5, 0.5, size - 1, size - 1);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const x of ticks(xMin, xMax, TICKS)) {
    const at = crisp(across(x));
    context.moveTo(at, size);
    context.lineTo(at, size + TICK);
    context.fillText(axisNumber(x), at, size + TICK + 3);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const y of ticks(yMin, yMax, TICKS)) {
    const at = crisp(down(y));
    context.moveTo(0, at);
    context.lineTo(-TICK, at);
    context.fillText(axisNumber(y), -TICK - 3, at);
  }
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {readonly (readonly number[])[]} minima
 * @param {ReliefLook} look
 * @param {(index: number) => string} [fill]  the colour of each, where they have one
 */
export function drawMinima(context, plane, minima, look, fill) {
  minima.forEach(([x = NaN, y = NaN], index) => {
    if (!plane.holds(x, y)) return;
    const [px, py] = [plane.across(x), plane.down(y)];
    context.beginPath();
    context.arc(px, py, 6, 0, 2 * Math.PI);
    context.fillStyle = fill ? fill(index) : css(look.surface);
    context.strokeStyle = css(look.ink);
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(px, py, 1.75, 0, 2 * Math.PI);
    context.fillStyle = css(look.ink);
    context.fill();
  });
}

/** @param {number} position */
const crisp = (position) => Math.round(position) + 0.5;
