/** What training does otherwise than evaluation, a row for each: dropout's mask, and what batch normalization takes. */

import { significant } from "../../base/format.js";
import { t, tc } from "../../base/words.js";
import { circle, write } from "../../draw/surface.js";
import { around, drawAxis, drawInterval, isDrawn } from "./intervals.js";
import { drawLine } from "./look.js";
import { scaleOf } from "./training.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "./look.js" */
/** @import {Place} from "./place.js" */
/** @import {Training} from "./training.js" */

const TEXT = 12;
const MASK = 14;
const NORM = 34;
const SHARE = 0.2;

/** A batch's interval is dotted, left of the running averages' one. */
const DOTTED = [2, 2];
const BESIDE = 9;

/**
 * How high each of the two is.
 *
 * @param {Training | null} training
 * @param {number} height  of the whole picture
 */
export const heightsOf = (training, height) => ({
  mask: training?.layers.some(({ mask }) => mask) ? MASK : 0,
  norm: training?.layers.some(({ norm }) => norm) ? Math.max(NORM, SHARE * height) : 0,
});

/**
 * A dot for each unit that speaks, a cross for each that is silent.
 *
 * @param {Surface} surface
 * @param {Training} training
 * @param {{place: Place, width: number, top: number}} row  `width` of each column
 * @param {Look} look
 */
export function drawMasks(surface, { layers }, { place, width, top }, look) {
  const y = top + MASK / 2;
  for (const { layer, x } of place.columns) {
    const mask = layers[layer]?.mask;
    if (!mask) continue;
    const step = Math.min(7, width / mask.length);
    const half = Math.min(2.5, step / 2.4);
    mask.forEach((value, index) => {
      const at = x + (index - (mask.length - 1) / 2) * step;
      if (value === 0) drawCross(surface, at, y, half, look.ink);
      else {
        circle(surface, at, y, half);
        surface.fillStyle = look.soft;
        surface.fill();
      }
    });
  }
  const name = { font: look.font, colour: look.soft, size: TEXT };
  write(surface, maskName(layers), 0, top + MASK - 2, name);
}

/** The mask, and what it multiplies by where that is the same in all layers. @param {Training["layers"]} layers */
function maskName(layers) {
  const [scale, ...others] = new Set(layers.flatMap(({ mask }) => (mask ? significant(scaleOf(mask), 3) : [])));
  return others.length === 0 ? t("mask ×{scale}", { scale: scale ?? "" }) : t("mask");
}

/**
 * Mean ± spread of the batch, dotted, beside those of the running averages, solid.
 *
 * @param {Surface} surface
 * @param {Training} training
 * @param {{place: Place, left: number, top: number, height: number}} row
 * @param {Look} look
 */
export function drawNormed(surface, { layers }, { place, left, top, height }, look) {
  const pairs = place.columns.flatMap(({ layer, x }) => {
    const norm = layers[layer]?.norm;
    if (!norm) return [];
    const pair = { batch: around(x - BESIDE, norm.batch), running: around(x + BESIDE, norm.running) };
    return isDrawn(pair.batch) && isDrawn(pair.running) ? [pair] : [];
  });
  if (pairs.length > 0) {
    const shown = pairs.flatMap(({ batch, running }) => [batch, running]);
    const y = drawAxis(surface, shown, { left, right: place.width, top: top + 6, base: top + height - 5 }, look);
    for (const { batch, running } of pairs) {
      drawInterval(surface, batch, y, look, { half: 5, dash: DOTTED });
      drawInterval(surface, running, y, look, { half: 5 });
    }
  }
  const name = { font: look.font, colour: look.soft, size: TEXT };
  for (const [index, { text, dash }] of [
    { text: tc("statistics", "batch"), dash: DOTTED },
    { text: tc("statistics", "running"), dash: [] },
  ].entries()) {
    const base = top + height / 2 - 4 + 14 * index;
    drawLine(surface, [0, base - 4, 12, base - 4], look.ink, { width: 1.6, dash });
    write(surface, text, 16, base, name);
  }
}

/** @param {Surface} surface @param {number} x @param {number} y @param {number} half @param {string} colour */
function drawCross(surface, x, y, half, colour) {
  for (const turn of [1, -1]) {
    drawLine(surface, [x - half, y - half * turn, x + half, y + half * turn], colour, { width: 1.4 });
  }
}
