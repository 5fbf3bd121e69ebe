/** What is drawn over the ground of a landscape: the paths with their marks, and what its axes are. */

import { jumped, pathOf } from "../landscape.js";
import { headOf, trackOf } from "./plane.js";
import { drawLabels } from "./mark-labels.js";
import { drawMark } from "../../draw/markers.js";

/** @import {Landscape} from "../landscape.js" */
/** @import {Place, Track} from "./plane.js" */
/** @import {PathLook} from "../types.js" */
/** @import {MarkLabel} from "./mark-labels.js" */
/** @import {Ground} from "../../draw/height-map.js" */

const RADIUS = 6.5;

/** Ends a piece of a path. */
const NOWHERE = { across: NaN, down: NaN };

/** Room around the map for numbers and titles, in CSS pixels. */
export const FRAME = { left: 58, bottom: 44, top: 6, right: 6 };

/**
 * What the ground is drawn from. Where the loss is infinite there is a wall, not a gap.
 *
 * @param {Landscape} landscape
 * @param {{high: number}} levels
 * @returns {Ground}
 */
export function groundOf({ loss, side }, { high }) {
  return { values: Float64Array.from(loss, (value) => (Number.isFinite(value) ? value : 2 * Math.abs(high) + 1)), grid: side };
}

/**
 * @param {CanvasRenderingContext2D} context  with its origin at the top left of the map
 * @param {number} size
 * @param {[string, string]} titles  of the axis to the right and of the one upwards
 * @param {{soft: string, font: string}} look
 */
export function drawTitles(context, size, [across, up], { soft, font }) {
  context.fillStyle = soft;
  context.font = `12px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText(across, size / 2, size + FRAME.bottom - 2, size);
  context.save();
  context.translate(-FRAME.left + 2, size / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "top";
  context.fillText(up, 0, 0, size);
  context.restore();
}

/**
 * @param {Landscape} landscape
 * @returns {Track[]} of each member
 */
export function tracksOf(landscape) {
  return Array.from({ length: landscape.members }, (_, member) => trackOf(pathOf(landscape, member).flatMap((place, index) =>
    (jumped(landscape, index - 1, index) ? [NOWHERE, place] : [place]))));
}

/**
 * The chosen member comes last, so that nothing covers it.
 *
 * @param {number} members
 * @param {number} chosen
 */
export const drawingOrder = (members, chosen) =>
  Array.from({ length: members }, (_, member) => member).sort((a, b) => Number(a === chosen) - Number(b === chosen));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Track[]} tracks
 * @param {{look: PathLook, chosen: number, labels?: MarkLabel[]}} options
 */
export function drawPaths(context, size, tracks, { look, chosen, labels = [] }) {
  const order = drawingOrder(tracks.length, chosen);
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const member of order) {
    const path = strokeOf(tracks[member]?.inside ?? [], size);
    const width = member === chosen ? 2.75 : 1.75;
    context.strokeStyle = look.rim;
    context.lineWidth = width + 2;
    context.stroke(path);
    context.strokeStyle = look.colours[member] ?? look.line;
    context.lineWidth = width;
    context.stroke(path);
  }
  for (const member of order) drawEnds(context, size, tracks[member], member, look, labels[member]?.hollow ?? false);
  drawLabels(context, size, tracks, labels, look);
}

/**
 * @param {Place[][]} pieces
 * @param {number} size
 */
function strokeOf(pieces, size) {
  const path = new Path2D();
  for (const piece of pieces) {
    piece.forEach(({ across, down }, index) => {
      if (index === 0) path.moveTo(across * size, down * size);
      path.lineTo(across * size, down * size);
    });
  }
  return path;
}

/**
 * A ring where it started, its mark where it is, and a smaller mark at the border where it went off the map.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Track | undefined} track
 * @param {number} member
 * @param {PathLook} look
 * @param {boolean} hollow
 */
function drawEnds(context, size, track, member, look, hollow) {
  const start = track?.inside[0]?.[0];
  const end = track && headOf(track);
  const colour = look.colours[member] ?? look.line;
  if (start) drawStart(context, { x: start.across * size, y: start.down * size }, look);
  if (!end) return;
  const keep = (/** @type {number} */ share) => Math.min(size - RADIUS, Math.max(RADIUS, share * size));
  const at = { x: keep(end.across), y: keep(end.down), radius: track.out ? RADIUS - 1.5 : RADIUS };
  if (track.out) drawBar(context, end, size, colour);
  drawMark(context, member, at, { colour, rim: look.rim, hollow });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} at
 * @param {PathLook} look
 */
function drawStart(context, { x, y }, look) {
  for (const [colour, width] of /** @type {[string, number][]} */ ([[look.rim, 4], [look.line, 1.75]])) {
    context.beginPath();
    context.arc(x, y, 4.5, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

/**
 * A bar along the border, where a path goes off the map.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Place} place
 * @param {number} size
 * @param {string} colour
 */
function drawBar(context, { across, down }, size, colour) {
  const isSide = across < 1e-9 || across > 1 - 1e-9;
  const [x, y] = [across * size, down * size];
  const [dx, dy] = isSide ? [0, 11] : [11, 0];
  context.beginPath();
  context.moveTo(x - dx, y - dy);
  context.lineTo(x + dx, y + dy);
  context.strokeStyle = colour;
  context.lineWidth = 5;
  context.stroke();
}
