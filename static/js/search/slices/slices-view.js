/** Slices on the page: what each setting does by itself, brushed and lit together with all other pictures. */

import { onResize } from "../../base/canvas.js";
import { h } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { all, t, tn } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { keptBy, withRange } from "../brush/brush.js";
import { dimensionsOf, rangeOf, stretchOf } from "../brush/dimension.js";
import { createEnds } from "../brush/ends.js";
import { createLayers } from "../brush/layers.js";
import { trackStrokes } from "../brush/stroke.js";
import { followBrush } from "../brush/follow.js";
import { inTurn, KEEP_UP } from "../brush/turns.js";
import { keptWords } from "../brush/words.js";
import { readSearchLook } from "../map/look.js";
import { heightOf, LEAST_KNOBS } from "../parallel/picture.js";
import { shownTrial } from "../shown.js";
import { cellAt, cellsOf, drawDots, drawGround, drawMarks, nearestDot, slicesOf } from "./picture.js";

/** @import {SearchContext} from "../types.js" */
/** @import {Dimension} from "../brush/dimension.js" */
/** @import {Slices} from "./picture.js" */

/** So far from a dot it is still meant. */
const REACH = 14;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function slicesView(root, { store, actions, catalog }) {
  const picture = h("div", { class: "search-layers", role: "img", "data-testid": "search-slices" });
  const list = h("div", { class: "slices-axes" });
  const frame = h("div", { class: "parallel-frame" }, picture, list);
  const hint = t("Lower is better. The shaded strip holds the scores that starts alone cannot tell from the best.");
  root.append(frame, h("p", { class: "hint common-hint" }, hint));

  let look = readSearchLook();
  /** @type {Slices | null} */
  let scene = null;
  /** @type {ReturnType<typeof createSlice>[]} */
  let ends = [];
  let shape = "";

  const kept = () => keptBy(store.get().found, store.get().brush);
  const stretch = (/** @type {Dimension} */ dimension) => stretchOf(dimension, store.get().brush);
  const cells = () => cellsOf(layers.size(), scene?.slices.length ?? 0);
  const dimensionOf = (/** @type {string} */ key) =>
    scene?.slices.find(({ dimension }) => dimension.key === key)?.dimension;
  const layers = createLayers(picture, {
    ground(context) {
      if (!scene) return;
      drawGround(context, cells(), scene, look);
      if (kept()) drawDots(context, cells(), scene, () => look.faint, null);
    },
    dots(context) {
      if (scene) drawDots(context, cells(), scene, look.rank, kept());
    },
    marks(context) {
      if (scene) drawMarks(context, cells(), scene, { lit: shownTrial(store.get()), stretch }, look);
    },
  });

  const set = (/** @type {string} */ key, /** @type {[number, number] | null} */ range) => {
    const dimension = dimensionOf(key);
    if (dimension) actions.setBrush(withRange(store.get().brush, key, range && rangeOf(dimension, range)));
  };
  const shareIn = (/** @type {{x: number, width: number}} */ cell, /** @type {number} */ x) =>
    Math.min(1, Math.max(0, (x - cell.x) / cell.width));
  const dotAt = (/** @type {number} */ x, /** @type {number} */ y) =>
    scene && nearestDot(cells(), scene, kept(), { x, y, reach: REACH });
  trackStrokes(picture, {
    axisAt(x, y) {
      const cell = cellAt(cells(), x, y);
      const dimension = cell && scene?.slices[cell.index]?.dimension;
      if (!dimension) return null;
      return { key: dimension.key, share: shareIn(cell, x), length: cell.width, stretch: stretch(dimension) };
    },
    shareAt(key, x) {
      const cell = cells().find(({ index }) => scene?.slices[index]?.dimension.key === key);
      return cell ? shareIn(cell, x) : 0;
    },
    brush: set,
    point: (x, y) => actions.point(dotAt(x, y)),
    leave: () => actions.point(null),
    press: (x, y) => actions.choose(dotAt(x, y)),
  });
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") actions.setBrush({});
  });

  /** @param {Dimension} dimension */
  function createSlice(dimension) {
    const now = () => {
      const current = dimensionOf(dimension.key);
      return current ? stretch(current) : null;
    };
    const { inputs, update } = createEnds(dimension, now, (range) => set(dimension.key, range), "slice");
    return {
      element: h("div", { class: "slices-axis", role: "group", "aria-label": dimension.title }, ...inputs),
      update,
    };
  }

  const showBrush = () => {
    if (!scene) return;
    scene.slices.forEach(({ dimension }, index) => ends[index]?.update(dimension, stretch(dimension)));
    picture.dataset.kept = String(kept()?.count ?? scene.up.length);
  };
  const describePicture = () => {
    if (!scene) return;
    const count = scene.up.length;
    picture.setAttribute(
      "aria-label",
      tn(
        "The score of {count} trial against {titles}, each by itself. {words}",
        "The scores of {count} trials against {titles}, each by itself. {words}",
        count,
        { titles: all(scene.slices.map(({ dimension }) => dimension.title)), words: keptWords(store.get()) },
      ),
    );
  };

  watch(store, ["found", "band"], ({ found, band }) => {
    const dimensions = found ? dimensionsOf(found, catalog) : [];
    // As high as the other picture, so that nothing moves from one to the other.
    frame.style.height = `${heightOf(Math.max(LEAST_KNOBS, dimensions.length))}px`;
    scene = found && slicesOf(found, dimensions, band);
    showEnds();
    placeEnds();
    showBrush();
    describePicture();
    layers.redraw();
  });
  onResize(frame, (size) => placeEnds(size));
  const keepUp = inTurn(KEEP_UP, () => {
    describePicture();
    layers.redrawNow("dots");
  });
  followBrush(store, {
    turn: () => layers.redraw("ground"),
    change() {
      showBrush();
      layers.redraw("marks");
      keepUp();
    },
  });
  watch(store, ["pointed", "chosen"], () => layers.redraw("marks"));
  watchPalette(() => {
    look = readSearchLook();
    layers.redraw();
  });

  /** Under the plots. */
  function placeEnds(size = layers.size()) {
    for (const { index, x, y, width, height } of cellsOf(size, ends.length)) {
      const { style } = ends[index]?.element ?? {};
      style?.setProperty("--x", `${x}px`);
      style?.setProperty("--y", `${y + height}px`);
      style?.setProperty("--width", `${width}px`);
    }
  }

  function showEnds() {
    const now = (scene?.slices ?? []).map(({ dimension }) => dimension);
    const next = JSON.stringify(now.map(({ key, title, steps }) => [key, title, steps]));
    if (next !== shape) {
      shape = next;
      ends = now.map(createSlice);
      list.replaceChildren(...ends.map(({ element }) => element));
    }
  }
}
