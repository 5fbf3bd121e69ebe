/** What stands beside the marks of a landscape: each network's own loss, and that of the ground where it is another. */

import { headOf } from "./plane.js";
import { lossWords } from "../words.js";
import { isGrounded, standing } from "../landscape.js";
import { write } from "../../draw/surface.js";
import { t } from "../../base/words.js";

/** @import {Landscape} from "../landscape.js" */
/** @import {Track} from "./plane.js" */
/** @import {PathLook} from "../types.js" */
/** @import {Surface} from "../../draw/surface.js" */

/**
 * @typedef {{hollow: boolean, loss: string, ground: string}} MarkLabel  `hollow`: the network is not on the ground;
 *   `ground`: what the ground's loss is then
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

const GAP = 12;
const LINE = 15;
/** How far from their marks labels may stand: beside them, or where many marks are close, further out. */
const RINGS = [GAP, GAP + 20, GAP + 42, GAP + 66];
/** On a smaller map there is no room for more than the marks. */
const SMALL = 260;

/**
 * @param {Landscape} landscape
 * @returns {MarkLabel[]}  of each member; none before the losses are known
 */
export function labelsOf(landscape) {
  if (!landscape.measured) return [];
  return Array.from({ length: landscape.members }, (_, member) => {
    const { trueLoss, planeLoss } = standing(landscape, member);
    const hollow = !isGrounded(landscape, member);
    return {
      hollow,
      loss: lossWords(trueLoss),
      ground: hollow ? t("ground {loss}", { loss: lossWords(planeLoss) }) : "",
    };
  });
}

/**
 * Where labels stand: beside their marks, on the side where there is room, and over nothing else if that can be; where
 * it cannot, further out.
 *
 * @param {{x: number, y: number, width: number, height: number}[]} wanted  marks, and how large their labels are
 * @param {number} size  of the map
 * @returns {(Box & {far: boolean})[]}  `far`: so far out that a line has to say whose label it is
 */
export function placeLabels(wanted, size) {
  /** @type {Box[]} */
  const taken = wanted.map(({ x, y }) => ({ x: x - 8, y: y - 8, width: 16, height: 16 }));
  return wanted.map((mark) => {
    const { width, height } = mark;
    const keep = (/** @type {number} */ at, /** @type {number} */ length) =>
      Math.max(2, Math.min(size - length - 2, at));
    const places = RINGS.flatMap((away, ring) =>
      sidesOf(mark, away).map(([left = 0, top = 0]) => ({
        ring,
        box: { x: keep(left, width), y: keep(top, height), width, height },
      })),
    );
    const costs = places.map(({ box, ring }) => taken.reduce((sum, other) => sum + overlap(box, other), ring));
    const best = /** @type {{ring: number, box: Box}} */ (places[costs.indexOf(Math.min(...costs))]);
    taken.push(best.box);
    return { ...best.box, far: best.ring > 0 };
  });
}

/**
 * The places around a mark for the top left of its label: at its sides first.
 *
 * @param {Box} mark  and how large its label is
 * @param {number} away
 */
function sidesOf({ x, y, width, height }, away) {
  const [left, right, above, below] = [x - away - width, x + away, y - away - height, y + away];
  const [middle, level] = [x - width / 2, y - height / 2];
  return [
    [right, level],
    [left, level],
    [middle, below],
    [middle, above],
    [right, below],
    [right, above],
    [left, below],
    [left, above],
  ];
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function overlap(one, other) {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, across) * Math.max(0, down);
}

/**
 * @param {Surface} surface
 * @param {number} size
 * @param {Track[]} tracks
 * @param {MarkLabel[]} labels
 * @param {PathLook} look
 */
export function drawLabels(surface, size, tracks, labels, look) {
  if (size < SMALL) return;
  const { font, rim } = look;
  const widthOf = (/** @type {string} */ text, /** @type {string} */ style) => {
    surface.font = `${style} ${font}`;
    return surface.measureText(text).width;
  };
  const shown = labels.flatMap((label, member) => {
    const end = tracks[member] && headOf(tracks[member]);
    return end ? [{ label, member, x: end.across * size, y: end.down * size }] : [];
  });
  const boxes = placeLabels(
    shown.map(({ label, x, y }) => ({
      x,
      y,
      width: Math.max(widthOf(label.loss, "600 13px"), label.ground ? widthOf(label.ground, "11px") : 0),
      height: label.ground ? 2 * LINE : LINE,
    })),
    size,
  );
  shown.forEach(({ member, x, y }, index) => {
    const box = boxes[index];
    if (box?.far) drawLeader(surface, { x, y }, box, look.colours[member] ?? look.ink);
  });
  shown.forEach(({ label, member }, index) => {
    const { x, y } = /** @type {Box} */ (boxes[index]);
    const text = { font, halo: rim, around: 4, baseline: /** @type {const} */ ("top") };
    write(surface, label.loss, x, y, { ...text, colour: look.colours[member] ?? look.ink, size: 13, weight: 600 });
    if (label.ground) write(surface, label.ground, x, y + LINE, { ...text, colour: look.ink });
  });
}

/**
 * A line from a mark to its label.
 *
 * @param {Surface} surface
 * @param {{x: number, y: number}} mark
 * @param {Box} box
 * @param {string} colour
 */
function drawLeader(surface, mark, { x, y, width, height }, colour) {
  surface.beginPath();
  surface.moveTo(mark.x, mark.y);
  surface.lineTo(Math.max(x, Math.min(x + width, mark.x)), Math.max(y, Math.min(y + height, mark.y)));
  surface.strokeStyle = colour;
  surface.lineWidth = 1;
  surface.stroke();
}
