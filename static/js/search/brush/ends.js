/** The two ends of the stretch that is brushed along an axis, for keys and for those who do not see it. */

import { h, setAttribute } from "../../base/dom.js";
import { t } from "../../base/words.js";

/** @import {Dimension} from "./dimension.js" */

/**
 * Two sliders, each a stop of the Tab key.
 *
 * @param {Dimension} dimension
 * @param {() => [number, number] | null} now  the stretch, in shares of the axis
 * @param {(stretch: [number, number]) => void} set
 * @param {string} [picture]  whose they are, for tests
 */
export function createEnds({ key, title, steps }, now, set, picture = "brush") {
  const inputs = [t("{title}, from", { title }), t("{title}, to", { title })].map((label, end) => {
    /** @type {HTMLInputElement} */
    const input = h("input", {
      type: "range",
      class: "brush-end",
      min: "0",
      max: String(steps),
      step: "1",
      "aria-label": label,
      "data-testid": `search-${picture}-${key}-${end === 0 ? "from" : "to"}`,
      oninput() {
        const [low, high] = now() ?? [0, 1];
        const share = Number(input.value) / steps;
        set(end === 0 ? [Math.min(share, high), high] : [low, Math.max(share, low)]);
      },
    });
    return input;
  });
  let shown = "";
  return {
    inputs,
    /**
     * @param {Dimension} dimension
     * @param {[number, number] | null} stretch
     * @param {boolean} [isInverted]
     */
    update({ say }, stretch, isInverted = false) {
      // Of all axes a hand moves the ends of one.
      const next = JSON.stringify([stretch, isInverted, say(0), say(1)]);
      if (next === shown) return;
      shown = next;
      (stretch ?? [0, 1]).forEach((share, end) => {
        const input = inputs[end];
        if (!input) return;
        input.value = String(Math.round(share * steps));
        setAttribute(input, "aria-valuetext", say(share));
        // Arrow keys go the way that they show.
        setAttribute(input, "dir", isInverted ? "rtl" : null);
        input.style.setProperty("--at", String(isInverted ? 1 - share : share));
      });
    },
  };
}
