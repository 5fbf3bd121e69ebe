/** The map as a file to keep or to print: what the page shows, and a line of words below it. */

import { t } from "../../base/words.js";
import { write } from "../../draw/surface.js";
import { svgFile } from "../../draw/svg-surface.js";
import { drawAll, drawKept } from "./picture.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Truth} from "../types.js" */
/** @import {Scene} from "./scene.js" */
/** @import {SearchLook} from "./look.js" */

const WIDTH = 760;
const HEIGHT = 600;
const FOOT = 40;
/** A line more where something is said of the truth. */
const LINE = 22;
/** The shades of the truth in that line, and the room for the words after them. */
const SHADES = { left: 64, width: 80, steps: 8, words: 110 };

/** The truth, and how its shades are to be read. @typedef {{truth: Truth, low: string, high: string, words: string}} Ground */

/**
 * @param {Surface} surface
 * @param {number} y  where its letters stand
 * @param {Ground} ground
 * @param {SearchLook} look
 */
function writeGround(surface, y, { low, high, words }, look) {
  const line = { font: look.font, colour: look.soft, size: 12 };
  write(surface, low, SHADES.left - 6, y, { ...line, align: "right" });
  for (let i = 0; i < SHADES.steps; i++) {
    surface.fillStyle = look.ground(i / (SHADES.steps - 1));
    surface.fillRect(SHADES.left + (i * SHADES.width) / SHADES.steps, y - 9, SHADES.width / SHADES.steps, 10);
  }
  const left = SHADES.left + SHADES.width + 6;
  write(surface, high, left, y, { ...line, most: SHADES.words });
  write(surface, words, left + SHADES.words + 12, y, { ...line, most: WIDTH - left - SHADES.words - 28 });
}

/**
 * @param {Scene} scene
 * @param {string} words
 * @param {SearchLook} look
 * @param {number | null} chosen
 * @param {Ground | null} [ground]
 */
export function searchPicture(scene, words, look, chosen, ground = null) {
  const foot = ground ? FOOT + LINE : FOOT;
  const file = { width: WIDTH, height: HEIGHT + foot, background: look.surface, font: look.font };
  const title = t("{across} and {up}", { across: scene.across.title, up: scene.up.title });
  return svgFile({ ...file, title, description: words }, (surface) => {
    surface.save();
    surface.translate(8, 8);
    const size = { width: WIDTH - 16, height: HEIGHT - 8 };
    drawAll(surface, size, scene, look, false, ground?.truth);
    drawKept(surface, size, scene, look, { lit: null, chosen });
    surface.restore();
    const line = { font: look.font, colour: look.soft, size: 13, most: WIDTH - 32 };
    write(surface, words, 16, HEIGHT + 20, line);
    if (ground) writeGround(surface, HEIGHT + 20 + LINE, ground, look);
  });
}
