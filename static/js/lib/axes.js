/** The frame around a map of the square [−6, 6]². */

import { css, mix } from "./colour.js";
import { setNumber } from "./format.js";
import { REACH, toSquare } from "./points.js";

/** @import {Palette} from "./colour.js" */

const STEP = 2;
const TICK = 4;

/** Room for the numbers, in CSS pixels. */
export const AXIS = { left: 22, bottom: 20, top: 6, right: 6 };

/**
 * @param {CanvasRenderingContext2D} context  with its origin at the top left of the map
 * @param {number} size  side of the map
 * @param {Palette} palette
 */
export function drawAxes(context, size, palette) {
  const text = css(mix(palette.surface, palette.ink, 0.62));
  context.strokeStyle = css(mix(palette.surface, palette.ink, 0.35));
  context.fillStyle = text;
  context.lineWidth = 1;
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  context.beginPath();
  for (let value = -REACH; value <= REACH; value += STEP) {
    const label = setNumber(value);
    const [across, down] = toSquare(value, value);
    const x = crisp(across * size);
    const y = crisp(down * size);
    context.moveTo(x, size);
    context.lineTo(x, size + TICK);
    context.moveTo(0, y);
    context.lineTo(-TICK, y);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.fillText(label, x, size + TICK + 3);
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText(label, -TICK - 3, y + 0.5);
  }
  context.stroke();
}

/** @param {number} position */
const crisp = (position) => Math.round(position) + 0.5;
