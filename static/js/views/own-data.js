/** A person's own points: painted, pasted or uploaded, and then learned from. */

import { erase } from "../lib/brush.js";
import { RESTART } from "../lib/controls.js";
import { h, icon } from "../lib/dom.js";
import { acceptDrops } from "../lib/file-drop.js";
import { compact, MOST_CLASSES, MOST_ROWS, obstacle, outside, rowsOf } from "../lib/own-rows.js";
import { createPaintTools } from "../lib/paint-tools.js";
import { createPointCanvas } from "../lib/point-canvas.js";
import { createSegments } from "../lib/segments.js";
import { createStroke } from "../lib/stroke.js";
import { createTableImport } from "../lib/table-import.js";
import { describe } from "../lib/tooltip.js";
import { createVersions } from "../lib/versions.js";
import { watch } from "../store.js";

/** @import {Place} from "../lib/brush.js" */
/** @import {Row} from "../lib/own-rows.js" */
/** @import {Catalog, Context, View} from "../types.js" */

const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";
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
  const versions = createVersions(/** @type {readonly Row[]} */ ([]));
  /** @type {"paint" | "table"} */
  let way = "paint";
  /** @type {Place | null} */
  let cursor = null;
  /** The rows of the run that the draft has had, or that came from it. */
  let known = "";
  /** Why the server did not take the points. */
  /** @type {string | null} */
  let refusal = null;
  /** What there is to say of points that can be used. */
  let note = "";

  /**
   * @param {readonly Row[]} rows
   * @param {string} [tag]
   */
  const commit = (rows, tag) => {
    versions.commit(rows, tag);
    refusal = null;
    note = rows.length === MOST_ROWS ? "There is no room for more." : "";
    render();
  };
  const go = (/** @type {() => void} */ step) => {
    step();
    render();
  };

  const tools = createPaintTools({
    changed: () => render(),
    undo: () => go(versions.undo),
    redo: () => go(versions.redo),
    clear: () => commit([]),
    startFromCurrent: () => {
      if (!frames.scene) return;
      const there = frames.scene.arrays.labels.data.length;
      commit(rowsOf(frames.scene));
      if (there > MOST_ROWS) note = `These are the first of ${whole(there)} points.`;
      render();
    },
    startFromExample: () => commit(exampleRows(catalog)),
  });
  const stroke = createStroke({
    now: () => versions.now,
    hand: () => tools.tools,
    show: (rows) => showRows(rows),
    keep: (rows) => commit(rows),
  });
  const canvas = createPointCanvas({ ...stroke, point: (at) => (cursor = at) });
  const table = createTableImport((rows) => commit(rows, TABLE), () => render());
  const ways = createSegments("Way", [
    { value: "paint", label: "Paint" },
    { value: "table", label: "Paste or upload" },
  ], (value) => {
    way = value;
    render();
  });
  const { dialog, count, said, apply } = build(() => void use());
  dialog.querySelector("h2")?.after(ways.element);
  dialog.querySelector(".own-body")?.append(canvas.element, h("div", { class: "own-side" }, tools.element, table.element));
  root.append(dialog);

  /** @param {readonly Row[]} rows */
  const showRows = (rows) => {
    const { brush, radius } = tools.tools;
    canvas.update(rows, brush === "point" || way === "table" ? 0 : radius);
    const far = outside(rows);
    count.textContent = `${whole(rows.length)} of ${whole(MOST_ROWS)} points${far > 0 ? `, ${far} outside the map` : ""}`;
  };

  const render = () => {
    const rows = versions.now;
    const { canUndo, canRedo } = versions;
    ways.update(way);
    tools.element.hidden = way !== "paint";
    table.element.hidden = way !== "table";
    tools.update({ rows, canUndo, canRedo, hasCurrent: (frames.scene?.classes ?? 0) > 1 });
    showRows(rows);
    const wrong = (way === "table" ? table.obstacle : null) ?? obstacle(rows);
    apply.disabled = wrong !== null;
    said.textContent = refusal ?? wrong ?? note;
    said.classList.toggle("is-bad", refusal !== null);
  };

  const use = async () => {
    apply.disabled = true;
    said.textContent = "Sending …";
    const rows = compact(versions.now);
    refusal = await actions.useRows(rows);
    if (refusal === null) {
      known = JSON.stringify(rows);
      dialog.close();
    }
    render();
  };

  const takeOver = () => {
    const { rows } = store.get().spec.data ?? {};
    if (!rows || JSON.stringify(rows) === known) return;
    known = JSON.stringify(rows);
    versions.commit(rows);
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
      if (cursor) commit(erase(versions.now, cursor, REACHED));
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

/** @param {() => void} use */
function build(use) {
  const shut = () => dialog.close();
  const count = h("p", { class: "own-count", "aria-live": "polite", "data-testid": "own-count" });
  const said = h("p", { class: "own-said", role: "status", "data-testid": "own-said" });
  const apply = h("button", { type: "button", class: "button is-main", "data-testid": "use-points", onclick: use },
    "Use these points", icon(RESTART, "restart-mark"));
  describe(apply, {
    title: "Use these points",
    text: "Trains on them instead of the data set that is chosen now.",
    effect: "restart",
  });
  const cancel = h("button", { type: "button", class: "button", "data-testid": "own-cancel", onclick: shut }, "Cancel");
  describe(cancel, { title: "Cancel", text: "Closes the editor; it keeps your points until you leave the page." });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: shut }, icon(CLOSE));
  describe(close, { title: "Close", text: "Closes the editor; it keeps your points until you leave the page." });
  const dialog = h("dialog", { class: "own-data", "aria-labelledby": "own-data-title", "data-testid": "own-data" },
    h("header", { class: "own-head" }, h("h2", { id: "own-data-title" }, "Own data"), close),
    h("div", { class: "own-body" }),
    h("footer", { class: "own-foot" }, h("div", { class: "own-state" }, count, said), cancel, apply));
  return { dialog, count, said, apply };
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

/** @param {number} value */
const whole = (value) => value.toLocaleString("en-US");
