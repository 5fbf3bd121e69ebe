/** When the good ones pulled ahead: the curve of every trial, lit together with its dot on the map. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h } from "../../base/dom.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { t, tn } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { readSearchLook } from "../map/look.js";
import { shownTrial } from "../shown.js";
import { drawCurves, nearestCurve } from "./picture.js";

/** @import {SearchContext} from "../types.js" */

/** So far from a curve it is still meant. */
const REACH = 12;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function curvesView(root, { store, actions }) {
  const canvas = h("canvas", { class: "search-map", role: "img", "data-testid": "search-curves" });
  const frame = h("div", { class: "search-curves-frame" }, canvas);
  root.append(
    h("h2", { id: "curves-title" }, t("When did the good ones pull ahead?")),
    frame,
    h("p", { class: "hint" }, t("Score against updates, both on logarithmic scales. A bar ends what was cut.")),
  );
  let look = readSearchLook();
  let size = { width: 0, height: 0 };

  const draw = () => {
    if (size.width <= 0) return;
    const { context } = fitCanvas(canvas, size);
    context.clearRect(0, 0, size.width, size.height);
    const state = store.get();
    if (state.found) drawCurves(context, size, state.found, look, shownTrial(state)?.number ?? null);
  };
  const drawSoon = oncePerFrame(draw);
  const hit = (/** @type {MouseEvent} */ event) => {
    const { found } = store.get();
    const { left, top } = canvas.getBoundingClientRect();
    return found ? nearestCurve(found, size, event.clientX - left, event.clientY - top, REACH) : null;
  };
  canvas.addEventListener("pointermove", (event) => actions.point(hit(event)));
  canvas.addEventListener("pointerleave", () => actions.point(null));
  canvas.addEventListener("click", (event) => actions.choose(hit(event)));

  watch(store, ["found", "mode"], ({ found, mode }) => {
    root.hidden = mode === "duel" || !found;
    const count = found?.ranking.length ?? 0;
    canvas.dataset.curves = String(count);
    canvas.setAttribute("aria-label", tn("The curve of {count} trial", "The curves of {count} trials", count));
    drawSoon();
  });
  watch(store, ["pointed", "chosen"], drawSoon);
  watchPalette(() => {
    look = readSearchLook();
    drawSoon();
  });
  onResize(frame, (next) => {
    size = { width: Math.floor(next.width), height: Math.floor(next.height) };
    draw();
  });
}
