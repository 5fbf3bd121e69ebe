/** A landscape from above: its ground, the paths over it with their marks, and what its axes are. */

import { jumped, pathOf } from "../landscape.js";
import { axisTitle } from "../words.js";
import { headOf, scaleOf, trackOf } from "./plane.js";
import { drawLabels, labelsOf } from "./mark-labels.js";
import { drawFrame } from "../../draw/frame.js";
import { drawLines } from "../../draw/height-map.js";
import { drawMark } from "../../draw/markers.js";
import { drawRing, write } from "../../draw/surface.js";

/** @import {Landscape} from "../landscape.js" */
/** @import {LandscapeLook} from "./look.js" */
/** @import {Place, Track} from "./plane.js" */
/** @import {PathLook} from "../types.js" */
/** @import {MarkLabel} from "./mark-labels.js" */
/** @import {Ground, Painter} from "../../draw/height-map.js" */
/** @import {Levels} from "../../draw/levels.js" */
/** @import {Surface} from "../../draw/surface.js" */

const RADIUS = 6.5;

/** Ends a piece of a path. */
const NOWHERE = { across: NaN, down: NaN };

/** Room around the map for numbers and titles, in CSS pixels. */
export const FRAME = { left: 58, bottom: 44, top: 6, right: 6 };

/** A map of fewer pixels has short titles at its axes. */
const SMALL = 320;

/**
 * What is drawn, worked out once for each landscape.
 *
 * @typedef {{landscape: Landscape, levels: Levels, ground: Ground, tracks: Track[], labels: MarkLabel[]}} Drawing
 *
 * @param {Landscape} landscape  of two dimensions
 * @param {Levels} levels
 * @returns {Drawing}
 */
export const drawingOf = (landscape, levels) => ({
  landscape,
  levels,
  ground: groundOf(landscape, levels),
  tracks: tracksOf(landscape),
  labels: labelsOf(landscape),
});

/**
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {number} size
 * @param {Drawing} drawing
 * @param {{look: LandscapeLook, chosen: number, painter: Painter}} options  chosen: the member that is on top of the others
 */
export function drawMap(surface, size, { ground, levels, tracks, labels }, { look, chosen, painter }) {
  painter.paint(surface, size, ground, levels, look.relief);
  drawLines(surface, size, ground, levels, look.relief);
  drawPaths(surface, size, tracks, { look, chosen, labels });
}

/**
 * The frame with its numbers, and the titles of both axes.
 *
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {number} size
 * @param {Landscape} landscape
 * @param {LandscapeLook} look
 */
export function drawSurroundings(surface, size, landscape, { relief, soft, font }) {
  drawFrame(surface, scaleOf(landscape.ranges, size), relief);
  const title = { font, colour: soft, size: 12, align: /** @type {const} */ ("center"), most: size };
  const short = size < SMALL;
  write(surface, axisTitle(landscape, 0, short), size / 2, size + FRAME.bottom - 2, { ...title, baseline: "bottom" });
  surface.save();
  surface.translate(2 - FRAME.left, size / 2);
  surface.rotate(-Math.PI / 2);
  write(surface, axisTitle(landscape, 1, short), 0, 0, { ...title, baseline: "top" });
  surface.restore();
}

/**
 * What the ground is drawn from. Where the loss is infinite there is a wall, not a gap.
 *
 * @param {Landscape} landscape
 * @param {{high: number}} levels
 * @returns {Ground}
 */
export function groundOf({ loss, side }, { high }) {
  return {
    values: Float64Array.from(loss, (value) => (Number.isFinite(value) ? value : 2 * Math.abs(high) + 1)),
    grid: side,
  };
}

/**
 * @param {Landscape} landscape
 * @returns {Track[]} of each member
 */
export function tracksOf(landscape) {
  return Array.from({ length: landscape.members }, (_, member) =>
    trackOf(
      pathOf(landscape, member).flatMap((place, index) =>
        jumped(landscape, index - 1, index) ? [NOWHERE, place] : [place],
      ),
    ),
  );
}

/**
 * The chosen member comes last, so that nothing covers it.
 *
 * @param {number} members
 * @param {number} chosen
 */
const drawingOrder = (members, chosen) =>
  Array.from({ length: members }, (_, member) => member).sort((a, b) => Number(a === chosen) - Number(b === chosen));

/**
 * @param {Surface} surface
 * @param {number} size
 * @param {Track[]} tracks
 * @param {{look: PathLook, chosen: number, labels?: MarkLabel[]}} options
 */
function drawPaths(surface, size, tracks, { look, chosen, labels = [] }) {
  const order = drawingOrder(tracks.length, chosen);
  surface.lineJoin = "round";
  surface.lineCap = "round";
  for (const member of order) {
    addPath(surface, tracks[member]?.inside ?? [], size);
    const width = member === chosen ? 2.75 : 1.75;
    surface.strokeStyle = look.rim;
    surface.lineWidth = width + 2;
    surface.stroke();
    surface.strokeStyle = look.colours[member] ?? look.line;
    surface.lineWidth = width;
    surface.stroke();
  }
  for (const member of order) drawEnds(surface, size, tracks[member], member, look, labels[member]?.hollow ?? false);
  drawLabels(surface, size, tracks, labels, look);
}

/**
 * @param {Surface} surface
 * @param {Place[][]} pieces
 * @param {number} size
 */
function addPath(surface, pieces, size) {
  surface.beginPath();
  for (const piece of pieces) {
    piece.forEach(({ across, down }, index) => {
      if (index === 0) surface.moveTo(across * size, down * size);
      surface.lineTo(across * size, down * size);
    });
  }
}

/**
 * A ring where it started, its mark where it is, and a smaller mark at the border where it went off the map.
 *
 * @param {Surface} surface
 * @param {number} size
 * @param {Track | undefined} track
 * @param {number} member
 * @param {PathLook} look
 * @param {boolean} hollow
 */
function drawEnds(surface, size, track, member, look, hollow) {
  const start = track?.inside[0]?.[0];
  const end = track && headOf(track);
  const colour = look.colours[member] ?? look.line;
  if (start) {
    drawRing(
      surface,
      { x: start.across * size, y: start.down * size, radius: 4.5, width: 1.75 },
      { line: look.line, rim: look.rim, rimWidth: 4 },
    );
  }
  if (!end) return;
  const keep = (/** @type {number} */ share) => Math.min(size - RADIUS, Math.max(RADIUS, share * size));
  const at = { x: keep(end.across), y: keep(end.down), radius: track.out ? RADIUS - 1.5 : RADIUS };
  if (track.out) drawBar(surface, end, size, colour);
  drawMark(surface, member, at, { colour, rim: look.rim, hollow });
}

/**
 * A bar along the border, where a path goes off the map.
 *
 * @param {Surface} surface
 * @param {Place} place
 * @param {number} size
 * @param {string} colour
 */
function drawBar(surface, { across, down }, size, colour) {
  const isSide = across < 1e-9 || across > 1 - 1e-9;
  const [x, y] = [across * size, down * size];
  const [dx, dy] = isSide ? [0, 11] : [11, 0];
  surface.beginPath();
  surface.moveTo(x - dx, y - dy);
  surface.lineTo(x + dx, y + dy);
  surface.strokeStyle = colour;
  surface.lineWidth = 5;
  surface.stroke();
}
