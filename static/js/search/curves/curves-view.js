/** When the good ones pulled ahead: the curve of every trial, lit together with its dot on the map. */

import { h } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { t, tn } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { keptBy } from "../brush/brush.js";
import { createLayers } from "../brush/layers.js";
import { followBrush } from "../brush/follow.js";
import { FOLLOW, inTurn } from "../brush/turns.js";
import { readSearchLook } from "../map/look.js";
import { shownTrial } from "../shown.js";
import { drawCurves, drawLitCurve, drawPlot, nearestCurve } from "./picture.js";

/** @import {SearchContext} from "../types.js" */

/** So far from a curve it is still meant. */
const REACH = 12;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function curvesView(root, { store, actions }) {
  const picture = h("div", { class: "search-layers", role: "img", "data-testid": "search-curves" });
  const frame = h("div", { class: "search-curves-frame" }, picture);
  root.append(
    h("h2", { id: "curves-title" }, t("When did the good ones pull ahead?")),
    frame,
    h("p", { class: "hint" }, t("Score against updates, both on logarithmic scales. A bar ends what was cut.")),
  );
  let look = readSearchLook();
  const kept = () => keptBy(store.get().found, store.get().brush);
  const layers = createLayers(picture, {
    faded(context, size) {
      const { found } = store.get();
      if (!found) return;
      drawPlot(context, size, found, look);
      if (kept()) drawCurves(context, size, found, () => look.faint, null);
    },
    curves(context, size) {
      const { found } = store.get();
      if (found) drawCurves(context, size, found, look.rank, kept());
    },
    lit(context, size) {
      const { found } = store.get();
      if (found) drawLitCurve(context, size, found, look, shownTrial(store.get()));
    },
  });
  const follow = inTurn(FOLLOW, () => layers.redrawNow("curves", "lit"));
  const hit = (/** @type {MouseEvent} */ event) => {
    const { found } = store.get();
    const { left, top } = picture.getBoundingClientRect();
    return found ? nearestCurve(found, layers.size(), event.clientX - left, event.clientY - top, REACH) : null;
  };
  picture.addEventListener("pointermove", (event) => actions.point(hit(event)));
  picture.addEventListener("pointerleave", () => actions.point(null));
  picture.addEventListener("click", (event) => actions.choose(hit(event)));

  watch(store, ["found", "mode"], ({ found, mode }) => {
    root.hidden = mode === "duel" || !found;
    const count = found?.ranking.length ?? 0;
    picture.dataset.curves = String(count);
    picture.setAttribute("aria-label", tn("The curve of {count} trial", "The curves of {count} trials", count));
    layers.redraw();
  });
  followBrush(store, { turn: () => layers.redraw("faded"), change: follow });
  watch(store, ["pointed", "chosen"], () => layers.redraw("lit"));
  watchPalette(() => {
    look = readSearchLook();
    layers.redraw();
  });
}
