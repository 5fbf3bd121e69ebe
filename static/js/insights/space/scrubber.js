/** The slider that goes from layer to layer: it stops anywhere between them, and keys and presses lead on to a layer. */

import { h, setAttribute } from "../../base/dom.js";
import { t } from "../../base/words.js";
import { frameName } from "./words.js";

/** Milliseconds from one layer to the next. */
const PACE = 600;
const FINE = 0.02;

/**
 * @param {(at: number) => void} moved
 */
export function createScrubber(moved) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let [at, last, running] = [0, 0, 0];
  const input = h("input", {
    type: "range",
    class: "space-scrubber",
    "data-testid": "space-scrubber",
    "aria-label": t("From layer to layer"),
    "data-tip-title": t("From layer to layer"),
    "data-tip": t("Drag to see the plane fold from the inputs to the last hidden layer."),
    min: 0,
    step: FINE,
    oninput: () => {
      stop();
      put(input.valueAsNumber);
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const to = { ArrowRight: Math.floor(at + 1), ArrowUp: Math.floor(at + 1), ArrowLeft: Math.ceil(at - 1) }[
        event.key
      ];
      const down = event.key === "ArrowDown" ? Math.ceil(at - 1) : to;
      if (down === undefined) return;
      event.preventDefault();
      go(down);
    },
  });

  const stop = () => cancelAnimationFrame(running);

  /** @param {number} place */
  const put = (place) => {
    at = Math.min(last, Math.max(0, place));
    show();
    moved(at);
  };

  const show = () => {
    input.value = String(at);
    input.style.setProperty("--fill", String(last > 0 ? at / last : 0));
    const [from, to] = [Math.floor(at), Math.ceil(at)];
    setAttribute(
      input,
      "aria-valuetext",
      from === to ? frameName(from) : t("between {from} and {to}", { from: frameName(from), to: frameName(to) }),
    );
  };

  /** On to a layer. @param {number} layer */
  const go = (layer) => {
    stop();
    const [from, to] = [at, Math.min(last, Math.max(0, layer))];
    const time = PACE * Math.sqrt(Math.abs(to - from));
    if (still.matches || time === 0) return put(to);
    const begun = performance.now();
    const step = (/** @type {number} */ now) => {
      const share = Math.min(1, Math.max(0, (now - begun) / time));
      put(from + (to - from) * share);
      if (share < 1) running = requestAnimationFrame(step);
    };
    running = requestAnimationFrame(step);
  };

  return {
    element: input,
    go,
    get at() {
      return at;
    },
    /** @param {number} layers  as many as the network has, the inputs among them */
    setLayers(layers) {
      if (last === layers - 1) return;
      stop();
      last = layers - 1;
      input.max = String(last);
      at = last;
      show();
    },
  };
}
