/** A histogram of the weights of each layer, with that of the start as an outline. */

import { percent, significant } from "../../base/format.js";
import { t } from "../../base/words.js";
import { write } from "../../draw/surface.js";
import { drawReach } from "./look.js";
import { SMALL } from "./weights.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "./look.js" */
/** @import {Place} from "./place.js" */
/** @import {Layer} from "./weights.js" */

const TEXT = 12;

/** Below the plots the numbers of their axes, and three rows of numbers. */
const AXIS = 17;
const ROW = 16;
const TOP = 4;

/**
 * @typedef {{x: number, width: number, base: number}} Plot
 *
 * @param {Surface} surface
 * @param {Layer[]} layers
 * @param {Place} place
 * @param {Look} look
 */
export function drawWeights(surface, layers, place, look) {
  const base = place.height - AXIS - 3 * ROW;
  const width = Math.min(place.pitch - 8, 2 * (place.width - (place.columns.at(-1)?.x ?? 0)));
  const name = { font: look.font, colour: look.soft, size: TEXT };
  write(surface, t("now"), 0, 16, { ...name, colour: look.ink });
  write(surface, t("┄ start"), 0, 31, name);
  const rows = [t("norm"), `< ${SMALL}`, t("exactly 0")].map((text, row) => {
    const y = base + AXIS + (row + 1) * ROW - 4;
    write(surface, text, 0, y, name);
    return y;
  });
  for (const { layer, x } of place.columns) {
    const here = layers[layer];
    if (!here) continue;
    drawHistogram(surface, here, { x, width, base }, look);
    const texts = [significant(here.norm.now, 3), percent(here.small / here.count), String(here.zeros)];
    texts.forEach((text, row) => {
      const strong = row === 0 ? { colour: look.ink, weight: 600 } : {};
      write(surface, text, x, rows[row] ?? 0, { ...name, align: "center", ...strong });
    });
  }
}

/**
 * @param {Surface} surface
 * @param {Layer} layer
 * @param {Plot} plot
 * @param {Look} look
 */
function drawHistogram(surface, { now, before, reach }, { x, width, base }, look) {
  const most = Math.max(1, ...now, ...before);
  const bar = width / now.length;
  const left = x - width / 2;
  const height = (/** @type {number} */ count) => (count / most) * (base - TOP);
  now.forEach((count, index) => {
    surface.fillStyle = index < now.length / 2 ? look.negative : look.positive;
    if (count > 0) surface.fillRect(left + index * bar, base - height(count), Math.max(0.5, bar - 0.5), height(count));
  });
  surface.beginPath();
  surface.moveTo(left, base);
  before.forEach((count, index) => {
    surface.lineTo(left + index * bar, base - height(count));
    surface.lineTo(left + (index + 1) * bar, base - height(count));
  });
  surface.lineTo(left + width, base);
  surface.strokeStyle = look.ink;
  surface.lineWidth = 1;
  surface.setLineDash([3, 2]);
  surface.stroke();
  surface.setLineDash([]);
  drawReach(surface, { x, width, base }, reach, look);
}
