/** A person's own points: painted, pasted or uploaded, and then learned from. */

import { along, erase, place, spray } from "../lib/brush.js";
import { h, icon } from "../lib/dom.js";
import { RESTART } from "../lib/controls.js";
import { compact, MOST_CLASSES, MOST_ROWS, obstacle, outside, rowsOf } from "../lib/own-rows.js";
import { createPaintTools } from "../lib/paint-tools.js";
import { createPointCanvas } from "../lib/point-canvas.js";
import { createSegments } from "../lib/segments.js";
import { createTableImport } from "../lib/table-import.js";
import { describe } from "../lib/tooltip.js";
import { createVersions } from "../lib/versions.js";
import { watch } from "../store.js";

/** @import {Place} from "../lib/brush.js" */
/** @import {Row} from "../lib/own-rows.js" */
/** @import {Context, View} from "../types.js" */

const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/** How much each press and each stop of the spray adds. */
const SPRAYED = 4;
/** Points of a dragged row are this far apart. */
const GAP = 0.35;
/** How far Delete reaches from the cursor: less than an arrow key moves it. */
const REACHED = 0.15;
/** The tag under which what a table gives is one step back. */
const TABLE = "table";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function ownDataView(root, { store, frames, actions, catalog }) {
  const example = /** @type {Row[]} */ (
    catalog.families.datasets?.flatMap(({ knobs }) => knobs).find(({ type }) => type === "rows")?.default ?? []);
  const versions = createVersions(/** @type {readonly Row[]} */ ([]));
  /** @type {"paint" | "table"} */
  let way = "paint";
  /** What the points were when the editor last took them from the run. */
  let taken = "";
  /** @type {string | null} */
  let refusal = null;

  /**
   * @param {readonly Row[]} rows
   * @param {string} [tag]
   */
  const commit = (rows, tag) => {
    versions.commit(rows, tag);
    refusal = null;
    render();
  };

  const tools = createPaintTools({
    changed: () => render(),
    undo: () => step(versions.undo),
    redo: () => step(versions.redo),
    clear: () => commit([]),
    startFromCurrent: () => frames.scene && commit(rowsOf(frames.scene)),
    startFromExample: () => commit(example),
  });
  const step = (/** @type {() => void} */ move) => {
    move();
    render();
  };
  const stroke = createStroke(() => versions.now, () => tools.tools, (rows) => showRows(rows), commit);
  const position = h("p", { class: "visually-hidden", "aria-live": "polite" });
  const canvas = createPointCanvas({
    ...stroke,
    point(at) {
      cursor = at;
      if (at && document.activeElement === canvas.canvas) position.textContent = at.map((value) => value.toFixed(1)).join(", ");
    },
  });
  /** @type {Place | null} */
  let cursor = null;
  const table = createTableImport((rows) => commit(rows, TABLE), () => render());
  const ways = createSegments("Way", [
    { value: "paint", label: "Paint" },
    { value: "table", label: "Paste or upload" },
  ], (value) => {
    way = value;
    render();
  });

  const count = h("p", { class: "own-count", "data-testid": "own-count" });
  const said = h("p", { class: "own-said", role: "status", "data-testid": "own-said" });
  const apply = h("button", { type: "button", class: "button is-main", "data-testid": "use-points", onclick: () => void use() },
    "Use these points", icon(RESTART, "restart-mark"));
  describe(apply, { title: "Use these points", text: "Trains on them instead of the data set chosen now.", effect: "restart" });
  const cancel = h("button", { type: "button", class: "button", "data-testid": "own-cancel", onclick: () => dialog.close() }, "Cancel");
  describe(cancel, { title: "Cancel", text: "Closes the editor; it keeps your points until you leave the page." });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => dialog.close() }, icon(CLOSE));
  const dialog = h("dialog", { class: "own-data", "aria-labelledby": "own-data-title", "data-testid": "own-data" },
    h("header", { class: "own-head" }, h("h2", { id: "own-data-title" }, "Own data"), ways.element, close),
    h("div", { class: "own-body" }, canvas.element, h("div", { class: "own-side" }, tools.element, table.element)),
    h("footer", { class: "own-foot" }, h("div", { class: "own-state" }, count, said), cancel, apply),
    position);
  root.append(dialog);

  /** @param {readonly Row[]} rows */
  const showRows = (rows) => {
    const { brush, radius } = tools.tools;
    canvas.update(rows, brush === "point" || way === "table" ? 0 : radius);
    const far = outside(rows);
    count.textContent = `${rows.length} of ${MOST_ROWS.toLocaleString("en-US")} points`
      + (far > 0 ? `, ${far} outside the map` : "");
  };

  const render = () => {
    const rows = versions.now;
    const { canUndo, canRedo } = versions;
    ways.update(way);
    tools.element.hidden = way !== "paint";
    table.element.hidden = way !== "table";
    tools.update({ rows, canUndo, canRedo, hasCurrent: (frames.scene?.classes ?? 0) > 1 });
    showRows(rows);
    const wrong = way === "table" && table.isUnread
      ? (table.isWaiting ? "Reading …" : "Correct the table; until then the points are as before.")
      : obstacle(rows);
    apply.disabled = wrong !== null;
    said.textContent = refusal ?? wrong ?? "";
    said.classList.toggle("is-bad", refusal !== null);
  };

  const use = async () => {
    apply.disabled = true;
    const rows = compact(versions.now);
    refusal = await actions.useRows(rows);
    if (refusal === null) {
      taken = JSON.stringify(rows);
      dialog.close();
    }
    render();
  };

  const takeRun = () => {
    const { spec } = store.get();
    const rows = spec.data?.rows;
    if (!rows || JSON.stringify(rows) === taken) return;
    taken = JSON.stringify(rows);
    versions.commit(rows);
  };

  watch(store, ["editingOwnData"], ({ editingOwnData }) => {
    if (editingOwnData && !dialog.open) {
      takeRun();
      refusal = null;
      render();
      dialog.showModal();
      canvas.canvas.focus({ preventScroll: true });
    } else if (!editingOwnData) {
      dialog.close();
    }
  });
  // Another run while the editor is open must not change what is being painted.
  frames.subscribe(() => dialog.open && render());
  dialog.addEventListener("close", () => actions.editOwnData(false));
  dialog.addEventListener("keydown", (event) => onKey(event));
  acceptDrops(dialog, (file) => {
    way = "table";
    render();
    void table.open(file);
  });

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    // The page behind has shortcuts of its own.
    event.stopPropagation();
    const target = event.target instanceof Element ? event.target : null;
    if (target?.matches("textarea, input[type=range]")) return;
    const key = event.key.toLowerCase();
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl && key === "z") step(event.shiftKey ? versions.redo : versions.undo);
    else if (withControl && key === "y") step(versions.redo);
    else if (!withControl && target === canvas.canvas && /^\d$/.test(key)) choose(Number(key));
    else if (target === canvas.canvas && ["delete", "backspace"].includes(key) && cursor) {
      commit(erase(versions.now, cursor, REACHED));
    } else return;
    event.preventDefault();
  };

  /** @param {number} label */
  const choose = (label) => {
    if (label >= MOST_CLASSES) return;
    tools.tools.classes = Math.max(tools.tools.classes, label + 1);
    tools.tools.label = label;
    render();
  };

  render();
}

/**
 * One stroke of the brush: shown while it lasts, and one step back when it ends.
 *
 * @param {() => readonly Row[]} now
 * @param {() => import("../lib/paint-tools.js").Tools} tools
 * @param {(rows: readonly Row[]) => void} show
 * @param {(rows: readonly Row[]) => void} commit
 */
function createStroke(now, tools, show, commit) {
  /** @type {readonly Row[]} */
  let rows = [];
  /** @type {Place | null} */
  let last = null;

  /** @param {Place[]} places */
  const paint = (places) => {
    const { brush, radius, label } = tools();
    for (const each of places) {
      if (brush === "erase") rows = erase(rows, each, radius);
      else rows = place(rows, brush === "spray" ? spray(each, radius, SPRAYED) : [each], label);
      last = each;
    }
    show(rows);
  };

  return {
    /** @param {Place} at */
    begin(at) {
      rows = now();
      paint([at]);
    },
    /** @param {Place} at */
    move(at) {
      const { brush, radius } = tools();
      if (last) paint(along(last, at, brush === "point" ? GAP : radius / 2));
    },
    end() {
      last = null;
      commit(rows);
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {(file: File) => void} listener
 */
function acceptDrops(element, listener) {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("is-over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("is-over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("is-over");
    const file = event.dataTransfer?.files[0];
    if (file) listener(file);
  });
}
