/** What moves over the map: the ways that racers have come, drawn on as they go, and where they are. */

import { drawMark } from "../../draw/markers.js";
import { circle, drawRing } from "../../draw/surface.js";

/** @import {Scale} from "../../draw/scale.js" */
/** @import {Surface} from "../../draw/surface.js" */
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
 * @param {Surface} surface
 * @param {Scale} scale
 * @param {Track} track
 * @param {Runner} runner
 * @param {{from: number, to: number}} steps
 * @param {TrailLook} look
 */
export function drawTrail(surface, scale, track, { member, look, faint }, { from, to }, { colours }) {
  const colour = colours[look] ?? "";
  const place = (/** @type {number} */ step) => [
    far(scale.across(track.at("path", step, member)), scale),
    far(scale.down(track.at("path", step, member, 1)), scale),
  ];
  let [x = 0, y = 0] = place(from);
  surface.strokeStyle = surface.fillStyle = colour;
  surface.globalAlpha = faint ? 0.5 : 1;
  surface.lineWidth = faint ? 1.25 : 2;
  surface.lineJoin = "round";
  surface.beginPath();
  surface.moveTo(x, y);
  /** @type {[x: number, y: number][]} */
  const dots = [];
  for (let step = from + 1; step <= to; step++) {
    const [nextX = 0, nextY = 0] = place(step);
    const way = Math.hypot(nextX - x, nextY - y);
    if (way < FINEST && step < to) continue;
    surface.lineTo(nextX, nextY);
    if (way > APART && !faint) dots.push([nextX, nextY]);
    [x, y] = [nextX, nextY];
  }
  surface.stroke();
  surface.beginPath();
  for (const [dotX, dotY] of dots) {
    surface.moveTo(dotX + 2.5, dotY);
    surface.arc(dotX, dotY, 2.5, 0, 2 * Math.PI);
  }
  surface.fill();
  surface.globalAlpha = 1;
}

/**
 * A canvas draws nothing where numbers are too large; far outside one place is as good as another.
 *
 * @param {number} position
 * @param {Scale} scale
 */
const far = (position, { size }) => Math.min(21 * size, Math.max(-20 * size, position));

/**
 * Where a racer is; at the border, pointing out, where that is off the map.
 *
 * @param {Surface} surface
 * @param {Scale} scale
 * @param {Track} track
 * @param {number} step
 * @param {Runner} runner
 * @param {TrailLook} look
 */
export function drawHead(surface, scale, track, step, { member, look, chosen, faint }, { colours, rim, ink }) {
  const radius = faint ? HEAD - 2.5 : HEAD;
  const { x, y, away, angle } = scale.inside(
    track.at("path", step, member),
    track.at("path", step, member, 1),
    radius + 8,
  );
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  const colour = colours[look] ?? "";
  if (chosen) {
    circle(surface, x, y, radius + 5);
    surface.strokeStyle = ink;
    surface.lineWidth = 1.5;
    surface.stroke();
  }
  drawMark(surface, look, { x, y, radius }, { colour, rim });
  if (!away) return;
  surface.save();
  surface.translate(x, y);
  surface.rotate(angle);
  surface.beginPath();
  surface.moveTo(radius + 3, -4);
  surface.lineTo(radius + 9, 0);
  surface.lineTo(radius + 3, 4);
  surface.fillStyle = colour;
  surface.fill();
  surface.restore();
}

/**
 * The next update, as far as it will go, and straight down the hill; both no shorter than can be seen.
 *
 * @param {Surface} surface
 * @param {Scale} scale
 * @param {Track} track
 * @param {number} step
 * @param {Runner} runner
 * @param {TrailLook} look
 */
export function drawArrows(surface, scale, track, step, { member, look }, { colours, ink, rim }) {
  const [x, y] = [track.at("path", step, member), track.at("path", step, member, 1)];
  if (step >= track.last || !scale.holds(x, y)) return;
  const from = { x: scale.across(x), y: scale.down(y) };
  const [gx, gy] = [track.at("gradient", step, member), track.at("gradient", step, member, 1)];
  const steepness = Math.hypot(gx, gy);
  const downhill = { x: scale.across(x - gx) - from.x, y: scale.down(y - gy) - from.y };
  arrow(surface, from, downhill, 30 + 10 * Math.log10(1 + steepness), { colour: ink, rim, dashed: true });
  const update = {
    x: scale.across(track.at("path", step + 1, member)) - from.x,
    y: scale.down(track.at("path", step + 1, member, 1)) - from.y,
  };
  const length = Math.min(scale.size / 2, Math.max(ARROW.least, Math.hypot(update.x, update.y)));
  arrow(surface, from, update, length, { colour: colours[look] ?? "", rim, dashed: false });
}

/**
 * @param {Surface} surface
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} direction
 * @param {number} length  beyond the mark it begins at
 * @param {{colour: string, rim: string, dashed: boolean}} look
 */
export function arrow(surface, from, direction, length, { colour, rim, dashed }) {
  const norm = Math.hypot(direction.x, direction.y);
  if (!(norm > 0) || !Number.isFinite(norm)) return;
  const alpha = surface.globalAlpha;
  const tip = Math.min(ARROW.tip, length);
  surface.save();
  surface.translate(from.x, from.y);
  surface.rotate(Math.atan2(direction.y, direction.x));
  surface.beginPath();
  surface.moveTo(0, 0);
  surface.lineTo(length, 0);
  surface.lineWidth = 5;
  surface.strokeStyle = rim;
  surface.globalAlpha = 0.7 * alpha;
  surface.stroke();
  surface.globalAlpha = alpha;
  surface.strokeStyle = surface.fillStyle = colour;
  surface.lineWidth = 2;
  if (dashed) surface.setLineDash([4, 3]);
  surface.stroke();
  surface.beginPath();
  surface.moveTo(length + 2, 0);
  surface.lineTo(length - tip, -tip * 0.62);
  surface.lineTo(length - tip, tip * 0.62);
  surface.fill();
  surface.restore();
}

/**
 * The ring where a racer starts, to be dragged.
 *
 * @param {Surface} surface
 * @param {{x: number, y: number}} at
 * @param {boolean} chosen
 * @param {TrailLook} look
 */
export function drawStart(surface, { x, y }, chosen, { ink, rim }) {
  drawRing(surface, { x, y, radius: 9, width: chosen ? 2.25 : 1.5 }, { line: ink, rim, rimWidth: 5 });
}
