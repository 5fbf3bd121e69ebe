/** Where things stand on a landscape: from its coordinates to shares of the picture, and paths cut at its border. */

import { createScale } from "../../draw/scale.js";

/**
 * `ranges` are those of the two axes, [least, most]; shares go from 0 at the left and at the top to 1.
 *
 * @typedef {[[number, number], [number, number]]} Ranges
 * @typedef {{across: number, down: number}} Place
 * @typedef {{inside: Place[][], leaves: Place[], out: boolean}} Track  what of a path is on the map, where it leaves it,
 *   and whether its end is off the map
 */

/**
 * From coordinates to shares of the picture, or to its pixels.
 *
 * @param {Ranges} ranges
 * @param {number} [size]
 */
export const scaleOf = ([across, down], size) => createScale([...across, ...down], size);

/** @param {Place} place */
const isInside = ({ across, down }) => across >= 0 && across <= 1 && down >= 0 && down <= 1;

/**
 * Cuts a path where it crosses the border of the map. What is no number ends a piece.
 *
 * @param {Place[]} path
 * @returns {Track}
 */
export function trackOf(path) {
  /** @type {Place[][]} */
  const inside = [];
  /** @type {Place[]} */
  const leaves = [];
  /** @type {Place[]} */
  let piece = [];
  const close = () => {
    if (piece.length > 0) inside.push(piece);
    piece = [];
  };
  path.forEach((place, index) => {
    const before = path[index - 1];
    const part = before && clipped(before, place);
    if (part && !isInside(before)) piece.push(part[0]);
    if (isInside(place)) return void piece.push(place);
    if (part) {
      piece.push(part[1]);
      leaves.push(part[1]);
    }
    close();
  });
  close();
  const end = path.at(-1);
  return { inside, leaves, out: end !== undefined && !isInside(end) };
}

/**
 * Where the mark of a member stands: at the end of its path, or where it left the map for the last time.
 *
 * @param {Track} track
 * @returns {Place | undefined}
 */
export const headOf = ({ inside, leaves, out }) => (out ? leaves.at(-1) : inside.at(-1)?.at(-1));

/**
 * The part of a segment on the map, after Liang and Barsky (1984); null where there is none.
 *
 * @param {Place} from
 * @param {Place} to
 * @returns {[Place, Place] | null}
 */
function clipped(from, to) {
  const [dx, dy] = [to.across - from.across, to.down - from.down];
  if (!Number.isFinite(dx + dy)) return null;
  let [enter, leave] = [0, 1];
  const sides = /** @type {const} */ ([
    [-dx, from.across],
    [dx, 1 - from.across],
    [-dy, from.down],
    [dy, 1 - from.down],
  ]);
  for (const [delta, room] of sides) {
    if (delta === 0 && room < 0) return null;
    if (delta < 0) enter = Math.max(enter, room / delta);
    if (delta > 0) leave = Math.min(leave, room / delta);
  }
  if (enter > leave) return null;
  const at = (/** @type {number} */ share) => ({ across: from.across + share * dx, down: from.down + share * dy });
  return [at(enter), at(leave)];
}
