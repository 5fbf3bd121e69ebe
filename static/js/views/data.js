/** What to learn from: the data set, how noisy it is, how it is split. */

import { h, icon } from "../lib/dom.js";
import { RESTART } from "../lib/controls.js";
import { controlList, settingsOf } from "../lib/settings.js";
import { drawThumbnail } from "../lib/thumbnail.js";
import { describe } from "../lib/tooltip.js";
import { watch } from "../store.js";

/** @import {Setting} from "../lib/settings.js" */
/** @import {Actions, CatalogRecord, Context, Spec, Task, View} from "../types.js" */

const IN_SIGHT = ["data.noise", "data.train_share", "batch_size"];
const PREVIEW_DELAY = 150;

/** So many data sets are in sight; the others are a click away. */
const TILES_IN_SIGHT = 6;

/** The others by what is to be learned. */
const TASKS = /** @type {[Task, string][]} */ ([
  ["two_class", "Two classes"],
  ["multi_class", "More classes"],
  ["regression", "Numbers (regression)"],
]);

/** @typedef {{[kind: string]: number[][]}} Previews */
/** @typedef {ReturnType<typeof createTile>} Tile */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function dataView(root, { store, actions, catalog }) {
  const records = catalog.families.datasets ?? [];
  const tiles = records.map((record) => createTile(record, actions));
  const shown = h("div", { class: "fields" });
  const rest = h("div", { class: "fields" });
  const renderShown = controlList(shown, actions);
  const renderRest = controlList(rest, actions);
  const [near, far] = [tiles.slice(0, TILES_IN_SIGHT), tiles.slice(TILES_IN_SIGHT)];
  const chosen = h("span", { class: "tiles-chosen" });
  const others = h("details", { class: "more", hidden: far.length === 0, "data-testid": "more-data-sets" },
    h("summary", {}, "More data sets", chosen), ...groupsOf(far));
  // A canvas that was hidden had no size to be drawn at.
  others.addEventListener("toggle", () => previews.draw());
  const previews = keepPreviews(store, (points) => {
    for (const { kind, task, canvas } of tiles) {
      if (canvas.clientWidth > 0) drawThumbnail(canvas, points[kind] ?? [], task);
    }
  });
  root.append(
    h("div", { class: "data-sets", role: "radiogroup", "aria-label": "Data set", "data-testid": "knob-data.kind" },
      h("div", { class: "tiles" }, ...near.map(({ element }) => element)),
      others),
    shown,
    newDataButton(actions),
    h("details", { class: "more", "data-testid": "more-data" }, h("summary", {}, "More"), rest),
  );

  const sections = catalog.sections.filter(({ path }) => path === "data" || path === "");
  watch(store, ["spec", "problems", "run"], ({ run, spec, problems }) => {
    if (run === 0) return;
    for (const { kind, input } of tiles) input.checked = kind === spec.data.kind;
    chosen.textContent = far.find(({ input }) => input.checked)?.label ?? "";
    const settings = sections.flatMap((section) => settingsOf(section, spec, catalog));
    const inSight = (/** @type {Setting} */ { path, own }) => own || IN_SIGHT.includes(path);
    renderShown(settings.filter(inSight), spec, problems);
    renderRest(settings.filter((setting) => setting.path.startsWith("data.")
      && setting.path !== "data.kind" && !inSight(setting)), spec, problems);
  });
}

/** @param {Tile[]} tiles */
function groupsOf(tiles) {
  return TASKS.flatMap(([task, name]) => {
    const members = tiles.filter((tile) => tile.task === task).map(({ element }) => element);
    return members.length === 0 ? [] : [
      h("p", { class: "tiles-name" }, name),
      h("div", { class: "tiles tiles-list" }, ...members),
    ];
  });
}

/**
 * @param {CatalogRecord} record
 * @param {Actions} actions
 */
function createTile({ kind, label, help, task }, actions) {
  const input = h("input", {
    type: "radio",
    name: "data.kind",
    value: kind,
    class: "visually-hidden",
    onchange: () => actions.set({ "data.kind": kind }),
  });
  const canvas = h("canvas", { "aria-hidden": true });
  const element = h("label", { class: "tile", "data-value": kind }, input, canvas, h("span", {}, label));
  describe(element, { title: label, text: help, effect: "restart" });
  return { kind, label, task, input, canvas, element };
}

/** @param {Actions} actions */
function newDataButton(actions) {
  const button = h("button", { type: "button", class: "button", "data-testid": "new-data", onclick: actions.newData },
    "New sample", icon(RESTART, "restart-mark"));
  describe(button, {
    title: "New sample",
    text: "Draws other points of the same kind, by taking the next data seed.",
    effect: "restart",
  });
  return button;
}

/**
 * Fetches the points of the thumbnails when what they are made with has changed, and has them
 * drawn again in another theme.
 *
 * @param {Context["store"]} store
 * @param {(previews: Previews) => void} draw
 */
function keepPreviews(store, draw) {
  /** @type {Previews} */
  let previews = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let wanted = "";

  /** @param {Spec} spec */
  const refresh = async ({ data: { noise, balance, seed } }) => {
    const query = new URLSearchParams({ noise, balance, seed }).toString();
    if (query === wanted) return;
    wanted = query;
    const response = await fetch(`api/previews?${query}`).catch(() => null);
    if (!response?.ok || query !== wanted) return;
    previews = await response.json();
    draw(previews);
  };

  watch(store, ["spec", "run"], ({ run, spec }) => {
    if (run === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(spec), wanted === "" ? 0 : PREVIEW_DELAY);
  });
  const drawAgain = () => draw(previews);
  watch(store, ["theme"], drawAgain);
  return { draw: drawAgain };
}
