/**
 * In each column f and f′ over the histogram of what enters, and below it mean ± spread of what leaves. Between them, where
 * there is such a thing, the mask of dropout and what batch normalization takes.
 */

import { t } from "../../base/words.js";
import { circle, write } from "../../draw/surface.js";
import { DEAD, FLAT } from "./activations.js";
import { around, drawAxis, drawInterval, isDrawn } from "./intervals.js";
import { drawReach, drawTint } from "./look.js";
import { drawMasks, drawNormed, heightsOf } from "./training-picture.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Activations, Layer} from "./activations.js" */
/** @import {Look} from "./look.js" */
/** @import {Place} from "./place.js" */

const TEXT = 12;

/** Below the plots the numbers of their axes, the units, and then what leaves; that in less where there is more, and in more
 * where there is room. */
const AXIS = 16;
const UNITS = 10;
const OUTPUTS = 38;
const FEWER = 34;
const SHARE = 0.2;

/** So much of a plot the largest bar takes: the curves stand above it. */
const HIGHEST = 0.62;

/**
 * @typedef {{x: number, width: number, top: number, base: number}} Plot
 *
 * @param {Surface} surface
 * @param {Activations} activations
 * @param {Place} place
 * @param {Look} look
 */
export function drawActivations(surface, { layers, training }, place, look) {
  const more = heightsOf(training, place.height);
  const outputs = place.height - Math.max(more.norm > 0 ? FEWER : OUTPUTS, SHARE * place.height);
  const norm = outputs - more.norm;
  const mask = norm - more.mask;
  const base = mask - UNITS - AXIS;
  const left = (place.columns[0]?.x ?? 0) - place.pitch / 2;
  const width = Math.min(place.pitch - 8, 2 * (place.width - (place.columns.at(-1)?.x ?? 0)));
  for (const { layer, x } of place.columns) {
    const here = layers[layer];
    if (!here) continue;
    const plot = { x, width, top: 4, base };
    drawFlat(surface, here, plot, look);
    drawBars(surface, here, plot, look);
    drawCurves(surface, here, plot, look);
    drawReach(surface, plot, here.reach, look);
    drawUnits(surface, here, plot, base + AXIS + UNITS / 2, look);
  }
  if (training && more.mask > 0) drawMasks(surface, training, { place, width, top: mask }, look);
  if (training && more.norm > 0) drawNormed(surface, training, { place, left, top: norm, height: more.norm }, look);
  drawSpread(surface, layers, { place, left, top: outputs }, look);
  const name = { font: look.font, colour: look.soft, size: TEXT };
  write(surface, t("f and f′"), 0, 16, { ...name, colour: look.ink });
  if (base > 2 * TEXT + 10) write(surface, t("inputs to f"), 0, base - 2, name);
  write(surface, t("units"), 0, base + AXIS + UNITS, name);
  const middle = (outputs + place.height) / 2;
  write(surface, t("outputs"), 0, middle - 1, name);
  write(surface, t("± spread"), 0, middle + 13, name);
}

/**
 * Where f′ is next to nothing.
 *
 * @param {Surface} surface
 * @param {Layer} layer
 * @param {Plot} plot
 * @param {Look} look
 */
function drawFlat(surface, { slope }, { x, width, top, base }, look) {
  const bar = width / (slope.length - 1);
  let from = -1;
  for (let edge = 0; edge <= slope.length; edge++) {
    const flat = edge < slope.length && Math.abs(slope[edge] ?? NaN) < FLAT;
    if (flat && from < 0) from = edge;
    if (flat || from < 0) continue;
    if (edge - 1 > from) {
      drawTint(surface, [x - width / 2 + from * bar, top, (edge - 1 - from) * bar, base - top], look.warn);
    }
    from = -1;
  }
}

/**
 * By the root of the counts, so that the few are seen beside the many.
 *
 * @param {Surface} surface
 * @param {Layer} layer
 * @param {Plot} plot
 * @param {Look} look
 */
function drawBars(surface, { counts }, { x, width, top, base }, look) {
  const most = Math.max(1, ...counts);
  const bar = width / counts.length;
  surface.fillStyle = look.strong;
  counts.forEach((count, index) => {
    const height = Math.sqrt(count / most) * HIGHEST * (base - top);
    if (count > 0) surface.fillRect(x - width / 2 + index * bar, base - height, bar, height);
  });
}

/**
 * f solid and f′ dashed, on one axis that holds both and 0.
 *
 * @param {Surface} surface
 * @param {Layer} layer
 * @param {Plot} plot
 * @param {Look} look
 */
function drawCurves(surface, { curve, slope }, { x, width, top, base }, look) {
  const values = [...curve, ...slope, 0].filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (/** @type {number} */ value) => base - 2 - ((value - low) / (high - low || 1)) * (base - top - 4);
  const line = (/** @type {number[]} */ heights) => {
    surface.beginPath();
    heights.forEach((value, index) => {
      const at = x - width / 2 + (width * index) / (heights.length - 1);
      if (index === 0) surface.moveTo(at, y(value));
      else surface.lineTo(at, y(value));
    });
    surface.stroke();
  };
  surface.strokeStyle = look.soft;
  surface.lineWidth = 1;
  surface.setLineDash([3, 2.5]);
  line(slope);
  surface.setLineDash([]);
  surface.strokeStyle = look.ink;
  surface.lineWidth = 1.7;
  line(curve);
}

/**
 * A dot for each unit; those that are dead are hollow.
 *
 * @param {Surface} surface
 * @param {Layer} layer
 * @param {Plot} plot
 * @param {number} y
 * @param {Look} look
 */
function drawUnits(surface, { idle }, { x, width }, y, look) {
  const step = Math.min(7, width / idle.length);
  idle.forEach((state, index) => {
    circle(surface, x + (index - (idle.length - 1) / 2) * step, y, Math.min(2.5, step / 2.4));
    surface.fillStyle = look.soft;
    surface.strokeStyle = look.warn;
    surface.lineWidth = 1.2;
    if (state === DEAD) surface.stroke();
    else surface.fill();
  });
}

/**
 * @param {Surface} surface
 * @param {Layer[]} layers
 * @param {{place: Place, left: number, top: number}} row
 * @param {Look} look
 */
function drawSpread(surface, layers, { place: { columns, height, width }, left, top }, look) {
  const shown = columns.flatMap(({ layer, x }) => {
    const here = layers[layer];
    const found = here && around(x, here);
    return found && isDrawn(found) ? [found] : [];
  });
  if (shown.length === 0) return;
  const y = drawAxis(surface, shown, { left, right: width, top: top + 6, base: height - 3 }, look);
  surface.save();
  surface.globalAlpha = 0.28;
  surface.beginPath();
  shown.forEach((each, index) =>
    index === 0 ? surface.moveTo(each.x, y(each.high)) : surface.lineTo(each.x, y(each.high)),
  );
  for (const each of shown.toReversed()) surface.lineTo(each.x, y(each.low));
  surface.fillStyle = look.strong;
  surface.fill();
  surface.restore();
  for (const each of shown) drawInterval(surface, each, y, look);
}
