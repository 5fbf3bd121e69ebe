/** Brushing by pointer and finger: a drag along an axis, and what a press or a pointer without a button means. */

import { dragged } from "./brush.js";

/** A pointer that moves less is a press. */
const STILL = 4;
/** From an end of the stretch it is still meant, in pixels. */
const GRIP = 10;

/**
 * An axis under the pointer: where along it, how long it is, and the stretch that is brushed there.
 *
 * @typedef {{key: string, share: number, length: number, stretch: [number, number] | null}} Hit
 */

/**
 * @param {HTMLElement} frame
 * @param {object} options
 * @param {(x: number, y: number) => Hit | null} options.axisAt
 * @param {(key: string, x: number, y: number) => number} options.shareAt  on an axis that is being brushed
 * @param {(key: string, stretch: [number, number] | null) => void} options.brush
 * @param {(x: number, y: number) => void} options.point
 * @param {() => void} options.leave
 * @param {(x: number, y: number) => void} options.press
 */
export function trackStrokes(frame, { axisAt, shareAt, brush, point, leave, press }) {
  /** @type {{x: number, y: number, hit: Hit | null, move: ((to: number) => [number, number]) | null} | null} */
  let held = null;
  // Asked for once a stroke: what it changes on the page would have to be laid out before.
  let corner = frame.getBoundingClientRect();
  const placeOf = (/** @type {PointerEvent} */ event) => {
    if (!held) corner = frame.getBoundingClientRect();
    return /** @type {const} */ ([event.clientX - corner.left, event.clientY - corner.top]);
  };

  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const [x, y] = placeOf(event);
    held = { x, y, hit: axisAt(x, y), move: null };
  });
  frame.addEventListener("pointermove", (event) => {
    const [x, y] = placeOf(event);
    if (!held) return point(x, y);
    const { hit } = held;
    if (!hit) return;
    if (!held.move) {
      if (Math.hypot(x - held.x, y - held.y) < STILL) return;
      held.move = dragged(hit.stretch, hit.share, GRIP / hit.length);
      frame.setPointerCapture(event.pointerId);
      leave();
    }
    brush(hit.key, held.move(shareAt(hit.key, x, y)));
  });
  frame.addEventListener("pointerup", () => {
    const { x, y, hit, move } = held ?? { x: 0, y: 0, hit: null, move: null };
    if (held && !move) {
      if (hit?.stretch) brush(hit.key, null);
      else press(x, y);
    }
    held = null;
  });
  frame.addEventListener("pointercancel", () => {
    held = null;
  });
  frame.addEventListener("pointerleave", leave);
}
