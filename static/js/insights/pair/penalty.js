/** What a penalty does to two weights, in the place of the map: they are picked by pressing their links in the network. */

import { h, setAttribute } from "../../base/dom.js";
import { unmarked } from "../../base/marked.js";
import { signed } from "../../base/format.js";
import { watch } from "../../base/store.js";
import { endsOf, parameterLabel } from "../../base/unit-names.js";
import { t } from "../../base/words.js";
import { onResize } from "../../base/canvas.js";
import { describe } from "../../ui/tooltip.js";
import { createTrail } from "../layers/trail.js";
import { PHONE } from "../phone.js";
import { createStage } from "../stage.js";
import { largestPair, pairOf, pairTable, pairWords, pricesOf, weightAt } from "./pair.js";
import { drawPair, drawWithAxes, FILE } from "./picture.js";

/** @import {Context, Frame} from "../../base/types.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "../layers/look.js" */
/** @import {Saved} from "../saving.js" */
/** @import {Pair} from "./pair.js" */

/**
 * @param {Context} context
 * @param {() => Look} look
 */
export function createPenalty({ store, frames, catalog }, look) {
  /** There the map is far above: the picture takes the place of the panel's. */
  const phone = matchMedia(PHONE);
  /** @type {Pair | null} */
  let shown = null;
  let isTooLarge = false;
  let trail = createTrail();
  const stage = createStage("pair", () => store.set({ pair: null }));
  const button = h(
    "button",
    {
      type: "button",
      class: "button is-quiet space-axes",
      "data-testid": "weights-pair",
      "aria-pressed": "false",
      onclick: () => {
        const { pair, layout } = store.get();
        store.set({ pair: pair ? null : largestPair(layout, frames.latest?.arrays.theta.data ?? []) });
      },
    },
    t("Two weights"),
  );
  describe(button, {
    title: t("Two weights"),
    text: t(
      "The loss over two weights, and how a penalty moves its minimum. Press two links in the network to choose them.",
    ),
  });

  const show = () => {
    const { pair, spec } = store.get();
    if (!pair || !shown || phone.matches) return stage.show(null, () => {});
    const now = whole(shown);
    stage.canvas.title = unmarked(pairWords(now.pair, spec));
    stage.show(axesOf(now.pair), (surface, box) => drawPair(surface, now, box, look()));
  };

  /** Which weight is across, and which is up. @param {Pair} pair @returns {[across: string, up: string]} */
  const labelsOf = ({ names: [across, up] }) => {
    const { spec, layout } = store.get();
    const ends = endsOf(spec, layout, frames.scene, catalog);
    return [parameterLabel(across, ends), parameterLabel(up, ends)];
  };

  /** The same in words. @param {Pair} pair */
  const axesOf = (pair) => {
    const [across, up] = labelsOf(pair);
    return t("Across {one}; up {other}", { one: across, other: up });
  };

  /** All that the picture has. @param {Pair} pair */
  const whole = (pair) => ({ pair, prices: pricesOf(store.get().spec), trail: trail.rows });

  /** The two links, with their weights on them. @param {Frame} frame */
  const trace = ({ arrays: { theta } }) => {
    const { pair, layout } = store.get();
    if (!pair) return;
    const links = pair.flatMap((name) => {
      const place = weightAt(layout, name);
      if (!place) return [];
      const value = theta.data[place.index] ?? NaN;
      const { layer, from, to } = place;
      return [{ layer, from, to, size: Math.abs(value), text: signed(value, 2), long: signed(value, 3) }];
    });
    store.set({ tracing: { units: [], present: null, links } });
  };

  let was = store.get().pair;
  watch(store, ["pair"], ({ pair }) => {
    setAttribute(button, "aria-pressed", String(pair !== null));
    trail = createTrail();
    shown = null;
    if (pair && frames.latest) trace(frames.latest);
    if (!pair && was) store.set({ tracing: null });
    was = pair;
    show();
  });
  watch(store, ["insight"], ({ insight, pair }) => {
    if (insight !== "weights" && pair) store.set({ pair: null });
  });
  watch(store, ["units"], () => store.set({ pair: null }));
  watch(store, ["spec"], show);
  onResize(stage.element, show);
  document.addEventListener("keydown", ({ key, defaultPrevented }) => {
    if (key === "Escape" && !defaultPrevented && store.get().pair) store.set({ pair: null });
  });

  return {
    button,
    show,
    /**
     * Draws it in the place of the panel's picture, where it belongs there.
     *
     * @param {Surface} surface
     * @param {{width: number, height: number}} size
     * @returns {boolean}  whether it did
     */
    drawInside(surface, size) {
      if (!store.get().pair || !shown || !phone.matches) return false;
      drawWithAxes(surface, whole(shown), { axes: axesOf(shown), size }, look());
      return true;
    },
    /** What is saved while two weights are looked at. @returns {Saved | null} */
    saved() {
      const { pair, spec } = store.get();
      if (!pair || !shown) return null;
      const now = whole(shown);
      return {
        kind: "two-weights",
        title: t("Two weights"),
        step: shown.step,
        size: FILE,
        text: pairWords(now.pair, spec),
        draw: (surface) => drawWithAxes(surface, now, { axes: axesOf(now.pair), size: FILE }, look()),
        table: () => pairTable(now, labelsOf(now.pair)),
      };
    },
    /** What it says in place of the panel's own sentence; null where it is closed. */
    words() {
      const { pair, spec } = store.get();
      if (pair && isTooLarge) return t("This network is too large to draw the loss over two of its weights.");
      return pair && shown ? pairWords(shown, spec) : null;
    },
    /** @param {Frame} frame */
    draw(frame) {
      const { pair } = store.get();
      if (!pair) return;
      trace(frame);
      if (frame.reading?.kind === "weights") isTooLarge = frame.reading.too_large ?? false;
      const found = pairOf(frame);
      if (!found || String(found.names) !== String(pair)) return;
      trail.add(frame, found.place);
      shown = found;
      show();
    },
  };
}
