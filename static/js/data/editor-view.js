/** A person's own points: painted, pasted or uploaded, and then learned from. */

import { erase } from "./brush.js";
import { RESTART } from "../settings/controls.js";
import { h, icon } from "../base/dom.js";
import { acceptDrops } from "../base/file-drop.js";
import { compact, dataOf, draftOf, FEW, MOST_CLASSES, MOST_ROWS, NOTHING, obstacle, outside, rowsOf } from "./rows.js";
import { createPaintTools } from "./tools.js";
import { createPointCanvas } from "./canvas.js";
import { createSegments } from "../ui/segments.js";
import { createStroke } from "./stroke.js";
import { createTableImport } from "./table-import.js";
import { describe } from "../ui/tooltip.js";
import { createVersions } from "../base/history.js";
import { watch } from "../base/store.js";
import { closeButton } from "../ui/close-button.js";
import { whole } from "../base/format.js";
import { t } from "../base/words.js";

/** @import {Place} from "./brush.js" */
/** @import {Draft, Row} from "./rows.js" */
/** @import {Catalog, Context, View} from "../base/types.js" */

/** How far Delete reaches from the cursor: less than an arrow key moves it. */
const REACHED = 0.15;
/** The tag under which all that a table gives is one step back. */
const TABLE = "table";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function ownDataView(root, { store, frames, actions, catalog }) {
  /** One draft, filled by brush or by table, so that undo reaches over both. */
  const versions = createVersions(NOTHING);
  /** @type {"paint" | "table"} */
  let way = "paint";
  /** @type {Place | null} */
  let cursor = null;
  /** The data of the run that the draft has had, or that came from it. */
  let known = "";
  /** Why the server did not take the points. */
  /** @type {string | null} */
  let refusal = null;
  /** What there is to say of points that can be used. */
  let note = "";

  /** Whether all points are to train; null while a person has not said, and their number decides. */
  /** @type {boolean | null} */
  let allTrain = null;

  /**
   * @param {Draft} draft
   * @param {string} [tag]
   */
  const commit = (draft, tag) => {
    versions.commit(draft, tag);
    refusal = null;
    note = draft.rows.length === MOST_ROWS ? t("There is no room for more.") : "";
    render();
  };
  /** @param {readonly Row[]} rows */
  const paint = (rows) => {
    if (rows !== versions.now.rows) commit({ ...versions.now, rows });
  };
  const go = (/** @type {() => void} */ step) => {
    step();
    render();
  };

  const tools = createPaintTools({
    changed: () => render(),
    undo: () => go(versions.undo),
    redo: () => go(versions.redo),
    clear: () => commit(NOTHING),
    startFromCurrent: () => {
      if (!frames.scene) return;
      const there = frames.scene.arrays.labels.data.length;
      const { class_names: classNames = [], column_names: columnNames = [] } = frames.scene;
      commit({ rows: rowsOf(frames.scene), target: "classes", classNames, columnNames });
      if (there > MOST_ROWS) {
        note = t("These are the first {most} of {count} points.", { most: whole(MOST_ROWS), count: whole(there) });
      }
      render();
    },
    startFromExample: () => commit({ ...NOTHING, rows: exampleRows(catalog) }),
  });
  const stroke = createStroke({
    now: () => versions.now.rows,
    hand: () => tools.tools,
    show: (rows) => showRows(rows),
    keep: paint,
  });
  const still = { begin: () => {}, move: () => {}, end: () => {} };
  // There is no class to paint with where numbers are learned.
  const hand = () => (versions.now.target === "numbers" ? still : stroke);
  const canvas = createPointCanvas({
    begin: (at) => hand().begin(at),
    move: (at) => hand().move(at),
    end: () => hand().end(),
    point: (at) => (cursor = at),
  });
  const table = createTableImport(
    (draft) => commit(draft, TABLE),
    () => render(),
  );
  const ways = createSegments(
    t("How to give points"),
    [
      { value: "paint", label: t("Paint") },
      { value: "table", label: t("Paste or upload") },
    ],
    (value) => {
      way = value;
      render();
    },
    "way",
  );
  const { dialog, count, said, apply, all } = build(
    () => void use(),
    (chosen) => {
      allTrain = chosen;
    },
  );
  const unpaintable = createUnpaintable(() => commit(NOTHING));
  dialog.querySelector("h2")?.after(ways.element);
  dialog
    .querySelector(".own-body")
    ?.append(canvas.element, h("div", { class: "own-side" }, tools.element, unpaintable, table.element));
  root.append(dialog);

  /** @param {readonly Row[]} rows */
  const showRows = (rows) => {
    const { brush, radius } = tools.tools;
    canvas.update(rows, brush === "point" || way === "table" ? 0 : radius, versions.now.target);
    const far = outside(rows);
    const sizes = { count: whole(rows.length), most: whole(MOST_ROWS) };
    count.textContent =
      far > 0
        ? t("{count} of {most} points, {far} outside the map", { ...sizes, far: whole(far) })
        : t("{count} of {most} points", sizes);
  };

  const render = () => {
    const { rows, target, classNames } = versions.now;
    const { canUndo, canRedo } = versions;
    const areNumbers = target === "numbers";
    ways.update(way);
    tools.element.hidden = way !== "paint" || areNumbers;
    unpaintable.hidden = way !== "paint" || !areNumbers;
    table.element.hidden = way !== "table";
    if (!areNumbers) tools.update({ rows, classNames, canUndo, canRedo, hasCurrent: (frames.scene?.classes ?? 0) > 1 });
    showRows(rows);
    const wrong = (way === "table" ? table.obstacle : null) ?? obstacle(versions.now);
    all.checked = allTrain ?? rows.length < FEW;
    apply.disabled = wrong !== null;
    said.textContent = refusal ?? wrong ?? note;
    said.classList.toggle("is-bad", refusal !== null);
  };

  const use = async () => {
    apply.disabled = true;
    said.textContent = t("Sending …");
    const data = dataOf(compact(versions.now));
    refusal = await actions.useOwnData(data, all.checked);
    if (refusal === null) {
      known = JSON.stringify(data);
      dialog.close();
    }
    render();
  };

  const takeOver = () => {
    const data = store.get().spec.data ?? {};
    const draft = draftOf(data);
    if (!draft || JSON.stringify(dataOf(draft)) === known) return;
    known = JSON.stringify(dataOf(draft));
    allTrain = data.train_share === 1;
    versions.commit(draft);
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    // The page behind has shortcuts of its own.
    event.stopPropagation();
    const isOnCanvas = event.target === canvas.canvas;
    if (event.target instanceof HTMLTextAreaElement) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === "z") go(event.shiftKey ? versions.redo : versions.undo);
      else if (key === "y") go(versions.redo);
      else return;
    } else if (isOnCanvas && /^\d$/.test(key) && Number(key) < MOST_CLASSES) {
      tools.choose(Number(key));
    } else if (isOnCanvas && (key === "delete" || key === "backspace")) {
      if (cursor) paint(erase(versions.now.rows, cursor, REACHED));
    } else return;
    event.preventDefault();
  };

  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener("close", () => actions.editOwnData(false));
  acceptDrops(dialog, (file) => {
    way = "table";
    render();
    void table.open(file);
  });
  frames.subscribe(() => dialog.open && render());
  watch(store, ["editingOwnData"], ({ editingOwnData }) => {
    if (!editingOwnData) dialog.close();
    else if (!dialog.open) {
      takeOver();
      refusal = null;
      render();
      dialog.showModal();
      canvas.canvas.focus({ preventScroll: true });
    }
  });
}

/**
 * What stands in place of the brushes where the points have numbers.
 *
 * @param {() => void} clear
 */
function createUnpaintable(clear) {
  return h(
    "div",
    { class: "paint-tools", hidden: true },
    h(
      "p",
      { class: "table-help" },
      t(
        "These points have numbers to learn, and brushes paint classes. Load another table, or clear the points to paint.",
      ),
    ),
    h("div", { class: "tool-row" }, h("button", { type: "button", class: "button", onclick: clear }, t("Clear"))),
  );
}

/**
 * @param {() => void} use
 * @param {(all: boolean) => void} chooseAll
 */
function build(use, chooseAll) {
  const shut = () => dialog.close();
  const count = h("p", { class: "own-count", "aria-live": "polite", "data-testid": "own-count" });
  const said = h("p", { class: "own-said", role: "status", "data-testid": "own-said" });
  const all = h("input", { type: "checkbox", "data-testid": "train-on-all", onchange: () => chooseAll(all.checked) });
  const onAll = h("label", { class: "output-option own-all" }, all, t("Train on all points"));
  describe(onAll, {
    title: t("Train on all points"),
    text: t("Keeps no points back to test on, which is right for only a few. Otherwise the training share decides."),
  });
  const apply = h(
    "button",
    { type: "button", class: "button is-main", "data-testid": "use-points", onclick: use },
    t("Use these points"),
    icon(RESTART, "restart-mark"),
  );
  describe(apply, {
    title: t("Use these points"),
    text: t("Trains on them instead of the data set chosen now."),
    effect: "restart",
  });
  const cancel = h(
    "button",
    { type: "button", class: "button", "data-testid": "own-cancel", onclick: shut },
    t("Cancel"),
  );
  describe(cancel, {
    title: t("Cancel"),
    text: t("Closes the editor; it keeps your points until you leave the page."),
  });
  const close = closeButton(t("Close"), shut);
  describe(close, { title: t("Close"), text: t("Closes the editor; it keeps your points until you leave the page.") });
  const dialog = h(
    "dialog",
    { class: "own-data", "aria-labelledby": "own-data-title", "data-testid": "own-data" },
    h("header", { class: "own-head" }, h("h2", { id: "own-data-title" }, t("Own data")), close),
    h("div", { class: "own-body" }),
    h("footer", { class: "own-foot" }, h("div", { class: "own-state" }, count, said), onAll, cancel, apply),
  );
  return { dialog, count, said, apply, all };
}

/**
 * The rows that the catalogue has where a person has none.
 *
 * @param {Catalog} catalog
 * @returns {readonly Row[]}
 */
function exampleRows({ families }) {
  const knobs = families.datasets?.flatMap((record) => record.knobs) ?? [];
  return knobs.find(({ type }) => type === "rows")?.default ?? [];
}
