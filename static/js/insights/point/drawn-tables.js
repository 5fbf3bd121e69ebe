/** Draws the tables of a step: each under its column of the network, or one about links in the whole width. */

import { markIcon } from "../../draw/class-shapes.js";
import { h, setAttribute, setText } from "../../base/dom.js";
import { createScoreHandle } from "./score-handle.js";

/** @import {Row, Table} from "./tables.js" */

/** Columns that are closer than this have room for a unit and its value alone. */
const WIDE = 140;

/** Tables are so far apart at least. */
const APART = 4;

/**
 * @typedef {{table: Table, x: number | null}} Placed  the middle of its column; null for one that has the whole width
 *
 * @param {HTMLElement} parent
 * @param {(place: number, score: number) => void} drag  a score was dragged
 */
export function createTables(parent, drag) {
  /** @type {ReturnType<typeof createTable>[]} */
  let shown = [];
  let structure = "";

  return {
    /**
     * @param {Placed[]} placed
     * @param {HTMLElement | null} first  what stands at the left before them
     */
    show(placed, first) {
      const pitch = Math.min(...placed.slice(1).map(({ x }, index) => (x ?? 0) - (placed[index]?.x ?? 0)));
      const slim = placed.map(({ table, x }) => x !== null && pitch < WIDE && !table.present);
      const tables = placed.map(({ table }, index) => (slim[index] ? slimmed(table) : table));
      const key = JSON.stringify(tables.map(({ head, rows }) => [head, rows.map(shapeOf)]));
      if (key !== structure) {
        structure = key;
        for (const { element } of shown) element.remove();
        shown = tables.map((table) => createTable(table, drag));
        parent.append(...shown.map(({ element }) => element));
      }
      shown.forEach((each, index) => each.write(/** @type {Table} */ (tables[index])));
      place(placed, shown, parent.clientWidth, first);
      // what scrolls is reached from the keyboard
      setAttribute(parent, "tabindex", parent.scrollHeight > parent.clientHeight && "0");
    },
  };
}

/**
 * Under the columns, as far as they do not cover each other: the present one first, then those beside it.
 *
 * @param {Placed[]} placed
 * @param {{element: HTMLElement}[]} shown
 * @param {number} width
 * @param {HTMLElement | null} first
 */
function place(placed, shown, width, first) {
  const taken = first ? [[0, first.offsetWidth + 4 * APART]] : [];
  const present = Math.max(
    0,
    placed.findIndex(({ table }) => table.present),
  );
  const order = placed.map((_, index) => index).sort((a, b) => Math.abs(a - present) - Math.abs(b - present));
  for (const index of order) {
    const { element } = /** @type {{element: HTMLElement}} */ (shown[index]);
    const { x } = /** @type {Placed} */ (placed[index]);
    const size = element.offsetWidth;
    const left = x === null ? 0 : Math.round(Math.min(Math.max(0, x - size / 2), Math.max(0, width - size)));
    const isFree = taken.every(([from = 0, to = 0]) => left >= to + APART || left + size + APART <= from);
    const isSeen = isFree && (x === null || (x > 0 && x < width + size / 2));
    element.style.left = `${left}px`;
    element.style.visibility = isSeen ? "" : "hidden";
    if (isSeen) taken.push([left, left + size]);
  }
}

/**
 * The first and the last cell of each row.
 *
 * @param {Table} table
 * @returns {Table}
 */
function slimmed({ rows, present }) {
  const ends = (/** @type {Row} */ { cells, others }) => [others ? `+${others}` : (cells[0] ?? ""), cells.at(-1) ?? ""];
  return { head: [], present, rows: rows.map(({ drag: _, ...row }) => ({ ...row, cells: ends(row) })) };
}

/** What of a row is no text. @param {Row} row */
const shapeOf = ({ cells, mark, drag }) => [cells.length, mark ?? null, drag?.place ?? null];

/**
 * @param {Table} table
 * @param {(place: number, score: number) => void} drag
 */
function createTable({ head, rows, spare }, drag) {
  const kind = (/** @type {number} */ index) => (index === spare ? { class: "is-spare" } : {});
  const lines = rows.map((row) => {
    const handle = row.drag && createScoreHandle(row.drag.place, drag);
    const cells = row.cells.map((_, index) => {
      const text = handle && index === 1 ? handle.element : h("span");
      const mark = index === 0 && row.mark !== undefined && markIcon(row.mark);
      const isName = index === 0 && row.cells[0] !== "";
      return { text, cell: h(isName ? "th" : "td", isName ? { scope: "row" } : kind(index), mark, text) };
    });
    return { cells, handle, element: h("tr", {}, ...cells.map(({ cell }) => cell)) };
  });
  const heads =
    head.length > 0
    && h("tr", {}, ...head.map((text, index) => (text ? h("th", { scope: "col", ...kind(index) }, text) : h("td"))));
  const element = h("table", { class: "point-table" }, heads, ...lines.map((line) => line.element));
  return {
    element,
    /** @param {Table} table */
    write({ rows, present }) {
      element.classList.toggle("is-present", present);
      rows.forEach((row, index) => {
        const line = /** @type {typeof lines[number]} */ (lines[index]);
        setAttribute(line.element, "data-present", row.present === true);
        row.cells.forEach((text, cell) => setText(/** @type {HTMLElement} */ (line.cells[cell]?.text), text));
        if (row.drag) line.handle?.show(row.drag.score);
      });
    },
  };
}
