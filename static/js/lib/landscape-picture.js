/** Paints a landscape: the loss as a relief with lines of equal loss, and the paths over it with their marks. */

import { contour } from "./contour.js";
import { mix, pack } from "./colour.js";
import { createBuffer } from "./heatmap.js";
import { pathOf } from "./landscape.js";
import { trackOf } from "./landscape-plane.js";
import { drawMark } from "./racers.js";

/** @import {Rgb} from "./colour.js" */
/** @import {Landscape} from "./landscape.js" */
/** @import {Place, Track} from "./landscape-plane.js" */
/** @import {Levels} from "./levels.js" */

/**
 * @typedef {object} ReliefLook
 * @property {Rgb} low  the colour of the lowest loss
 * @property {Rgb} high  of the highest
 * @property {string} line  of the lines of equal loss
 * @property {string[]} colours  of the members
 * @property {string} rim  around paths and marks, so that they stand out on any ground
 */

const RADIUS = 6.5;
/** Entries of the colour table. */
const SHADES = 256;

/** The height of everything in the picture, for one at a time. */
export function createRelief() {
  const buffer = createBuffer();
  return {
    /**
     * @param {CanvasRenderingContext2D} context
     * @param {number} size
     * @param {Landscape} landscape  of two dimensions
     * @param {Levels} levels
     * @param {ReliefLook} look
     */
    paint(context, size, { loss, side }, levels, look) {
      const table = Uint32Array.from({ length: SHADES }, (_, i) => pack(mix(look.low, look.high, i / (SHADES - 1))));
      buffer.resize(side, side);
      for (let index = 0; index < side * side; index++) {
        const share = levels.share(loss[index] ?? NaN);
        buffer.pixels[index] = table[Number.isNaN(share) ? SHADES - 1 : Math.round(share * (SHADES - 1))] ?? 0;
      }
      buffer.flush();
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      buffer.draw(context, { left: 0, top: 0, side }, { x: 0, y: 0, size });
    },
  };
}

/**
 * Segments of every line of equal loss. Where the loss is infinite there is a wall, not a gap.
 *
 * @param {Landscape} landscape
 * @param {Levels} levels
 * @returns {number[][]}
 */
export function lossLines({ loss, side }, { levels, high }) {
  const bounded = Float64Array.from(loss, (value) => (Number.isFinite(value) ? value : 2 * high + 1));
  return levels.map((level) => contour(bounded, side, level));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {number[][]} lines
 * @param {ReliefLook} look
 */
export function drawLines(context, size, lines, look) {
  context.beginPath();
  for (const segments of lines) {
    for (let i = 0; i < segments.length; i += 4) {
      context.moveTo((segments[i] ?? 0) * size, (segments[i + 1] ?? 0) * size);
      context.lineTo((segments[i + 2] ?? 0) * size, (segments[i + 3] ?? 0) * size);
    }
  }
  context.lineWidth = 0.75;
  context.lineCap = "round";
  context.strokeStyle = look.line;
  context.stroke();
}

/**
 * @param {Landscape} landscape
 * @returns {Track[]} of each member
 */
export const tracksOf = (landscape) =>
  Array.from({ length: landscape.members }, (_, member) => trackOf(pathOf(landscape, member)));

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
 * @param {{look: ReliefLook, chosen: number}} options
 */
export function drawPaths(context, size, tracks, { look, chosen }) {
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
  for (const member of order) drawEnds(context, size, tracks[member], member, look);
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
 * @param {ReliefLook} look
 */
function drawEnds(context, size, track, member, look) {
  const start = track?.inside[0]?.[0];
  const end = track && headOf(track);
  const colour = look.colours[member] ?? look.line;
  if (start) drawStart(context, { x: start.across * size, y: start.down * size }, look);
  if (!end) return;
  const keep = (/** @type {number} */ share) => Math.min(size - RADIUS, Math.max(RADIUS, share * size));
  const at = { x: keep(end.across), y: keep(end.down), radius: track.out ? RADIUS - 1.5 : RADIUS };
  if (track.out) drawBar(context, end, size, colour);
  drawMark(context, member, at, { colour, rim: look.rim });
}

/**
 * Where the mark of a member stands: at the end of its path, or where it left the map for the last time.
 *
 * @param {Track} track
 * @returns {Place | undefined}
 */
export const headOf = ({ inside, leaves, out }) => (out ? leaves.at(-1) : inside.at(-1)?.at(-1));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} at
 * @param {ReliefLook} look
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
