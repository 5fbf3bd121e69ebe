/** The small map of one side of a duel: a dot for each trial by rank, and a mark for each value along the top. */

import { drawBorder, drawTicks } from "../../draw/frame.js";
import { circle, drawRing } from "../../draw/surface.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Axis} from "../axis.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {DuelSide} from "../types.js" */

const ROOM = { left: 32, right: 12, top: 12, bottom: 20 };
const RUG = 7;
/** Of so many numbers the first, the middle and the last are written. */
const NAMED = 3;

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {{trials: DuelSide | undefined, axes: readonly [number, number], across: Axis, up: Axis, look: SearchLook}} scene
 */
export function drawSide(surface, size, { trials, axes, across, up, look }) {
  const width = size.width - ROOM.left - ROOM.right;
  const height = size.height - ROOM.top - ROOM.bottom;
  surface.save();
  surface.translate(ROOM.left, ROOM.top);
  surface.fillStyle = look.surface;
  surface.fillRect(0, 0, width, height);
  drawBorder(surface, width, height, look.frame);
  drawTicks(
    surface,
    height,
    {
      along: few(across.ticks).map(([place, text]) => [place * width, text]),
      up: few(up.ticks).map(([place, text]) => [(1 - place) * height, text]),
    },
    look.frame,
  );
  if (trials) drawTrials(surface, { width, height }, trials, axes, look);
  surface.restore();
}

/** @param {Axis["ticks"]} ticks */
const few = (ticks) =>
  ticks.length <= NAMED
    ? ticks
    : [0, (ticks.length - 1) / 2, ticks.length - 1].flatMap((at) => ticks.slice(Math.floor(at), Math.floor(at) + 1));

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} plot
 * @param {DuelSide} trials
 * @param {readonly [number, number]} axes
 * @param {SearchLook} look
 */
function drawTrials(surface, { width, height }, { places, scores, cut }, axes, look) {
  const at = (/** @type {number} */ i) => ({
    x: inside(places[i]?.[axes[0]] ?? 0.5) * width,
    y: (1 - inside(places[i]?.[axes[1]] ?? 0.5)) * height,
  });
  const key = (/** @type {number} */ i) => (cut[i] ? 1e9 : 0) + Math.min(scores[i] ?? Infinity, 1e8);
  const order = places.map((_, i) => i).toSorted((a, b) => key(b) - key(a));
  order.forEach((i, rank) => {
    const share = 1 - rank / Math.max(1, order.length - 1);
    const { x, y } = at(i);
    const radius = 2 + 4 * (1 - share) ** 2;
    surface.strokeStyle = surface.fillStyle = look.rank(share);
    surface.lineWidth = 1;
    surface.beginPath();
    surface.moveTo(x, -2 - RUG);
    surface.lineTo(x, -2);
    surface.stroke();
    circle(surface, x, y, radius);
    surface.fill();
    if (rank === order.length - 1) {
      drawRing(surface, { x, y, radius: radius + 2, width: 1.5 }, { line: look.ink, rim: look.surface, rimWidth: 3 });
    }
  });
}

/** A box that has moved on may lie beyond the range. @param {number} place */
const inside = (place) => Math.min(1, Math.max(0, place));
