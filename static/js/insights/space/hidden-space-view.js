/**
 * The plane as each layer sees it: a film of frames under the columns of the network, a slider that goes from one to the
 * next, and the chosen one large in the place of the map.
 */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, setAttribute } from "../../base/dom.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { describe } from "../../ui/tooltip.js";
import { readLook } from "../layers/look.js";
import { createSaving } from "../saving.js";
import { createSentence, say } from "../sentence.js";
import { drawFilm, drawShot } from "./picture.js";
import { placeBeside, placeFilm } from "./place.js";
import { createScrubber } from "./scrubber.js";
import { nearestPoint, shotAt, spaceOf, widest } from "./space.js";
import { PHONE } from "../phone.js";
import { createStage } from "../stage.js";
import { frameDetail, frameName, frameTitle, pointsOf, spaceTable, spaceWords } from "./words.js";

/** @import {Context, Frame, View} from "../../base/types.js" */
/** @import {Style} from "./picture.js" */
/** @import {Box, Film} from "./place.js" */
/** @import {Space} from "./space.js" */

const KIND = "hidden-space";

/** A point is pointed at from this near, in pixels, and on the map in its units. */
const NEAR = 9;
const NEAR_ON_MAP = 0.35;

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function hiddenSpaceView(root, { store, frames, catalog, want }) {
  const phone = matchMedia(PHONE);
  /** @type {{space: Space, frame: Frame} | null} */
  let read = null;
  let size = { width: 0, height: 0 };
  /** @type {Style | null} */
  let style = null;
  let staged = false;

  const isOpen = () => store.get().insight === KIND;
  /** What was read last, where it is still of this network. */
  const known = () => (read && read.space.layers.length === store.get().units.length - 1 ? read : null);
  const film = (/** @type {Space} */ { layers: { length } }) => {
    const { columns, enlarged } = store.get();
    return phone.matches ? placeBeside(size, length) : placeFilm(size, enlarged === "strip" ? [] : columns, length);
  };

  const scrubber = createScrubber(() => {
    staged = !phone.matches;
    show();
  });
  const stage = createStage("space", () => setStaged(false));
  const axes = h(
    "button",
    {
      type: "button",
      class: "button is-quiet space-axes",
      "data-testid": "space-units",
      onclick: () => store.set({ picks: store.get().picks ? null : widestPairs() }),
    },
    t("Two units"),
  );
  describe(axes, {
    title: t("Two units"),
    text: t("Shows two units of each layer instead of its main axes. Press others in the network to see these."),
  });
  const parts = build(root, axes, scrubber.element);
  const stops = createStops(parts.stops, scrubber.go);

  const widestPairs = () => (known()?.space.spread ?? []).map(widest);

  /** @param {boolean} on */
  const setStaged = (on) => {
    staged = on;
    show();
  };

  const shown = (/** @type {Space} */ space) => {
    const { scene } = frames;
    if (!scene) return null;
    const { lit } = store.get();
    const isLit = lit !== null && lit >= 0 && lit % space.every === 0 && lit < scene.train;
    const names = (store.get().spec.features ?? []).map(
      (/** @type {string} */ name) => catalog.families.features?.find(({ kind }) => kind === name)?.label ?? name,
    );
    return { space, points: pointsOf(scene), names, at: scrubber.at, lit: isLit ? lit / space.every : -1 };
  };

  const show = oncePerFrame(() => {
    const now = known();
    if (!isOpen() || !now || !style || size.width === 0) return stage.show(null, () => {});
    const { space } = now;
    scrubber.setLayers(space.layers.length);
    const picture = shown(space);
    if (!picture) return;
    const { context, width, height } = fitCanvas(parts.canvas, size);
    context.clearRect(0, 0, width, height);
    const placed = film(space);
    drawFilm(context, picture, placed, style);
    say(parts.sentence, spaceWords(space, picture.points), parts.canvas);
    stops.update(placed, (index) => frameDetail(space, index, picture.points));
    placeScrubber(placed);
    const here = Math.round(scrubber.at);
    const layer = space.layers[here];
    const title = layer ? frameTitle(layer, here, picture.names) : "";
    stage.show(staged ? title : null, (surface, box) => {
      if (style) drawShot(surface, shotAt(space, scrubber.at), picture, box, style);
    });
  });

  /** Its stops are the middles of the frames. @param {Film} film */
  const placeScrubber = ({ frames: boxes, large }) => {
    const [first, last] = [boxes[0], boxes.at(-1)];
    const spans = first && last && last !== first && !large;
    const middle = (/** @type {Box | undefined} */ box) => (box ? box.x + box.side / 2 : 0);
    scrubber.element.style.marginLeft = spans ? `calc(${middle(first)}px - var(--thumb) / 2)` : "";
    scrubber.element.style.width = spans ? `calc(${middle(last) - middle(first)}px + var(--thumb))` : "";
    scrubber.element.disabled = boxes.length < 2;
  };

  /**
   * @param {Box[]} boxes
   * @param {(box: number) => number} at  which place of the film a box shows
   */
  const light = (boxes, at) => (/** @type {PointerEvent} */ event) => {
    const space = known()?.space;
    if (!space || !(event.currentTarget instanceof Element)) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    let found = -1;
    boxes.forEach((box, index) => {
      const half = box.side / 2;
      const [x, y] = [(event.clientX - left - box.x) / half - 1, 1 - (event.clientY - top - box.y) / half];
      if (Math.max(Math.abs(x), Math.abs(y)) > 1) return;
      found = nearestPoint(shotAt(space, at(index)).points, x, y, NEAR / half);
    });
    store.set({ lit: found < 0 ? -1 : found * space.every });
  };
  const unlight = () => isOpen() && store.set({ lit: -1 });
  parts.picture.addEventListener("pointermove", (event) => {
    const space = known()?.space;
    if (!space) return;
    const { frames: boxes, large } = film(space);
    light(large ? [...boxes, large] : boxes, (index) => (index < boxes.length ? index : scrubber.at))(event);
  });
  parts.picture.addEventListener("pointerleave", unlight);
  stage.canvas.addEventListener("pointermove", (event) => light([stage.box()], () => scrubber.at)(event));
  stage.canvas.addEventListener("pointerleave", unlight);
  document.addEventListener("keydown", ({ key, defaultPrevented }) => {
    if (key === "Escape" && !defaultPrevented && staged) setStaged(false);
  });

  const saving = createSaving({
    kind: KIND,
    title: t("Hidden space"),
    look: () => style?.look ?? readLook(),
    rows: t("Where each point lies, a row for each point in each layer."),
    now: () => {
      const now = known();
      const picture = now && shown(now.space);
      if (!now || !picture) return null;
      return {
        step: now.frame.step,
        size,
        text: spaceWords(now.space, picture.points).text,
        draw: (surface) => style && drawFilm(surface, picture, film(now.space), style),
        table: () => spaceTable(now.space, picture.points),
      };
    },
  });
  parts.head.append(saving.button);
  root.append(saving.files);

  watchPalette((palette) => {
    style = { palette, look: readLook() };
    show();
  });
  watch(store, ["insight", "picks"], ({ picks }) => {
    const pairs = picks ? { pairs: picks } : {};
    want(KIND, { inspect: isOpen() ? { kind: KIND, ...pairs } : null });
    setAttribute(axes, "aria-pressed", String(picks !== null));
  });
  watch(store, ["insight"], () => {
    if (!isOpen()) staged = false;
    store.set(isOpen() ? { lit: -1 } : { lit: null, pointed: null, picks: null });
    show();
  });
  watch(store, ["units"], () => {
    if (store.get().picks) store.set({ picks: null });
  });
  watch(store, ["pointed"], ({ pointed, lit }) => {
    const { scene } = frames;
    const every = known()?.space.every;
    if (lit === null || !scene || !every) return;
    store.set({ lit: pointed ? nearestSampled(scene, every, pointed) : -1 });
  });
  watch(store, ["columns", "lit"], show);
  frames.subscribe(show);
  onResize(stage.element, show);
  onResize(parts.picture, (now) => {
    size = now;
    show();
  });

  return {
    draw(frame) {
      const isNew = frame.reading?.kind === KIND && frame !== read?.frame;
      const space = isNew ? spaceOf(frame, store.get().units) : null;
      if (!space) return;
      read = { space, frame };
      show();
    },
  };
}

/**
 * Of the training points that are looked at the nearest to a place of the map.
 *
 * @param {import("../../base/types.js").Scene} scene
 * @param {number} every
 * @param {[number, number]} place
 */
function nearestSampled({ arrays: { points }, train }, every, [x1, x2]) {
  const sampled = Array.from({ length: Math.ceil(train / every) }, (_, index) => index * every);
  const places = sampled.flatMap((index) => [points.data[2 * index] ?? NaN, points.data[2 * index + 1] ?? NaN]);
  const found = nearestPoint(places, x1, x2, NEAR_ON_MAP);
  return found < 0 ? -1 : found * every;
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} axes
 * @param {HTMLElement} scrubber
 */
function build(root, axes, scrubber) {
  const sentence = createSentence(KIND);
  const canvas = h("canvas", { class: "inside-canvas", role: "img", "aria-label": t("There are no numbers yet.") });
  const stops = h("div", { class: "inside-layers" });
  const picture = h("div", { class: "inside-picture" }, canvas, stops);
  const head = h("div", { class: "inside-head" }, sentence, axes);
  root.append(head, h("div", { class: "space-body" }, picture, scrubber));
  return { head, sentence, canvas, stops, picture };
}

/**
 * The frames as buttons: each says what it shows, and leads there.
 *
 * @param {HTMLElement} parent
 * @param {(index: number) => void} go
 */
function createStops(parent, go) {
  /** @type {HTMLElement[]} */
  let stops = [];
  return {
    /**
     * @param {Film} film
     * @param {(index: number) => string} tell
     */
    update({ frames }, tell) {
      if (stops.length !== frames.length) {
        stops = frames.map((_, index) =>
          h("button", { type: "button", class: "space-frame", onclick: () => go(index) }),
        );
        parent.replaceChildren(...stops);
      }
      frames.forEach(({ x, y, side }, index) => {
        const stop = stops[index];
        if (!stop) return;
        const [title, text] = [frameName(index), tell(index)];
        Object.assign(stop.style, { left: `${x}px`, top: `${y}px`, width: `${side}px`, height: `${side}px` });
        setAttribute(stop, "aria-label", t("{title}: {text}", { title, text }));
        describe(stop, { title, text });
      });
    },
  };
}
