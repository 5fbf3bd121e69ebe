/** The scores of the starts of one trial against its updates: a thin line for each, and their median in ink. */

import { drawBorder, drawTicks } from "../../draw/frame.js";
import { circle, traceCross } from "../../draw/surface.js";
import { plotWithin, scaleOf, ticksOf } from "../curves/scale.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {CurveScale} from "../curves/scale.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {Found, Trial} from "../types.js" */

const ROOM = { left: 58, right: 22, top: 7, bottom: 20 };
/** How a line ends: in a dot, in a bar where the trial was cut, in a cross where the networks diverged. */
const DOT = 1.5;
const BAR = 3;
const CROSS = 3;

/** @typedef {[step: number, score: number]} Look */

/**
 * The score of one start at each look, up to where it diverged.
 *
 * @param {Trial} trial
 * @param {number} start
 * @returns {{looks: Look[], isLost: boolean}}
 */
export function traceOf({ curve, traces, scores }, start) {
  const all = curve.map(([step], look) => /** @type {Look} */ ([step, traces[look * scores.length + start] ?? NaN]));
  return untilLost(all);
}

/**
 * @param {Look[]} looks
 * @returns {{looks: Look[], isLost: boolean}}
 */
function untilLost(looks) {
  const end = looks.findIndex(([, score]) => !Number.isFinite(score));
  return end < 0 ? { looks, isLost: false } : { looks: looks.slice(0, end), isLost: true };
}

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Found} found
 * @param {Trial} trial
 * @param {SearchLook} look
 */
export function drawStarts(surface, size, found, trial, look) {
  const plot = plotWithin(size, ROOM);
  const scale = scaleOf(found, plot);
  if (!scale) return;
  surface.save();
  surface.translate(ROOM.left, ROOM.top);
  drawBorder(surface, plot.width, plot.height, look.frame);
  const { along, up } = ticksOf(scale);
  drawTicks(surface, plot.height, { along, up: [...up.slice(0, 1), ...up.slice(2)] }, look.frame);
  surface.lineJoin = "round";
  if (trial.scores.length > 1) {
    trial.scores.forEach((_, start) =>
      drawTrace(surface, scale, { ...traceOf(trial, start), isCut: trial.cut }, look.start, 1),
    );
  }
  drawTrace(surface, scale, { ...untilLost(trial.curve), isCut: trial.cut }, look.ink, 2);
  surface.restore();
}

/**
 * @param {Surface} surface
 * @param {CurveScale} scale
 * @param {{looks: readonly Look[], isLost: boolean, isCut: boolean}} trace
 * @param {string} colour
 * @param {number} lineWidth
 */
function drawTrace(surface, { at }, { looks, isLost, isCut }, colour, lineWidth) {
  const places = looks.map(at);
  const last = places.at(-1) ?? at([1, Infinity]);
  surface.strokeStyle = surface.fillStyle = colour;
  surface.lineWidth = lineWidth;
  surface.beginPath();
  places.forEach(({ x, y }, i) => (i === 0 ? surface.moveTo(x, y) : surface.lineTo(x, y)));
  if (isLost) traceCross(surface, last.x, last.y, CROSS);
  else if (isCut) {
    surface.moveTo(last.x, last.y - BAR);
    surface.lineTo(last.x, last.y + BAR);
  }
  surface.stroke();
  if (isLost || isCut || places.length === 0) return;
  circle(surface, last.x, last.y, lineWidth + DOT);
  surface.fill();
}
