/** The colours and the font of the strip's pictures, as the theme in force has them. */

import { significant } from "../../base/format.js";
import { write } from "../../draw/surface.js";

/** @import {Surface} from "../../draw/surface.js" */

const COLOURS = {
  ink: "--ink",
  soft: "--ink-soft",
  line: "--line",
  strong: "--line-strong",
  page: "--page",
  sunken: "--sunken",
  accent: "--accent",
  warn: "--warn",
  good: "--good",
  negative: "--map-negative",
  positive: "--map-positive",
};

/** @typedef {{[name in keyof typeof COLOURS]: string} & {font: string}} Look */

/** @returns {Look} */
export function readLook() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const colours = /** @type {{[name in keyof typeof COLOURS]: string}} */ (
    Object.fromEntries(Object.entries(COLOURS).map(([name, property]) => [name, read(property)]))
  );
  return { ...colours, font: read("--font").replace(/\s+/g, " ") };
}

/**
 * A square picture on its ground, which nothing in it leaves, with a line around.
 *
 * @param {Surface} surface
 * @param {{x: number, y: number, side: number}} box
 * @param {Look} look
 * @param {() => void} draw  in the box, from its left upper corner
 */
export function inFrame(surface, { x, y, side }, look, draw) {
  surface.save();
  surface.translate(x, y);
  surface.fillStyle = look.sunken;
  surface.fillRect(0, 0, side, side);
  surface.save();
  surface.beginPath();
  surface.rect(0, 0, side, side);
  surface.clip();
  draw();
  surface.restore();
  surface.strokeStyle = look.strong;
  surface.lineWidth = 1;
  surface.strokeRect(0, 0, side, side);
  surface.restore();
}

/**
 * A straight line.
 *
 * @param {Surface} surface
 * @param {[x: number, y: number, x1: number, y1: number]} ends
 * @param {string} colour
 * @param {{width?: number, dash?: number[]}} [style]
 */
export function drawLine(surface, [x, y, x1, y1], colour, { width = 1, dash = [] } = {}) {
  surface.beginPath();
  surface.moveTo(x, y);
  surface.lineTo(x1, y1);
  surface.strokeStyle = colour;
  surface.lineWidth = width;
  surface.setLineDash(dash);
  surface.stroke();
  surface.setLineDash([]);
}

/**
 * A part of a picture that is not as it should be.
 *
 * @param {Surface} surface
 * @param {[x: number, y: number, width: number, height: number]} place
 * @param {string} colour
 */
export function drawTint(surface, place, colour) {
  surface.save();
  surface.globalAlpha = 0.14;
  surface.fillStyle = colour;
  surface.fillRect(...place);
  surface.restore();
}

/** So many pixels a letter of an axis takes, with room around it. */
const LETTER = 22;

/**
 * The line below a plot, and the numbers at its ends and in its middle.
 *
 * @param {Surface} surface
 * @param {{x: number, width: number, base: number}} plot  `x` is its middle
 * @param {number} reach  it is from −reach to +reach
 * @param {Look} look
 */
export function drawReach(surface, { x, width, base }, reach, look) {
  const [from, to] = [x - width / 2, x + width / 2];
  drawLine(surface, [from, base, to, base], look.strong);
  const style = { font: look.font, colour: look.soft, size: 11, baseline: /** @type {const} */ ("top") };
  const least = significant(-reach, 2);
  write(surface, least, from, base + 3, style);
  if (width >= LETTER * least.length) write(surface, "0", x, base + 3, { ...style, align: "center" });
  write(surface, significant(reach, 2), to, base + 3, { ...style, align: "right" });
}
