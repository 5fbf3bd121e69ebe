/** The score of every trial against its updates, both on logarithmic scales: when did the good ones pull ahead? */

import { drawBorder, drawTicks } from "../../draw/frame.js";
import { groupsOf } from "../brush/order.js";
import { plotWithin, scaleOf, ticksOf } from "./scale.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Kept} from "../brush/brush.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {Found, Trial} from "../types.js" */
/** @import {CurveScale} from "./scale.js" */

const ROOM = { left: 58, right: 22, top: 6, bottom: 20 };
/** Half of the bar at which a trial that was cut ends. */
const BAR = 3;
/** Of more trials curves are thinner. */
const MANY = 300;
/**
 * Every curve in the pixels of a plot: x and y of each look, by the number of the trial.
 * @typedef {{scale: CurveScale | null, width: number, height: number, curves: Map<number, Float32Array>}} Plotted
 */

/** @type {WeakMap<Found, Plotted>} what is drawn again and again, while something is brushed or pointed at */
const known = new WeakMap();

/**
 * @param {Found} found
 * @param {{width: number, height: number}} size
 * @returns {Plotted}
 */
function plotted(found, size) {
  const before = known.get(found);
  if (before && before.width === size.width && before.height === size.height) return before;
  const scale = scaleOf(found, plotOf(size));
  const flat = (/** @type {Trial} */ { curve }) =>
    Float32Array.from(curve.map((point) => scale?.at(point)).flatMap((place) => (place ? [place.x, place.y] : [])));
  const curves = new Map(found.ranking.map((trial) => [trial.number, flat(trial)]));
  const now = { scale, ...size, curves };
  known.set(found, now);
  return now;
}

/** @param {{width: number, height: number}} size */
const plotOf = (size) => plotWithin(size, ROOM);

/**
 * The plot, without its curves.
 *
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Found} found
 * @param {SearchLook} look
 */
export function drawPlot(surface, size, found, look) {
  const { scale } = plotted(found, size);
  if (!scale) return;
  const { width, height } = plotOf(size);
  surface.save();
  surface.translate(ROOM.left, ROOM.top);
  drawBorder(surface, width, height, look.frame);
  drawTicks(surface, height, ticksOf(scale), look.frame);
  surface.restore();
}

/**
 * The best is drawn last.
 *
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Found} found
 * @param {(share: number) => string} colour
 * @param {Kept | null} kept  all where nothing is brushed
 */
export function drawCurves(surface, size, found, colour, kept) {
  const lineWidth = found.ranking.length > MANY ? 1 : 1.25;
  for (const { share, trials } of groupsOf(found)) {
    const wanted = kept ? trials.filter(({ number }) => kept.has(number)) : trials;
    drawGroup(surface, plotted(found, size), wanted, { colour: colour(share), lineWidth });
  }
}

/**
 * The curve of the trial that is looked at, above all others.
 *
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Found} found
 * @param {SearchLook} look
 * @param {Trial | null} trial
 */
export function drawLitCurve(surface, size, found, look, trial) {
  if (trial) drawGroup(surface, plotted(found, size), [trial], { colour: look.ink, lineWidth: 2.5 });
}

/**
 * @param {Surface} surface
 * @param {Plotted} plot
 * @param {readonly Trial[]} trials
 * @param {{colour: string, lineWidth: number}} line
 */
function drawGroup(surface, { curves }, trials, { colour, lineWidth }) {
  surface.save();
  surface.translate(ROOM.left, ROOM.top);
  surface.beginPath();
  for (const { number, cut } of trials) traceCurve(surface, curves.get(number) ?? new Float32Array(), cut);
  surface.lineJoin = "round";
  surface.strokeStyle = colour;
  surface.lineWidth = lineWidth;
  surface.stroke();
  surface.restore();
}

/**
 * @param {Surface} surface
 * @param {Float32Array} points
 * @param {boolean} cut
 */
function traceCurve(surface, points, cut) {
  for (let i = 0; i < points.length; i += 2) {
    const [x = NaN, y = NaN] = [points[i], points[i + 1]];
    if (i === 0) surface.moveTo(x, y);
    else surface.lineTo(x, y);
  }
  const [x, y] = [points.at(-2), points.at(-1)];
  if (!cut || x === undefined || y === undefined) return;
  surface.moveTo(x, y - BAR);
  surface.lineTo(x, y + BAR);
}

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
  const place = { x: x - ROOM.left, y: y - ROOM.top };
  let best = { number: /** @type {number | null} */ (null), far: reach };
  for (const [number, points] of plotted(found, size).curves) {
    for (let i = 0; i < points.length; i += 2) {
      const to = { x: points[i] ?? NaN, y: points[i + 1] ?? NaN };
      const from = i > 0 ? { x: points[i - 2] ?? NaN, y: points[i - 1] ?? NaN } : to;
      const far = distance(place, from, to);
      if (far < best.far) best = { number, far };
    }
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
