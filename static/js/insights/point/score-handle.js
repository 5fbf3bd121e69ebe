/** A score that can be dragged sideways, or changed with arrow keys, to see what softmax makes of it. */

import { h, setAttribute } from "../../base/dom.js";
import { t } from "../../base/words.js";
import { short } from "./numbers.js";

/** So many pixels are 1. */
const PIXELS = 60;
const KEY_STEP = 0.1;
const FURTHEST = 20;

/**
 * @param {number} place  which class it is the score of
 * @param {(place: number, score: number) => void} drag
 */
export function createScoreHandle(place, drag) {
  let score = 0;
  /** @type {{x: number, score: number} | null} */
  let held = null;
  const move = (/** @type {number} */ value) =>
    drag(place, Math.round(100 * Math.min(FURTHEST, Math.max(-FURTHEST, value))) / 100);

  const element = h("span", {
    class: "point-score",
    role: "slider",
    tabindex: "0",
    "data-testid": `point-score-${place}`,
    "aria-label": t("Score of class {place}", { place }),
    "aria-valuemin": -FURTHEST,
    "aria-valuemax": FURTHEST,
    onpointerdown: (/** @type {PointerEvent} */ event) => {
      held = { x: event.clientX, score };
      element.setPointerCapture(event.pointerId);
    },
    onpointermove: (/** @type {PointerEvent} */ event) => {
      if (held) move(held.score + (event.clientX - held.x) / PIXELS);
    },
    onpointerup: () => (held = null),
    onpointercancel: () => (held = null),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      move(score + step * KEY_STEP);
    },
  });

  return {
    element,
    /** @param {number} value */
    show(value) {
      score = value;
      setAttribute(element, "aria-valuenow", value);
      setAttribute(element, "aria-valuetext", short(value));
    },
  };
}
