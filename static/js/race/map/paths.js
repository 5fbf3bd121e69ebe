/** What moves over the map: the ways that racers have come, drawn on as they go, and where they are. */

import { drawMark } from "../../draw/markers.js";

/** @import {Plane} from "../../draw/scale.js" */
/** @import {Track} from "../record.js" */

/** Nothing is drawn of a way shorter than this, in pixels. */
const FINEST = 0.6;
/** A dot for each step where steps are this far apart. */
const APART = 7;
const HEAD = 6.5;
const ARROW = { least: 16, tip: 7 };

/**
 * A racer at one of its starts: `member` in the track, its `look`, and whether it is the one whose numbers are shown.
 * @typedef {{member: number, look: number, chosen: boolean, faint: boolean}} Runner
 *
 * @typedef {{colours: string[], rim: string, ink: string}} TrailLook
 */

/**
 * Draws the way from one step to a later one.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {Track} track
 * @param {Runner} runner
 * @param {{from: number, to: number}} steps
 * @param {TrailLook} look
 */
export function drawTrail(context, plane, track, { member, look, faint }, { from, to }, { colours }) {
  const colour = colours[look] ?? "";
  const place = (/** @type {number} */ step) =>
    [far(plane.across(track.at("path", step, member)), plane), far(plane.down(track.at("path", step, member, 1)), plane)];
  let [x = 0, y = 0] = place(from);
  context.strokeStyle = context.fillStyle = colour;
  context.globalAlpha = faint ? 0.5 : 1;
  context.lineWidth = faint ? 1.25 : 2;
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(x, y);
  const dots = new Path2D();
  for (let step = from + 1; step <= to; step++) {
    const [nextX = 0, nextY = 0] = place(step);
    const way = Math.hypot(nextX - x, nextY - y);
    if (way < FINEST && step < to) continue;
    context.lineTo(nextX, nextY);
    if (way > APART && !faint) {
      dots.moveTo(nextX + 2.5, nextY);
      dots.arc(nextX, nextY, 2.5, 0, 2 * Math.PI);
    }
    [x, y] = [nextX, nextY];
  }
  context.stroke();
  context.fill(dots);
  context.globalAlpha = 1;
}

/**
 * A canvas draws nothing where numbers are too large; far outside one place is as good as another.
 *
 * @param {number} position
 * @param {Plane} plane
 */
const far = (position, { size }) => Math.min(21 * size, Math.max(-20 * size, position));

/**
 * Where a racer is; at the border, pointing out, where that is off the map.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {Track} track
 * @param {number} step
 * @param {Runner} runner
 * @param {TrailLook} look
 */
export function drawHead(context, plane, track, step, { member, look, chosen, faint }, { colours, rim, ink }) {
  const radius = faint ? HEAD - 2.5 : HEAD;
  const { x, y, away, angle } = plane.inside(track.at("path", step, member), track.at("path", step, member, 1), radius + 8);
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  const colour = colours[look] ?? "";
  if (chosen) {
    context.beginPath();
    context.arc(x, y, radius + 5, 0, 2 * Math.PI);
    context.strokeStyle = ink;
    context.lineWidth = 1.5;
    context.stroke();
  }
  drawMark(context, look, { x, y, radius }, { colour, rim });
  if (!away) return;
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.beginPath();
  context.moveTo(radius + 3, -4);
  context.lineTo(radius + 9, 0);
  context.lineTo(radius + 3, 4);
  context.fillStyle = colour;
  context.fill();
  context.restore();
}

/**
 * The next update, as far as it will go, and straight down the hill; both no shorter than can be seen.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {Track} track
 * @param {number} step
 * @param {Runner} runner
 * @param {TrailLook} look
 */
export function drawArrows(context, plane, track, step, { member, look }, { colours, ink, rim }) {
  const [x, y] = [track.at("path", step, member), track.at("path", step, member, 1)];
  if (step >= track.last || !plane.holds(x, y)) return;
  const from = { x: plane.across(x), y: plane.down(y) };
  const [gx, gy] = [track.at("gradient", step, member), track.at("gradient", step, member, 1)];
  const steepness = Math.hypot(gx, gy);
  const downhill = { x: plane.across(x - gx) - from.x, y: plane.down(y - gy) - from.y };
  arrow(context, from, downhill, 30 + 10 * Math.log10(1 + steepness), { colour: ink, rim, dashed: true });
  const update = {
    x: plane.across(track.at("path", step + 1, member)) - from.x,
    y: plane.down(track.at("path", step + 1, member, 1)) - from.y,
  };
  const length = Math.min(plane.size / 2, Math.max(ARROW.least, Math.hypot(update.x, update.y)));
  arrow(context, from, update, length, { colour: colours[look] ?? "", rim, dashed: false });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} direction
 * @param {number} length  beyond the mark it begins at
 * @param {{colour: string, rim: string, dashed: boolean}} look
 */
function arrow(context, from, direction, length, { colour, rim, dashed }) {
  const norm = Math.hypot(direction.x, direction.y);
  if (!(norm > 0) || !Number.isFinite(norm)) return;
  context.save();
  context.translate(from.x, from.y);
  context.rotate(Math.atan2(direction.y, direction.x));
  const line = new Path2D();
  line.moveTo(0, 0);
  line.lineTo(length, 0);
  const tip = new Path2D(`M${length + 2} 0L${length - ARROW.tip} ${-ARROW.tip * 0.62}L${length - ARROW.tip} ${ARROW.tip * 0.62}Z`);
  context.lineWidth = 5;
  context.strokeStyle = rim;
  context.globalAlpha = 0.7;
  context.stroke(line);
  context.globalAlpha = 1;
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 2;
  if (dashed) context.setLineDash([4, 3]);
  context.stroke(line);
  context.fill(tip);
  context.restore();
}

/**
 * The ring where a racer starts, to be dragged.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} at
 * @param {boolean} chosen
 * @param {TrailLook} look
 */
export function drawStart(context, { x, y }, chosen, { ink, rim }) {
  for (const [colour, width] of /** @type {[string, number][]} */ ([[rim, 5], [ink, chosen ? 2.25 : 1.5]])) {
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}
