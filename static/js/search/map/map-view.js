/** The map of two knobs on the page: which trial is pointed at, by pointer, finger or keys, and along which knobs it lies. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, setText } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { all, t, tn } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { settingName } from "../../settings/names.js";
import { keptBy } from "../brush/brush.js";
import { followBrush } from "../brush/follow.js";
import { FOLLOW, inTurn } from "../brush/turns.js";
import { neighbour, shownTrial } from "../shown.js";
import { createTruthControls } from "../truth/controls.js";
import { truthShown } from "../truth/truth.js";
import { differences, scoreText } from "../words.js";
import { createBoxLayer } from "../box/layer.js";
import { readSearchLook } from "./look.js";
import { drawAll, drawKept } from "./picture.js";
import { plotOf } from "./plot.js";
import { nearest, sceneOf } from "./scene.js";

/** @import {SearchContext} from "../types.js" */
/** @import {Scene} from "./scene.js" */

/** So far from a dot it is still meant. */
const REACH = 22;

const STEPS = /** @type {{[key: string]: number}} */ ({
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  Home: -Infinity,
  End: Infinity,
});

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function mapView(root, context) {
  const { store, actions, catalog } = context;
  const parts = build(root);
  const box = createBoxLayer(context);
  parts.frame.append(box.element);
  root.append(createTruthControls(context));
  let look = readSearchLook();
  let size = { width: 0, height: 0 };
  /** @type {Scene | null} */
  let scene = null;

  // All trials, drawn once for whatever is brushed or pointed at above them.
  const ground = h("canvas");
  let isGroundStale = true;

  const kept = () => keptBy(store.get().found, store.get().brush);
  const draw = () => {
    if (!scene || size.width <= 0) return;
    if (isGroundStale) drawGround(scene);
    isGroundStale = false;
    const { context: surface } = fitCanvas(parts.map, size);
    surface.clearRect(0, 0, size.width, size.height);
    surface.drawImage(ground, 0, 0, size.width, size.height);
    const { pointed, chosen } = store.get();
    drawKept(surface, size, scene, look, { lit: pointed, chosen, kept: kept() });
  };
  /** @param {Scene} scene */
  const drawGround = (scene) => {
    placeBox();
    const { context: surface } = fitCanvas(ground, size);
    surface.clearRect(0, 0, size.width, size.height);
    drawAll(surface, size, scene, look, kept() !== null, truthShown(store.get()));
  };
  const placeBox = () => {
    if (scene && size.width > 0) box.update(plotOf(size.width, size.height), scene);
  };
  const placeBoxSoon = oncePerFrame(placeBox);
  const drawSoon = oncePerFrame(draw);
  const drawAllSoon = () => {
    isGroundStale = true;
    drawSoon();
  };
  const follow = inTurn(FOLLOW, draw);

  /** @param {PointerEvent} event */
  const hit = (event) => {
    if (!scene) return null;
    const { left, top } = parts.map.getBoundingClientRect();
    const plot = plotOf(size.width, size.height);
    return (
      nearest(scene, plot, event.clientX - left - plot.left, event.clientY - top - plot.top, REACH)?.trial.number
      ?? null
    );
  };
  parts.map.addEventListener("pointermove", (event) => actions.point(hit(event)));
  parts.map.addEventListener("pointerleave", () => actions.point(null));
  parts.map.addEventListener("click", (event) => {
    if (event instanceof PointerEvent) actions.choose(hit(event));
  });
  parts.map.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return actions.choose(null);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    actions.point(null);
    actions.choose(neighbour(store.get(), step));
    setText(parts.heard, spoken());
  });
  const spoken = () => {
    const { found } = store.get();
    const trial = shownTrial(store.get());
    if (!found || !trial) return "";
    const rank = found.ranking.indexOf(trial) + 1;
    const settings = differences(found, trial, catalog).map(({ name, after }) =>
      t("{name} {value}", { name, value: after }),
    );
    return t("Rank {rank}: {settings}; score {score}", {
      rank,
      settings: all(settings),
      score: scoreText(trial.median),
    });
  };

  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode === "duel";
  });
  const showScene = () => {
    const { found, search, axes, band, guess } = store.get();
    scene = sceneOf(found, search, axes, catalog, band, guess);
    parts.map.dataset.alike = String(scene.dots.filter(({ alike }) => alike).length);
    parts.map.dataset.dots = String(scene.dots.length);
    parts.map.setAttribute(
      "aria-label",
      tn(
        "Map of {across} and {up} with {count} trial. Arrow keys go through them by rank.",
        "Map of {across} and {up} with {count} trials. Arrow keys go through them by rank.",
        scene.dots.length,
        { across: scene.across.title, up: scene.up.title },
      ),
    );
    parts.empty.hidden = scene.dots.length > 0;
    offerAxes();
    drawAllSoon();
  };
  watch(store, ["found", "axes", "band", "guess"], showScene);
  // Dots lie on the ranges that were searched: of the next ones only the box is there to see.
  watch(store, ["search"], ({ found }) => (found ? placeBoxSoon() : showScene()));
  watch(store, ["truth", "ground", "phase"], drawAllSoon);
  followBrush(store, {
    turn() {
      isGroundStale = true;
    },
    change(now) {
      parts.map.dataset.kept = String(now?.count ?? "");
      follow();
    },
  });
  watch(store, ["pointed", "chosen"], ({ pointed, chosen }) => {
    parts.map.dataset.chosen = chosen === null ? "" : String(chosen);
    parts.map.dataset.pointed = pointed === null ? "" : String(pointed);
    drawSoon();
  });
  watchPalette(() => {
    look = readSearchLook();
    drawAllSoon();
  });
  onResize(parts.frame, (next) => {
    size = { width: Math.floor(next.width), height: Math.floor(next.height) };
    isGroundStale = true;
    draw();
  });

  function offerAxes() {
    const { found, search, axes } = store.get();
    const names = (found?.search ?? search).knobs.map(({ path }) => settingName(path, catalog));
    parts.choices.hidden = names.length < 3;
    parts.selects.forEach((select, i) => {
      select.replaceChildren(...names.map((name, index) => h("option", { value: index }, name)));
      select.value = String(axes[i]);
    });
  }
  parts.selects.forEach((select, i) =>
    select.addEventListener("change", () => {
      const { axes } = store.get();
      const value = Number(select.value);
      const other = axes[1 - i] === value ? axes[i] : axes[1 - i];
      actions.setAxes(/** @type {[number, number]} */ (i === 0 ? [value, other] : [other, value]));
    }),
  );
}

/** @param {HTMLElement} root */
function build(root) {
  const map = h("canvas", { class: "search-map", "data-testid": "search-map", role: "img", tabindex: "0" });
  const empty = h("p", { class: "search-empty" }, h("span", {}, t("Each dot will be a network.")));
  const frame = h("div", { class: "search-frame" }, map, empty);
  const heard = h("p", { class: "visually-hidden", role: "status" });
  const selects = /** @type {[string, string][]} */ ([
    ["across", t("Across")],
    ["up", t("Up")],
  ]).map(([name, label]) => h("select", { "aria-label": label, "data-testid": `search-axis-${name}` }));
  const choices = h(
    "div",
    { class: "search-axes", hidden: true },
    ...selects.map((select, i) =>
      h("label", { class: "search-axis" }, h("span", { class: "caption" }, i === 0 ? t("Across") : t("Up")), select),
    ),
  );
  const legend = h(
    "p",
    { class: "search-legend hint" },
    h("span", {}, t("best")),
    h("span", { class: "search-legend-bar", "aria-hidden": "true" }),
    h("span", {}, t("worst")),
    h("span", { class: "search-legend-cross" }, t("× diverged")),
    h("span", { class: "search-legend-ring" }, t("as good as the best, as far as starts can tell")),
  );
  root.append(frame, h("div", { class: "search-under" }, legend, choices), heard);
  return { map, empty, frame, heard, selects, choices };
}
