/** The surface from above, with the ways of all racers. Three canvases: the ground, the ways, and what moves. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h } from "../../base/dom.js";
import { ROOM } from "../../draw/frame.js";
import { createMapLegend } from "./map-legend.js";
import { readingAt, wordsAbout } from "./map-reading.js";
import { followStart } from "./start-dragging.js";
import { watchPalette } from "../../draw/palette.js";
import { rounded } from "../../draw/scale.js";
import { racerNames } from "../names.js";
import { createRelief } from "../../draw/height-map.js";
import { drawGround, drawMoving, readRaceLook, sceneOf } from "./picture.js";
import { runnersOf, startsOf } from "../visible.js";
import { describe } from "../../ui/tooltip.js";
import { drawTrail } from "./paths.js";
import { countParts, partsShown, partWords } from "./step-parts.js";
import { watch } from "../../base/store.js";
import { option } from "../../ui/option.js";
import { sentences, t } from "../../base/words.js";

/** @import {RaceContext, RaceState, RaceView, StudyPart, Track} from "../types.js" */
/** @import {Scene} from "./picture.js" */
/** @import {Painter} from "../../draw/height-map.js" */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function mapView(root, context) {
  const { store, results, player, actions, catalog } = context;
  const parts = build(root, context);
  const painter = createRelief();
  let look = readRaceLook();
  let size = 0;
  /** @type {Scene | null} */
  let scene = null;
  let groundKey = "";
  const trails = createTrailLayer(parts.trails);
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const measure = () => {
    const room = parts.frame.clientWidth;
    size = Math.max(0, Math.floor(room - ROOM.left - ROOM.right));
    parts.frame.style.setProperty("--size", `${size}px`);
  };
  const paintGround = () => {
    const { surface, basins } = results;
    if (!surface || size === 0) return;
    const { basins: showBasins } = store.get();
    const key = `${surface.id} ${showBasins && basins ? `${basins.id} ${basins.part}` : ""} ${size}`;
    if (key === groundKey) return;
    groundKey = key;
    scene = sceneOf(surface, size, look);
    paint(parts.ground, painter, scene, surface, showBasins ? basins : null);
    parts.legend.show(scene.levels, showBasins ? basins : null);
    trails.forget();
  };

  const view = {
    draw() {
      paintGround();
      const { track, arithmetic } = results;
      parts.empty.hidden = scene !== null && track !== null;
      if (!scene) return;
      const state = store.get();
      player.showParts(state.arrows === "parts" && !still.matches ? countParts(arithmetic) : 0);
      if (track) trails.draw(scene, track, player.step, state);
      const { context } = fitCanvas(parts.heads, { width: size, height: size });
      context.clearRect(0, 0, size, size);
      const shown = partsShown(results, state, player, scene.scale);
      drawMoving(context, scene, track, player.step, state, startsOf(state.race, catalog), shown);
      parts.say(shown.step ? partWords(shown.step, shown.count) : "");
      if (track) parts.words(scene, track, player.step, state);
    },
  };

  onResize(parts.frame, () => {
    measure();
    groundKey = "";
    view.draw();
  });
  watchPalette(() => {
    look = readRaceLook();
    groundKey = "";
    view.draw();
  });

  followStart(parts.heads, {
    starts() {
      const shown = scene;
      return shown
        ? startsOf(store.get().race, catalog).map(([x, y]) => ({ x: shown.scale.across(x), y: shown.scale.down(y) }))
        : [];
    },
    chosen: () => store.get().start,
    choose: actions.chooseStart,
    move(index, { x, y }) {
      if (!scene) return;
      const {
        bounds: [xMin, xMax, yMin, yMax],
      } = scene.scale;
      const [px, py] = scene.scale.point(x, y);
      const starts = startsOf(store.get().race, catalog);
      actions.setStarts(starts.with(index, [rounded(px, xMax - xMin), rounded(py, yMax - yMin)]));
    },
    point: (at) => parts.read(scene, at),
  });
  return view;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Painter} painter
 * @param {Scene} scene
 * @param {StudyPart} surface
 * @param {StudyPart | null} basins
 */
function paint(canvas, painter, scene, surface, basins) {
  const { context, width, height } = fitCanvas(canvas);
  context.clearRect(0, 0, width, height);
  context.translate(ROOM.left, ROOM.top);
  drawGround(context, painter, scene, surface, basins);
}

/**
 * The ways are drawn on as the race goes; only where it goes back, or something else changed, are they drawn anew.
 *
 * @param {HTMLCanvasElement} canvas
 */
function createTrailLayer(canvas) {
  /** @type {Track | null} */
  let drawn = null;
  let until = 0;
  let key = "";

  return {
    forget() {
      drawn = null;
    },
    /**
     * @param {Scene} scene
     * @param {Track} track
     * @param {number} step
     * @param {Readonly<RaceState>} state
     */
    draw({ scale, trail }, track, step, state) {
      const runners = runnersOf(track, state);
      const now = JSON.stringify([runners.map(({ member, look, faint }) => [member, look, faint]), scale.size]);
      const anew = track !== drawn || step < until || now !== key;
      if (!anew && step === until) return;
      const { context } = fitCanvas(canvas, { width: scale.size, height: scale.size });
      if (anew) context.clearRect(0, 0, scale.size, scale.size);
      const from = anew ? 0 : until;
      for (const runner of runners) drawTrail(context, scale, track, runner, { from, to: step }, trail);
      [drawn, until, key] = [track, step, now];
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 */
function build(root, { store, actions, catalog }) {
  const layer = (/** @type {string} */ name, /** @type {object} */ rest) =>
    h("canvas", { class: `race-layer is-${name}`, ...rest });
  const ground = layer("ground", { "aria-hidden": true });
  const trails = layer("trails", { "aria-hidden": true });
  const heads = layer("heads", {
    tabindex: 0,
    role: "application",
    "data-testid": "race-map",
    "aria-label": t("Map of the surface. The arrow keys move the start."),
  });
  const empty = h("p", { class: "race-empty" }, t("The race is on its way …"));
  const frame = h("div", { class: "race-frame" }, ground, trails, heads, empty);
  const reading = h("p", { class: "race-reading", "data-testid": "map-reading" });
  const away = h("p", { class: "race-away", role: "status", "data-testid": "off-map" });
  const legend = createMapLegend();
  const options = mapOptions(store, actions);
  root.replaceChildren(reading, frame, h("div", { class: "race-map-foot" }, options, legend.element, away));
  const hint = matchMedia("(pointer: coarse)").matches
    ? t("Tap or drag to move the start.")
    : t("Click or drag to move the start; point to read the height.");
  let [read, said] = ["", ""];
  const show = () => {
    const words = read || said || hint;
    if (reading.textContent !== words) reading.textContent = words;
  };
  show();

  return {
    frame,
    ground,
    trails,
    heads,
    empty,
    legend,
    /**
     * @param {Scene | null} scene
     * @param {{x: number, y: number} | null} at
     */
    read(scene, at) {
      read = scene && at ? readingAt(scene, at) : "";
      show();
    },
    /** What stands there as long as nobody points. @param {string} words */
    say(words) {
      said = words;
      show();
    },
    /**
     * @param {Scene} scene
     * @param {Track} track
     * @param {number} step
     * @param {Readonly<RaceState>} state
     */
    words({ scale }, track, step, { race, hidden, start }) {
      const names = racerNames(race.racers, catalog);
      const said = sentences(...wordsAbout(scale, track, step, { names, hidden, start }));
      if (away.textContent !== said) away.textContent = said;
    },
  };
}

/**
 * @param {RaceContext["store"]} store
 * @param {RaceContext["actions"]} actions
 */
function mapOptions(store, actions) {
  const basins = h("input", {
    type: "checkbox",
    "data-testid": "basins",
    onchange: () => actions.setBasins(basins.checked),
  });
  const basinsOption = option(
    basins,
    t("Basins"),
    t(
      "Starts the chosen racer from everywhere and colours each place by the minimum that it reaches from there; grey where it reaches none.",
    ),
  );
  const arrows = h(
    "select",
    { "data-testid": "arrows", onchange: () => actions.setArrows(/** @type {RaceState["arrows"]} */ (arrows.value)) },
    h("option", { value: "chosen" }, t("Of the chosen racer")),
    h("option", { value: "parts" }, t("Step in parts")),
    h("option", { value: "all" }, t("Of all")),
    h("option", { value: "none" }, t("None")),
  );
  const arrowsOption = h("label", { class: "race-arrows" }, h("span", { class: "caption" }, t("Arrows")), arrows);
  describe(arrowsOption, {
    title: t("Arrows"),
    text: t(
      "Solid: the next update, in its full length. Dashed: straight downhill, against the gradient, longer where it is steeper. In parts, a step of the chosen racer comes arrow by arrow, and so does play at 1 or 3 steps a second.",
    ),
  });
  watch(store, ["basins", "arrows"], (state) => {
    basins.checked = state.basins;
    arrows.value = state.arrows;
  });
  return h("div", { class: "race-map-options" }, basinsOption, arrowsOption);
}
