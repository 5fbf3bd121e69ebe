/** The frame around a map of the square [−6, 6]². */

import { css, mix } from "./colour.js";
import { setNumber } from "../base/format.js";
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

/** Of a longer name only the beginning fits into the map. */
const LONGEST = 24;

/**
 * The names of x1 and x2 as they stand in the map: with an arrow that says which way each grows. Those that are called
 * just x1 and x2 need none.
 *
 * @param {readonly string[]} names
 * @returns {[along: string, up: string] | null}
 */
export function axisWords([x1, x2]) {
  if (x1 === undefined || x2 === undefined || (x1 === "x1" && x2 === "x2")) return null;
  const short = (/** @type {string} */ name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);
  return [`${short(x1)} →`, `${short(x2)} ↑`];
}

/**
 * Writes the names of x1 and x2 into the corners of the map.
 *
 * @param {CanvasRenderingContext2D} context  with its origin at the top left of the map
 * @param {number} size
 * @param {Palette} palette
 * @param {readonly string[]} names
 */
export function drawNames(context, size, palette, names) {
  const words = axisWords(names);
  if (!words) return;
  const [along, up] = words;
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = css(palette.surface);
  context.fillStyle = css(palette.ink);
  const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  context.textBaseline = "bottom";
  context.textAlign = "right";
  write(along, size - 6, size - 5);
  context.textBaseline = "top";
  context.textAlign = "left";
  write(up, 6, 6);
}

/** @param {number} position */
const crisp = (position) => Math.round(position) + 0.5;
