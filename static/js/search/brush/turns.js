/** What follows a brush takes turns: the hand has every frame, and each frame has the time for one more picture. */

import { atMostEvery, oncePerFrame } from "../../base/scheduling.js";

/** Pictures and words beside what is brushed follow as often as an eye needs, in milliseconds. */
export const FOLLOW = 100;
/** What is kept follows the hand every other frame, in milliseconds; the stretch itself, in a layer above, every frame. */
export const KEEP_UP = 30;

/** @type {Set<() => void>} those that wait, the first of them the longest */
const waiting = new Set();

const serve = oncePerFrame(() => {
  const [next] = waiting;
  if (!next) return;
  waiting.delete(next);
  if (waiting.size > 0) serve();
  next();
});

/**
 * Calls `listener` in a frame in which none of the others is called, at most every `gap` milliseconds.
 *
 * @param {number} gap
 * @param {() => void} listener
 */
export const inTurn = (gap, listener) =>
  atMostEvery(gap, () => {
    waiting.add(listener);
    serve();
  });
