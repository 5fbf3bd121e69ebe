/** What stands around a map and on it: numbers along its sides, the names of its axes, and marks at minima. */

import { css, mix } from "./colour.js";
import { setNumber } from "../base/format.js";
import { ticks } from "./levels.js";
import { circle, write } from "./surface.js";

/** @import {Rgb} from "./colour.js" */
/** @import {Scale} from "./scale.js" */
/** @import {Surface} from "./surface.js" */

/** Room for the numbers, in CSS pixels: around a part of the plane, and around the square [−6, 6]². */
export const ROOM = { left: 36, bottom: 22, top: 8, right: 8 };
export const SQUARE_ROOM = { left: 22, bottom: 20, top: 6, right: 6 };

const TICK = 4;
const GAP = 3;
const TICKS = 6;
/** A map of fewer pixels has fewer numbers. */
const SMALL = 160;
const FEW_TICKS = 3;

/**
 * @typedef {{ink: Rgb, surface: Rgb, font: string}} FrameLook
 * @typedef {[position: number, text: string][]} Ticks  in pixels from the left or the top
 */

/**
 * The border of a map and what `drawAxes` draws.
 *
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {Scale} scale
 * @param {FrameLook} look
 */
export function drawFrame(surface, scale, look) {
  drawBorder(surface, scale.size, scale.size, look);
  drawAxes(surface, scale, look);
}

/**
 * @param {Surface} surface
 * @param {number} width
 * @param {number} height
 * @param {FrameLook} look
 */
export function drawBorder(surface, width, height, look) {
  surface.strokeStyle = faint(look);
  surface.lineWidth = 1;
  surface.strokeRect(0.5, 0.5, width - 1, height - 1);
}

/**
 * @param {Surface} surface
 * @param {Scale} scale
 * @param {FrameLook} look
 */
export function drawAxes(surface, { size, bounds: [xMin, xMax, yMin, yMax], across, down }, look) {
  const count = size < SMALL ? FEW_TICKS : TICKS;
  drawTicks(
    surface,
    size,
    {
      along: ticks(xMin, xMax, count).map((x) => [across(x), setNumber(x)]),
      up: ticks(yMin, yMax, count).map((y) => [down(y), setNumber(y)]),
    },
    look,
  );
}

/**
 * @param {Surface} surface
 * @param {number} height  of the map
 * @param {{along: Ticks, up: Ticks}} axes
 * @param {FrameLook} look
 */
export function drawTicks(surface, height, { along, up }, look) {
  const number = { font: look.font, colour: soft(look) };
  surface.beginPath();
  for (const [position, text] of along) {
    const x = crisp(position);
    surface.moveTo(x, height);
    surface.lineTo(x, height + TICK);
    write(surface, text, x, height + TICK + GAP, { ...number, align: "center", baseline: "top" });
  }
  for (const [position, text] of up) {
    const y = crisp(position);
    surface.moveTo(0, y);
    surface.lineTo(-TICK, y);
    write(surface, text, -TICK - GAP, y, { ...number, align: "right", baseline: "middle" });
  }
  surface.strokeStyle = faint(look);
  surface.lineWidth = 1;
  surface.stroke();
}

/** Of a longer name only the beginning fits into the map. */
const LONGEST = 24;

/**
 * The names of x1 and x2 in the corners of the map, with an arrow that says which way each grows. Those that are called
 * just x1 and x2 need none.
 *
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {number} size
 * @param {FrameLook} look
 * @param {readonly string[]} names
 */
export function drawNames(surface, size, look, [x1, x2]) {
  if (x1 === undefined || x2 === undefined || (x1 === "x1" && x2 === "x2")) return;
  const short = (/** @type {string} */ name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);
  const name = { font: look.font, colour: css(look.ink), halo: css(look.surface) };
  write(surface, `${short(x1)} →`, size - 6, size - 5, { ...name, align: "right", baseline: "bottom" });
  write(surface, `${short(x2)} ↑`, 6, 6, { ...name, baseline: "top" });
}

/**
 * @param {Surface} surface
 * @param {Scale} scale
 * @param {readonly (readonly number[])[]} minima
 * @param {FrameLook} look
 * @param {(index: number) => string} [fill]  the colour of each, where they have one
 */
export function drawMinima(surface, scale, minima, look, fill) {
  minima.forEach(([x = NaN, y = NaN], index) => {
    if (!scale.holds(x, y)) return;
    const [px, py] = [scale.across(x), scale.down(y)];
    circle(surface, px, py, 6);
    surface.fillStyle = fill ? fill(index) : css(look.surface);
    surface.strokeStyle = css(look.ink);
    surface.lineWidth = 1.5;
    surface.fill();
    surface.stroke();
    circle(surface, px, py, 1.75);
    surface.fillStyle = css(look.ink);
    surface.fill();
  });
}

/** The colour of lines beside a map. @param {FrameLook} look */
const faint = (look) => css(mix(look.surface, look.ink, 0.35));

/** The colour of words beside a map. @param {FrameLook} look */
export const soft = (look) => css(mix(look.surface, look.ink, 0.62));

/** @param {number} position */
const crisp = (position) => Math.round(position) + 0.5;
