/** The surface from above, with the ways of all racers. Three canvases: the ground, the ways, and what moves. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { css } from "../../draw/colour.js";
import { h } from "../../base/dom.js";
import { levelsOf } from "../../draw/levels.js";
import { ROOM, drawFrame, drawMinima } from "../../draw/frame.js";
import { createMapLegend } from "./map-legend.js";
import { readingAt, wordsAbout } from "./map-reading.js";
import { followStart } from "./start-dragging.js";
import { watchPalette } from "../../draw/palette.js";
import { createPlane, rounded } from "../../draw/scale.js";
import { readRacerColours } from "../../draw/markers.js";
import { racerNames } from "../names.js";
import { createRelief, drawLines, readReliefLook } from "../../draw/height-map.js";
import { runnersOf, startsOf } from "../visible.js";
import { describe } from "../../ui/tooltip.js";
import { drawArrows, drawHead, drawStart, drawTrail } from "./paths.js";
import { watch } from "../../base/store.js";

/** @import {RaceContext, RaceState, RaceView, StudyPart, Track} from "../types.js" */
/** @import {Levels} from "../../draw/levels.js" */
/** @import {Plane} from "../../draw/scale.js" */
/** @import {Ground, ReliefLook} from "../../draw/height-map.js" */
/** @import {TrailLook} from "./paths.js" */

/**
 * What a picture is made of.
 * @typedef {{plane: Plane, ground: Ground, levels: Levels, relief: ReliefLook, trail: TrailLook}} Scene
 */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function mapView(root, context) {
  const { store, results, player, actions, catalog } = context;
  const parts = build(root, context);
  const relief = createRelief();
  const look = { relief: readReliefLook(), trail: trailLook(readReliefLook()) };
  let size = 0;
  /** @type {Scene | null} */
  let scene = null;
  let groundKey = "";
  const trails = createTrailLayer(parts.trails);

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
    drawGround(parts.ground, relief, scene, surface, showBasins ? basins : null);
    parts.legend.show(scene.levels, showBasins ? basins : null);
    trails.forget();
  };

  const view = {
    draw() {
      paintGround();
      const { track } = results;
      parts.empty.hidden = scene !== null && track !== null;
      if (!scene) return;
      const state = store.get();
      if (track) trails.draw(scene, track, player.step, state);
      drawMoving(parts.heads, scene, track, player.step, state, startsOf(state.race, catalog));
      if (track) parts.words(scene, track, player.step, state);
    },
  };

  onResize(parts.frame, () => {
    measure();
    groundKey = "";
    view.draw();
  });
  watchPalette(() => {
    look.relief = readReliefLook();
    look.trail = trailLook(look.relief);
    groundKey = "";
    view.draw();
  });

  followStart(parts.heads, {
    starts() {
      const shown = scene;
      return shown ? startsOf(store.get().race, catalog).map(([x, y]) => pixels(shown, x, y)) : [];
    },
    chosen: () => store.get().start,
    choose: actions.chooseStart,
    move(index, { x, y }) {
      if (!scene) return;
      const { bounds: [xMin, xMax, yMin, yMax] } = scene.plane;
      const [px, py] = scene.plane.point(x, y);
      const starts = startsOf(store.get().race, catalog);
      actions.setStarts(starts.with(index, [rounded(px, xMax - xMin), rounded(py, yMax - yMin)]));
    },
    point: (at) => parts.read(scene, at),
  });
  return view;
}

/**
 * @param {ReliefLook} relief
 * @returns {TrailLook}
 */
const trailLook = ({ ink, surface }) => ({ colours: readRacerColours(), rim: css(surface), ink: css(ink) });

/**
 * @param {StudyPart} surface
 * @param {number} size
 * @param {{relief: ReliefLook, trail: TrailLook}} look
 * @returns {Scene}
 */
function sceneOf({ view, arrays: { values } }, size, look) {
  const data = values?.data ?? [];
  return {
    plane: createPlane(view, size),
    ground: { values: data, grid: values?.shape[0] ?? 0 },
    levels: levelsOf(data),
    ...look,
  };
}

/**
 * @param {Scene} scene
 * @param {number} x
 * @param {number} y
 */
const pixels = ({ plane }, x, y) => ({ x: plane.across(x), y: plane.down(y) });

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ReturnType<typeof createRelief>} relief
 * @param {Scene} scene
 * @param {StudyPart} surface
 * @param {StudyPart | null} basins
 */
function drawGround(canvas, relief, scene, surface, basins) {
  const { plane, ground, levels, relief: look } = scene;
  const { context, width, height } = fitCanvas(canvas);
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(ROOM.left, ROOM.top);
  context.beginPath();
  context.rect(0, 0, plane.size, plane.size);
  context.save();
  context.clip();
  relief.paint(context, plane.size, ground, levels, look);
  const which = basins?.arrays.which;
  if (which) relief.paintBasins(context, plane.size, { which: which.data, grid: which.shape[0] ?? 0 }, look);
  drawLines(context, plane.size, ground, levels, look);
  context.restore();
  drawFrame(context, plane, look);
  const minima = basins?.minima ?? [...surface.minima, ...surface.local_minima];
  const fill = basins ? (/** @type {number} */ index) => css(look.basins[index % look.basins.length] ?? look.surface) : undefined;
  drawMinima(context, plane, minima, look, fill);
  context.restore();
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
    draw({ plane, trail }, track, step, state) {
      const runners = runnersOf(track, state);
      const now = JSON.stringify([runners.map(({ member, look, faint }) => [member, look, faint]), plane.size]);
      const anew = track !== drawn || step < until || now !== key;
      if (!anew && step === until) return;
      const { context } = fitCanvas(canvas, { width: plane.size, height: plane.size });
      if (anew) context.clearRect(0, 0, plane.size, plane.size);
      const from = anew ? 0 : until;
      for (const runner of runners) drawTrail(context, plane, track, runner, { from, to: step }, trail);
      [drawn, until, key] = [track, step, now];
    },
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Scene} scene
 * @param {Track | null} track
 * @param {number} step
 * @param {Readonly<RaceState>} state
 * @param {[number, number][]} starts
 */
function drawMoving(canvas, scene, track, step, state, starts) {
  const { plane, trail } = scene;
  const { context } = fitCanvas(canvas, { width: plane.size, height: plane.size });
  context.clearRect(0, 0, plane.size, plane.size);
  starts.forEach(([x, y], index) => drawStart(context, pixels(scene, x, y), index === state.start, trail));
  if (!track) return;
  const runners = runnersOf(track, state);
  for (const runner of runners) {
    if (runner.faint || state.arrows === "none" || (state.arrows === "chosen" && !runner.chosen)) continue;
    drawArrows(context, plane, track, step, runner, trail);
  }
  for (const runner of runners) drawHead(context, plane, track, step, runner, trail);
}

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 */
function build(root, { store, actions, catalog }) {
  const layer = (/** @type {string} */ name, /** @type {object} */ rest) => h("canvas", { class: `race-layer is-${name}`, ...rest });
  const ground = layer("ground", { "aria-hidden": true });
  const trails = layer("trails", { "aria-hidden": true });
  const heads = layer("heads", {
    tabindex: 0, role: "application", "data-testid": "race-map",
    "aria-label": "Map of the surface. The arrow keys move the start.",
  });
  const empty = h("p", { class: "race-empty" }, "The race is on its way …");
  const frame = h("div", { class: "race-frame" }, ground, trails, heads, empty);
  const reading = h("p", { class: "race-reading", "data-testid": "map-reading" });
  const away = h("p", { class: "race-away", role: "status", "data-testid": "off-map" });
  const legend = createMapLegend();
  const options = mapOptions(store, actions);
  root.replaceChildren(frame, h("div", { class: "race-map-foot" }, reading, options, legend.element, away));
  const hint = matchMedia("(pointer: coarse)").matches ? "Tap or drag to move the start." : "Click or drag to move the start; point to read the height.";
  reading.textContent = hint;

  return {
    frame, ground, trails, heads, empty, legend,
    /**
     * @param {Scene | null} scene
     * @param {{x: number, y: number} | null} at
     */
    read(scene, at) {
      reading.textContent = scene && at ? readingAt(scene, at) : hint;
    },
    /**
     * @param {Scene} scene
     * @param {Track} track
     * @param {number} step
     * @param {Readonly<RaceState>} state
     */
    words({ plane }, track, step, { race, hidden, start }) {
      const said = wordsAbout(plane, track, step, { names: racerNames(race.racers, catalog), hidden, start }).join(" ");
      if (away.textContent !== said) away.textContent = said;
    },
  };
}

/**
 * @param {RaceContext["store"]} store
 * @param {RaceContext["actions"]} actions
 */
function mapOptions(store, actions) {
  const basins = h("input", { type: "checkbox", "data-testid": "basins", onchange: () => actions.setBasins(basins.checked) });
  const basinsOption = h("label", { class: "output-option" }, basins, "Basins");
  describe(basinsOption, {
    title: "Basins",
    text: "Starts the chosen racer from everywhere, and colours each place by the minimum it reaches from there; grey where it reaches none.",
  });
  const arrows = h("select", { "data-testid": "arrows", onchange: () => actions.setArrows(/** @type {RaceState["arrows"]} */ (arrows.value)) },
    h("option", { value: "chosen" }, "Of the chosen racer"), h("option", { value: "all" }, "Of all"), h("option", { value: "none" }, "None"));
  const arrowsOption = h("label", { class: "race-arrows" }, h("span", { class: "caption" }, "Arrows"), arrows);
  describe(arrowsOption, {
    title: "Arrows",
    text: "Solid: the next update, as far as it will go. Dashed: straight downhill, against the gradient, longer where it is steeper.",
  });
  watch(store, ["basins", "arrows"], (state) => {
    basins.checked = state.basins;
    arrows.value = state.arrows;
  });
  return h("div", { class: "race-map-options" }, basinsOption, arrowsOption);
}
