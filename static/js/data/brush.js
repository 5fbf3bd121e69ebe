/** What a brush does to rows: places points, sprays them, erases them. All lengths are those of the map. */

import { MOST_ROWS } from "./rows.js";
import { REACH } from "../draw/points.js";

/** @import {Row} from "./rows.js" */

/** @typedef {[x1: number, x2: number]} Place */

/** Finer than a pixel of the editor, and short in the address. */
const STEP = 0.01;

/**
 * Adds points of one class, as far as they lie on the map and as there is room.
 *
 * @param {readonly Row[]} rows
 * @param {readonly Place[]} places
 * @param {number} label
 * @returns {readonly Row[]}
 */
export function place(rows, places, label) {
  const added = places
    .filter(([x1, x2]) => Math.max(Math.abs(x1), Math.abs(x2)) <= REACH)
    .slice(0, Math.max(0, MOST_ROWS - rows.length))
    .map(([x1, x2]) => /** @type {Row} */ ([onGrid(x1), onGrid(x2), label]));
  return added.length === 0 ? rows : [...rows, ...added];
}

/** @param {number} value */
const onGrid = (value) => Number((Math.round(value / STEP) * STEP).toFixed(2));

/**
 * Places even over a disc.
 *
 * @param {Place} middle
 * @param {number} radius
 * @param {number} count
 * @param {() => number} [random]  from 0 to 1
 * @returns {Place[]}
 */
export function spray([x1, x2], radius, count, random = Math.random) {
  return Array.from({ length: count }, () => {
    const angle = 2 * Math.PI * random();
    const distance = radius * Math.sqrt(random());
    return [x1 + distance * Math.cos(angle), x2 + distance * Math.sin(angle)];
  });
}

/**
 * The rows without those in a disc; the same rows where there is none.
 *
 * @param {readonly Row[]} rows
 * @param {Place} middle
 * @param {number} radius
 * @returns {readonly Row[]}
 */
export function erase(rows, [x1, x2], radius) {
  const kept = rows.filter((row) => Math.hypot(row[0] - x1, row[1] - x2) > radius);
  return kept.length === rows.length ? rows : kept;
}

/**
 * Stops on the way from one place to another, `gap` apart; none at the beginning.
 *
 * @param {Place} from
 * @param {Place} to
 * @param {number} gap
 * @returns {Place[]}
 */
export function along(from, to, gap) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  return Array.from({ length: Math.floor(length / gap + 1e-9) }, (_, i) => {
    const share = ((i + 1) * gap) / length;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  });
}
