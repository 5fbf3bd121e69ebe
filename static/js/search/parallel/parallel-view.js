/** Parallel coordinates on the page: what the trials that are brushed have in common. */

import { h, setText } from "../../base/dom.js";
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
import { shownTrial } from "../shown.js";
import { movedTo, turned } from "./order.js";
import {
  drawAxes,
  drawLines,
  drawLitLine,
  drawStretches,
  flip,
  heightOf,
  LEAST_KNOBS,
  linesOf,
  NAMES,
  nearestLine,
  placesOf,
} from "./picture.js";
import { createTitle } from "./titles.js";

/** @import {SearchContext} from "../types.js" */
/** @import {Dimension} from "../brush/dimension.js" */
/** @import {Lines} from "./picture.js" */

/** So far from a line, or from an axis, it is still meant. */
const REACH = 12;
const NEAR = 13;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function parallelView(root, { store, actions, catalog }) {
  const picture = h("div", { class: "search-layers", role: "img", "data-testid": "search-parallel" });
  const list = h("div", { class: "parallel-axes" });
  const frame = h("div", { class: "parallel-frame" }, picture, list);
  const heard = h("p", { class: "visually-hidden", role: "status" });
  const hint = t(
    "Each line is a trial. Drag along an axis to brush it; drag a name to move its axis, press it to invert.",
  );
  frame.style.setProperty("--names", `${NAMES}px`);
  root.append(frame, h("p", { class: "hint common-hint" }, hint), heard);

  let look = readSearchLook();
  /** @type {Lines | null} */
  let lines = null;
  /** @type {Map<string, ReturnType<typeof createRow>>} */
  let rows = new Map();
  let shape = "";
  let lit = shownTrial(store.get());

  const kept = () => keptBy(store.get().found, store.get().brush);
  const stretch = (/** @type {Dimension} */ dimension) => stretchOf(dimension, store.get().brush);
  const rowOf = (/** @type {string} */ key) => lines?.rows.find(({ dimension }) => dimension.key === key);
  const places = () => placesOf(layers.size(), lines?.rows.length ?? 0);
  const keys = () => lines?.rows.map(({ dimension: { key } }) => key) ?? [];
  const layers = createLayers(picture, {
    faded(context) {
      if (lines && kept()) drawLines(context, places(), lines, () => look.faint, null);
    },
    lines(context) {
      if (lines) drawLines(context, places(), lines, look.rank, kept());
    },
    stretches(context) {
      if (lines) drawStretches(context, places(), lines, stretch, look);
    },
    above(context) {
      if (!lines) return;
      drawLitLine(context, places(), lines, lit, look);
      drawAxes(context, places(), lines, look);
    },
  });

  const set = (/** @type {string} */ key, /** @type {[number, number] | null} */ range) => {
    const row = rowOf(key);
    if (row) actions.setBrush(withRange(store.get().brush, key, range && rangeOf(row.dimension, range)));
  };
  const shareAt = (/** @type {string} */ key, /** @type {number} */ x) => {
    const { left, width } = places();
    return flip(rowOf(key)?.isInverted ?? false, Math.min(1, Math.max(0, (x - left) / width)));
  };
  const lineAt = (/** @type {number} */ x, /** @type {number} */ y) =>
    lines && nearestLine(places(), lines, kept(), { x, y, reach: REACH });
  trackStrokes(picture, {
    axisAt(x, y) {
      const { left, width, y: at, nearest } = places();
      const row = lines?.rows[nearest(y)];
      if (!row || Math.abs(at(nearest(y)) - y) > NEAR || x < left - NEAR || x > left + width + NEAR) return null;
      const { key } = row.dimension;
      return { key, share: shareAt(key, x), length: width, stretch: stretch(row.dimension) };
    },
    shareAt,
    brush: set,
    point: (x, y) => actions.point(lineAt(x, y)),
    leave: () => actions.point(null),
    press: (x, y) => actions.choose(lineAt(x, y)),
  });
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") actions.setBrush({});
  });

  const arrange = (/** @type {string} */ key, /** @type {number} */ to) => {
    const order = movedTo(keys(), key, to);
    if (order.join() !== keys().join()) actions.arrange({ ...store.get().arrangement, order });
  };
  /** @param {Dimension} dimension */
  function createRow(dimension) {
    const { key, title } = dimension;
    const say = () => {
      const order = keys();
      setText(
        heard,
        t("{title}: axis {place} of {count}", { title, place: order.indexOf(key) + 1, count: order.length }),
      );
    };
    const name = createTitle(list, dimension, {
      turn: () => actions.arrange(turned({ ...store.get().arrangement, order: keys() }, key)),
      step(by) {
        arrange(key, keys().indexOf(key) + by);
        say();
      },
      drag: (y) => arrange(key, places().nearest(y)),
    });
    const ends = createEnds(
      dimension,
      () => {
        const row = rowOf(key);
        return row ? stretch(row.dimension) : null;
      },
      (range) => set(key, range),
    );
    const element = h(
      "div",
      { class: "parallel-axis", role: "group", "aria-label": title },
      name.button,
      ...ends.inputs,
    );
    return { element, name, ends };
  }

  const showBrush = () => {
    for (const { dimension, isInverted } of lines?.rows ?? []) {
      rows.get(dimension.key)?.ends.update(dimension, stretch(dimension), isInverted);
    }
    picture.dataset.kept = String(kept()?.count ?? lines?.count ?? "");
  };
  const describePicture = () => {
    if (!lines) return;
    const titles = all(lines.rows.map(({ dimension }) => dimension.title));
    picture.setAttribute(
      "aria-label",
      tn(
        "Parallel coordinates of {count} trial along {titles}. {words}",
        "Parallel coordinates of {count} trials along {titles}. {words}",
        lines.count,
        { titles, words: keptWords(store.get()) },
      ),
    );
  };

  watch(store, ["found", "arrangement"], ({ found, arrangement }) => {
    const dimensions = found ? dimensionsOf(found, catalog) : [];
    lines = found && linesOf(found, dimensions, arrangement);
    frame.style.height = `${heightOf(Math.max(LEAST_KNOBS, dimensions.length))}px`;
    showRows();
    showBrush();
    describePicture();
    layers.redraw();
  });
  const keepUp = inTurn(KEEP_UP, () => {
    describePicture();
    layers.redrawNow("lines");
  });
  followBrush(store, {
    turn: () => layers.redraw("faded"),
    change() {
      showBrush();
      layers.redraw("stretches");
      keepUp();
    },
  });
  watch(store, ["found", "brush", "pointed", "chosen"], (state) => {
    const now = shownTrial(state);
    if (now !== lit) layers.redraw("above");
    lit = now;
  });
  watchPalette(() => {
    look = readSearchLook();
    layers.redraw();
  });

  /** Names and ends are made anew only for other axes: what has the focus keeps it while they change places. */
  function showRows() {
    const now = lines?.rows ?? [];
    const next = JSON.stringify(now.map(({ dimension: { key, title, steps } }) => [key, title, steps]).toSorted());
    if (next !== shape) {
      shape = next;
      rows = new Map(now.map(({ dimension }) => [dimension.key, createRow(dimension)]));
    }
    const elements = now.flatMap(({ dimension: { key } }) => rows.get(key)?.element ?? []);
    const focused = document.activeElement;
    if (elements.some((element, i) => element !== list.children[i]) || list.childElementCount !== elements.length) {
      list.replaceChildren(...elements);
      if (focused instanceof HTMLElement && list.contains(focused)) focused.focus({ preventScroll: true });
    }
    const { y } = placesOf({ width: 0, height: heightOf(now.length) }, now.length);
    now.forEach(({ dimension: { key }, isInverted }, index) => {
      const row = rows.get(key);
      row?.name.update(isInverted);
      row?.element.style.setProperty("--y", `${y(index)}px`);
    });
  }
}
