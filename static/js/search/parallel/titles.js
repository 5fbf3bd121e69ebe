/** The name of an axis, a button: a drag moves the axis, a press turns it round, arrow keys move it too. */

import { h, setAttribute } from "../../base/dom.js";
import { t } from "../../base/words.js";
import { describe } from "../../ui/tooltip.js";

/** A pointer that moves less is a press. */
const STILL = 4;
const STEPS = /** @type {{[key: string]: number}} */ ({ ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity });

/**
 * @param {HTMLElement} list  which has all of them: it stays while its axes change places
 * @param {import("../brush/dimension.js").Dimension} dimension
 * @param {object} actions
 * @param {() => void} actions.turn
 * @param {(step: number) => void} actions.step
 * @param {(y: number) => void} actions.drag  where the pointer is, from the top of the list
 */
export function createTitle(list, { key, title }, { turn, step, drag }) {
  const arrow = h("span", { class: "parallel-arrow", "aria-hidden": "true" });
  let isDragged = false;
  const button = h(
    "button",
    {
      type: "button",
      class: "parallel-title",
      "data-testid": `search-parallel-${key}`,
      "data-axis": key,
      onclick(/** @type {MouseEvent} */ { detail }) {
        // A key presses too, after whatever drag.
        if (!isDragged || detail === 0) turn();
      },
      onkeydown(/** @type {KeyboardEvent} */ event) {
        const by = STEPS[event.key];
        if (by === undefined) return;
        event.preventDefault();
        step(by);
      },
      onpointerdown(/** @type {PointerEvent} */ { button: which, clientY: begin, pointerId }) {
        isDragged = false;
        if (which !== 0) return;
        const ended = new AbortController();
        const { signal } = ended;
        const move = (/** @type {PointerEvent} */ { clientY }) => {
          if (!isDragged && Math.abs(clientY - begin) < STILL) return;
          if (!isDragged) list.setPointerCapture(pointerId);
          isDragged = true;
          drag(clientY - list.getBoundingClientRect().top);
        };
        const end = () => ended.abort();
        addEventListener("pointermove", move, { signal });
        addEventListener("pointerup", end, { signal });
        addEventListener("pointercancel", end, { signal });
      },
    },
    h("span", {}, title),
    arrow,
  );
  describe(button, {
    title,
    text: t("Drag it up or down to move the axis, press it to invert the axis. The arrow keys move it too."),
  });
  return {
    button,
    /** @param {boolean} isInverted */
    update(isInverted) {
      arrow.textContent = isInverted ? "←" : "→";
      setAttribute(button, "aria-pressed", String(isInverted));
    },
  };
}
