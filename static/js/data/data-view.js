/** What to learn from: the data set, how noisy it is, how it is split. */

import { badgesOf } from "../settings/badges.js";
import { h, icon } from "../base/dom.js";
import { RESTART } from "../settings/controls.js";
import { csvOf, rowsOf } from "./rows.js";
import { saveFile } from "../base/save-file.js";
import { controlList, settingsOf } from "../settings/control-list.js";
import { drawThumbnail } from "../draw/thumbnail.js";
import { createSegments } from "../ui/segments.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { listed, sentences, t } from "../base/words.js";

/** @import {Setting} from "../settings/control-list.js" */
/** @import {Actions, Catalog, CatalogRecord, Changes, Context, Frames, Problem, Spec, Task, View} from "../base/types.js" */

const IN_SIGHT = ["data.noise", "data.train_share", "batch_size"];
const PREVIEW_DELAY = 150;

/** So many data sets are in sight; the others are a click away. */
const TILES_IN_SIGHT = 6;

const DOWNLOAD = "M12 4v11M7.5 11L12 15.5L16.5 11M5 19.5h14";

/** As many points of the run as the previews have of the other data sets. */
const MOST_SHOWN = 160;

/** The others by what is to be learned. */
const TASKS = /** @type {[Task, string][]} */ ([
  ["two_class", t("Two classes")],
  ["multi_class", t("More classes")],
]);

const PREDICT = [
  {
    value: "classes",
    label: t("Classes"),
    text: t("Classification: every point has a class, and the network learns to tell the classes apart."),
  },
  {
    value: "numbers",
    label: t("Numbers"),
    text: t("Regression: every point has a number, and the network learns to predict it."),
  },
];

/** @typedef {{[kind: string]: number[][]}} Previews */
/** @typedef {ReturnType<typeof createTile>} Tile */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function dataView(root, { store, frames, actions, catalog }) {
  const records = catalog.families.datasets ?? [];
  /** Own points, their names and their pictures are kept while another data set is looked at. */
  /** @type {{[kind: string]: {changes: Changes, picture: number[][]}}} */
  const owned = {};
  const tiles = records.map((record) =>
    createTile(
      record,
      () => {
        /** @type {Changes} */
        const changes = { "data.kind": record.kind, ...owned[record.kind]?.changes };
        actions.set(changes);
      },
      actions,
    ),
  );
  const shown = h("div", { class: "fields lined" });
  const rest = h("div", { class: "fields" });
  const renderShown = controlList(shown, actions);
  const renderRest = controlList(rest, actions);
  const augmentation = createAugmentation(catalog, actions);
  const numbers = tiles.filter(({ own, task }) => !own && task === "regression");
  const classes = tiles.filter((tile) => !numbers.includes(tile));
  const [near, far] = [classes.slice(0, TILES_IN_SIGHT), classes.slice(TILES_IN_SIGHT)];
  const nearTiles = h("div", { class: "tiles" }, ...near.map(({ element }) => element));
  const numberTiles = h("div", { class: "tiles" }, ...numbers.map(({ element }) => element));
  const predict = createSegments(t("Predict"), PREDICT, (task) => show(task), "predict");
  const show = (/** @type {string} */ task) => {
    predict.update(task);
    numberTiles.hidden = task !== "numbers";
    nearTiles.hidden = others.hidden = task === "numbers";
    previews.draw(); // what was hidden had no size to be drawn at
  };
  let shownTask = "";
  const chosen = h("span", { class: "tiles-chosen" });
  const others = h(
    "details",
    { class: "more", hidden: far.length === 0, "data-testid": "more-data-sets" },
    h("summary", {}, t("More data sets"), chosen),
    ...groupsOf(far),
  );
  const more = h(
    "details",
    { class: "more more-data", "data-testid": "more-data" },
    h("summary", {}, t("More"), augmentation.inForce),
    rest,
    augmentation.element,
    downloadButton(frames, store),
  );
  // A canvas that was hidden had no size to be drawn at.
  others.addEventListener("toggle", () => previews.draw());
  for (const fold of [others, more]) {
    fold.addEventListener("toggle", () => fold.open && fold.scrollIntoView({ block: "nearest" }));
  }
  const previews = keepPreviews(store, (points) => {
    const { scene } = frames;
    const now = store.get().spec.data?.kind;
    for (const { kind, task, own, canvas } of tiles) {
      if (canvas.clientWidth === 0) continue;
      // What is chosen shows the very points of the map, with the knobs that only it has.
      const mine = owned[kind];
      if (kind === now && scene) {
        const picture = rowsOf(scene).slice(0, MOST_SHOWN);
        if (own && mine) mine.picture = picture;
        drawThumbnail(canvas, picture, scene.task);
      } else {
        drawThumbnail(canvas, mine?.picture.length ? mine.picture : (points[kind] ?? []), task);
      }
    }
  });
  frames.subscribe(previews.draw);
  root.append(
    h(
      "div",
      { class: "data-sets", role: "radiogroup", "aria-label": t("Data set"), "data-testid": "knob-data.kind" },
      h("div", { class: "predict" }, predict.element),
      nearTiles,
      numberTiles,
      others,
    ),
    shown,
    h("div", { class: "data-buttons" }, newDataButton(actions), ownDataButton(actions)),
    more,
  );

  const sections = catalog.sections.filter(({ path }) => path === "data" || path === "");
  watch(store, ["spec", "problems", "run"], ({ run, spec, problems }) => {
    if (run === 0) return;
    const { kind: shownKind, rows, ...more } = spec.data;
    if (rows) {
      const names = ["class_names", "column_names"].filter((name) => name in more);
      const changes = { "data.rows": rows, ...Object.fromEntries(names.map((name) => [`data.${name}`, more[name]])) };
      owned[shownKind] = { picture: owned[shownKind]?.picture ?? [], changes };
    }
    for (const { kind, input } of tiles) input.checked = kind === spec.data.kind;
    const task = numbers.some(({ kind }) => kind === spec.data.kind) ? "numbers" : "classes";
    if (task !== shownTask) show((shownTask = task));
    chosen.textContent = far.find(({ input }) => input.checked)?.label ?? "";
    const settings = sections.flatMap((section) => settingsOf(section, spec, catalog));
    const inSight = (/** @type {Setting} */ { path, own }) => own || IN_SIGHT.includes(path);
    renderShown(settings.filter(inSight), spec, problems);
    renderRest(
      settings.filter(
        (setting) => setting.path.startsWith("data.") && setting.path !== "data.kind" && !inSight(setting),
      ),
      spec,
      problems,
    );
    augmentation.update(spec, problems);
  });
}

/**
 * What is done to the training points on their way to the network.
 *
 * @param {Catalog} catalog
 * @param {Actions} actions
 */
function createAugmentation(catalog, actions) {
  const section = catalog.sections.find(({ path }) => path === "augmentation");
  const fields = h("div", { class: "fields" });
  const render = controlList(fields, actions);
  const element = h(
    "div",
    { class: "augmentation", hidden: !section },
    h("p", { class: "tiles-name" }, section?.label ?? ""),
    h("p", { class: "caption" }, section?.help ?? ""),
    fields,
  );
  const inForce = h("span", { class: "tiles-chosen" });
  return {
    element,
    inForce,
    /**
     * @param {Spec} spec
     * @param {readonly Problem[]} problems
     */
    update(spec, problems) {
      if (!section) return;
      const settings = settingsOf(section, spec, catalog);
      render(settings, spec, problems);
      inForce.textContent = listed(badgesOf(settings, spec).map(({ title }) => title));
    },
  };
}

/** @param {Tile[]} tiles */
function groupsOf(tiles) {
  const groups = TASKS.map(([task, name]) => ({
    name,
    members: tiles.filter((tile) => !tile.own && tile.task === task),
  }));
  return [...groups, { name: t("Your own"), members: tiles.filter(({ own }) => own) }]
    .filter(({ members }) => members.length > 0)
    .flatMap(({ name, members }) => [
      h("p", { class: "tiles-name" }, name),
      h("div", { class: "tiles tiles-list" }, ...members.map(({ element }) => element)),
    ]);
}

/**
 * Whether a data set is made of a person's own points.
 *
 * @param {CatalogRecord} record
 */
const isOwn = ({ knobs }) => knobs.some(({ type }) => type === "rows");

/**
 * @param {CatalogRecord} record
 * @param {() => void} choose
 * @param {Actions} actions
 */
function createTile(record, choose, actions) {
  const { kind, label, help, task } = record;
  const own = isOwn(record);
  const input = h("input", {
    type: "radio",
    name: "data.kind",
    value: kind,
    class: "visually-hidden",
    onchange: choose,
  });
  const canvas = h("canvas", { "aria-hidden": true });
  const element = h("label", { class: "tile", "data-value": kind }, input, canvas, h("span", {}, label));
  if (own) {
    // A press opens the editor too; the arrow keys only choose, which counts as a click of none.
    element.addEventListener("click", ({ detail }) => detail > 0 && actions.editOwnData(true));
  }
  describe(element, { title: label, text: own ? sentences(help, t("Opens the editor.")) : help, effect: "restart" });
  return { kind, label, task, own, input, canvas, element };
}

/** @param {Actions} actions */
function newDataButton(actions) {
  const button = h(
    "button",
    { type: "button", class: "button", "data-testid": "new-data", onclick: actions.newData },
    h("span", {}, t("New sample")),
    icon(RESTART, "restart-mark"),
  );
  describe(button, {
    title: t("New sample"),
    text: t("Draws other points of the same kind, by taking the next data seed. Own points stay, and are split anew."),
    effect: "restart",
  });
  return button;
}

/** @param {Actions} actions */
function ownDataButton(actions) {
  const onclick = () => actions.editOwnData(true);
  const button = h(
    "button",
    { type: "button", class: "button", "data-testid": "open-own-data", onclick },
    t("Own data"),
  );
  describe(button, {
    title: t("Own data"),
    text: t("Paint points of your own, paste a table or upload one. Nothing changes before you use them."),
  });
  return button;
}

/**
 * @param {Frames} frames
 * @param {Context["store"]} store
 */
function downloadButton(frames, store) {
  const onclick = () => {
    if (frames.scene) saveFile(`${store.get().spec.data.kind}.csv`, csvOf(frames.scene), "text/csv");
  };
  const button = h(
    "button",
    { type: "button", class: "button", "data-testid": "download-data", onclick },
    icon(DOWNLOAD),
    t("Download the points"),
  );
  describe(button, {
    title: t("Download the points"),
    text: t("Saves all points of this data set as CSV: x1, x2, label, and whether each trains or tests."),
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
  const refresh = async ({ data: { points, noise, balance, seed } }) => {
    const query = new URLSearchParams({ points, noise, balance, seed }).toString();
    if (query === wanted) return;
    wanted = query;
    const response = await fetch(`api/previews?${query}`).catch(() => null);
    if (query !== wanted) return;
    if (response?.status === 503) {
      wanted = "";
      timer = setTimeout(() => void refresh(store.get().spec), 1000 * Number(response.headers.get("Retry-After") ?? 2));
    }
    if (!response?.ok) return;
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
