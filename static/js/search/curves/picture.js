/** The score of every trial against its updates, both on logarithmic scales: when did the good ones pull ahead? */

import { significant, whole } from "../../base/format.js";
import { drawBorder, drawTicks } from "../../draw/frame.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {Found, Trial} from "../types.js" */

const ROOM = { left: 52, right: 22, top: 6, bottom: 20 };
/** Half of the bar at which a trial that was cut ends. */
const BAR = 3;
/** Scores above this share of all are drawn at the top. */
const WORST = 0.95;

/** @typedef {{at: (point: readonly [number, number]) => {x: number, y: number}, low: number, high: number, most: number}} CurveScale */

/**
 * Where scores stand in a plot of that size; null where there are none yet.
 *
 * @param {Found} found
 * @param {{width: number, height: number}} size
 * @returns {CurveScale | null}
 */
export function scaleOf({ trials, search }, size) {
  const scores = trials
    .flatMap(({ curve }) => curve.map(([, score]) => score))
    .filter((score) => Number.isFinite(score) && score > 0)
    .toSorted((a, b) => a - b);
  const [low, high] = [scores[0], scores[Math.floor(WORST * (scores.length - 1))]];
  if (low === undefined || high === undefined) return null;
  const most = Math.max(2, search.updates);
  const top = high > low ? high : low * 1.1;
  const { width, height } = plotOf(size);
  const at = (/** @type {readonly [number, number]} */ [step, score]) => {
    const up = Number.isFinite(score) ? Math.log(Math.max(score, low) / low) / Math.log(top / low) : 1;
    return { x: (Math.log(Math.max(1, step)) / Math.log(most)) * width, y: (1 - Math.min(1, up)) * height };
  };
  return { at, low, high: top, most };
}

/** @param {{width: number, height: number}} size */
const plotOf = ({ width, height }) => ({
  width: Math.max(1, width - ROOM.left - ROOM.right),
  height: Math.max(1, height - ROOM.top - ROOM.bottom),
});

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Found} found
 * @param {SearchLook} look
 * @param {number | null} lit  the number of the trial that is looked at
 */
export function drawCurves(surface, size, found, look, lit) {
  const scale = scaleOf(found, size);
  if (!scale) return;
  const { width, height } = plotOf(size);
  const last = Math.max(1, found.ranking.length - 1);
  surface.save();
  surface.translate(ROOM.left, ROOM.top);
  drawBorder(surface, width, height, look.frame);
  drawTicks(
    surface,
    height,
    {
      along: powers(scale.most).map((step) => [scale.at([step, scale.low]).x, whole(step)]),
      up: [scale.low, Math.sqrt(scale.low * scale.high), scale.high].map((score) => [
        scale.at([1, score]).y,
        significant(score, 2),
      ]),
    },
    look.frame,
  );
  surface.lineJoin = "round";
  // The best is drawn last, and above it the one that is looked at.
  found.ranking.toReversed().forEach((trial, i) => {
    drawCurve(surface, trial, scale, look.rank((last - i) / last), 1.25);
  });
  const shown = found.ranking.find(({ number }) => number === lit);
  if (shown) drawCurve(surface, shown, scale, look.ink, 2.5);
  surface.restore();
}

/**
 * @param {Surface} surface
 * @param {Trial} trial
 * @param {CurveScale} scale
 * @param {string} colour
 * @param {number} lineWidth
 */
function drawCurve(surface, { curve, cut }, { at }, colour, lineWidth) {
  surface.beginPath();
  curve.forEach((point, i) => {
    const { x, y } = at(point);
    if (i === 0) surface.moveTo(x, y);
    else surface.lineTo(x, y);
  });
  const end = curve.at(-1);
  if (cut && end) {
    const { x, y } = at(end);
    surface.moveTo(x, y - BAR);
    surface.lineTo(x, y + BAR);
  }
  surface.strokeStyle = colour;
  surface.lineWidth = lineWidth;
  surface.stroke();
}

/** @param {number} most */
const powers = (most) => Array.from({ length: Math.floor(Math.log10(most) + 1e-9) + 1 }, (_, i) => 10 ** i);

/**
 * The trial whose curve passes nearest by, in pixels from the top left of the picture.
 *
 * @param {Found} found
 * @param {{width: number, height: number}} size
 * @param {number} x
 * @param {number} y
 * @param {number} reach  no farther than this
 * @returns {number | null}
 */
export function nearestCurve(found, size, x, y, reach) {
  const scale = scaleOf(found, size);
  if (!scale) return null;
  const place = { x: x - ROOM.left, y: y - ROOM.top };
  let best = { number: /** @type {number | null} */ (null), far: reach };
  for (const { number, curve } of found.ranking) {
    const points = curve.map(scale.at);
    points.forEach((point, i) => {
      const far = distance(place, points[Math.max(0, i - 1)] ?? point, point);
      if (far < best.far) best = { number, far };
    });
  }
  return best.number;
}

/** @typedef {{x: number, y: number}} Place */

/** How far a place is from a stretch of a line. @param {Place} place @param {Place} from @param {Place} to */
function distance(place, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length > 0 ? ((place.x - from.x) * dx + (place.y - from.y) * dy) / length : 0;
  const at = Math.min(1, Math.max(0, share));
  return Math.hypot(place.x - from.x - at * dx, place.y - from.y - at * dy);
}
