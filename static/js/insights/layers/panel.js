/**
 * A panel of the strip: a sentence, and a picture whose columns stand under those of the network. Both are drawn from the
 * newest reading of the panel's kind, each layer says more where it is pointed at or focused, and all can be saved.
 */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, setAttribute } from "../../base/dom.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { describe } from "../../ui/tooltip.js";
import { PHONE } from "../phone.js";
import { createSaving } from "../saving.js";
import { createSentence, say } from "../sentence.js";
import { readLook } from "./look.js";
import { layerName, leastWidth, placeColumns } from "./place.js";

/** @import {Context, Frame, Inspect, Spec, State} from "../../base/types.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "./look.js" */
/** @import {Place} from "./place.js" */
/** @import {Saved, Table} from "../saving.js" */
/** @import {Sentence} from "../sentence.js" */

/**
 * @template Numbers
 * @typedef {object} Panel
 * @property {Inspect["kind"]} kind  of the readings
 * @property {string} title
 * @property {(frame: Frame) => Numbers | null} read  null where the frame has no such reading
 * @property {(numbers: Numbers) => number} layers  how many the reading is of
 * @property {(numbers: Numbers, spec: Spec) => Sentence} say
 * @property {(surface: Surface, numbers: Numbers, place: Place, look: Look, spec: Spec) => void} draw
 * @property {(numbers: Numbers, layer: number, spec: Spec) => string} tell  more of one layer
 * @property {(numbers: Numbers) => Table} table
 * @property {(state: Readonly<State>) => object} [asks]  what else is asked for
 * @property {HTMLElement[]} [controls]  beside the sentence
 * @property {() => Saved | null} [saved]  what is saved instead; null where it is the panel
 */

/**
 * @template Numbers
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {Panel<Numbers>} panel
 */
export function createPanel(root, { store, want }, panel) {
  const { kind } = panel;
  const phone = matchMedia(PHONE);
  /** @type {{numbers: Numbers, frame: Frame} | null} */
  let read = null;
  let size = { width: 0, height: 0 };
  let look = readLook();
  const parts = build(root, kind);
  const layers = createLayers(parts.layers);

  /** On a phone it may be wider than what is seen of it: then it is swiped. */
  const sizeOf = (/** @type {Numbers} */ numbers) => {
    const isByLayer = phone.matches && !store.get().pair;
    return isByLayer ? { ...size, width: Math.max(size.width, leastWidth(panel.layers(numbers))) } : size;
  };

  const place = (/** @type {Numbers} */ numbers) => {
    const { columns, enlarged } = store.get();
    const isAlone = phone.matches || enlarged === "strip";
    return placeColumns(sizeOf(numbers), isAlone ? [] : columns, panel.layers(numbers));
  };

  /** What was read last, where it is still of this network. */
  const known = () => (read && panel.layers(read.numbers) === store.get().units.length - 1 ? read : null);

  const show = oncePerFrame(() => {
    const now = known();
    if (store.get().insight !== kind || size.width === 0) return;
    const { context, width, height } = fitCanvas(parts.canvas, now ? sizeOf(now.numbers) : size);
    context.clearRect(0, 0, width, height);
    parts.widen(width > size.width ? width : null);
    if (!now) return;
    const { spec } = store.get();
    const at = place(now.numbers);
    panel.draw(context, now.numbers, at, look, spec);
    say(parts.sentence, panel.say(now.numbers, spec), parts.canvas);
    layers.update(at, panel.layers(now.numbers), (layer) => panel.tell(now.numbers, layer, spec));
  });

  const saving = createSaving({
    kind,
    title: panel.title,
    look: () => look,
    rows: t("The numbers of the panel, a row for each layer."),
    now: () => {
      const instead = panel.saved?.();
      if (instead) return instead;
      const now = known();
      if (!now) return null;
      const { spec } = store.get();
      return {
        step: now.frame.step,
        size: sizeOf(now.numbers),
        text: panel.say(now.numbers, spec).text,
        draw: (surface) => panel.draw(surface, now.numbers, place(now.numbers), look, spec),
        table: () => panel.table(now.numbers),
      };
    },
  });
  parts.head.append(...(panel.controls ?? []), saving.button);
  root.append(saving.files);

  watchPalette(() => {
    look = readLook();
    show();
  });
  watch(store, ["insight", "pair", "sharpness"], (state) => {
    const inspect = /** @type {Inspect} */ ({ kind, ...panel.asks?.(state) });
    want(kind, { inspect: state.insight === kind ? inspect : null });
    show();
  });
  watch(store, ["columns", "units", "spec"], show);
  onResize(parts.picture, (now) => {
    size = now;
    show();
  });

  return {
    /** @param {Frame} frame */
    draw(frame) {
      const numbers = frame.reading?.kind === kind && frame !== read?.frame ? panel.read(frame) : null;
      if (!numbers) return;
      read = { numbers, frame };
      show();
    },
  };
}

/** @param {HTMLElement} root @param {string} kind */
function build(root, kind) {
  const sentence = createSentence(kind);
  const canvas = h("canvas", { class: "inside-canvas", role: "img", "aria-label": t("There are no numbers yet.") });
  const layers = h("div", { class: "inside-layers" });
  const picture = h("div", { class: "inside-picture" }, canvas, layers);
  const head = h("div", { class: "inside-head" }, sentence);
  root.append(head, picture);
  const mark = () => {
    picture.classList.toggle("is-at-end", picture.scrollLeft + picture.clientWidth >= picture.scrollWidth - 1);
  };
  picture.addEventListener("scroll", mark, { passive: true });
  return {
    head,
    sentence,
    canvas,
    layers,
    picture,
    /** @param {number | null} width  null where all of it is seen */
    widen(width) {
      canvas.style.width = width === null ? "" : `${width}px`;
      picture.classList.toggle("is-wide", width !== null);
      mark();
    },
  };
}

/**
 * What can be focused over the columns of a picture, and says more of each layer.
 *
 * @param {HTMLElement} parent
 */
function createLayers(parent) {
  /** @type {HTMLElement[]} */
  let stops = [];
  return {
    /**
     * @param {Place} place
     * @param {number} count  of the layers there are
     * @param {(layer: number) => string} tell
     */
    update({ columns, pitch }, count, tell) {
      if (stops.length !== columns.length) {
        stops = columns.map(() => h("div", { class: "inside-layer", role: "img", tabindex: 0 }));
        parent.replaceChildren(...stops);
      }
      columns.forEach(({ layer, x }, index) => {
        const stop = stops[index];
        if (!stop) return;
        const title = layerName(layer, count);
        const text = tell(layer);
        stop.style.left = `${x - pitch / 2}px`;
        stop.style.width = `${pitch}px`;
        setAttribute(stop, "aria-label", t("{title}: {text}", { title, text }));
        describe(stop, { title, text });
      });
    },
  };
}
