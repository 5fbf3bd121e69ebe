/** What is saved of one point: the tables of its step side by side, and all parameters as rows. */

import { t, tc } from "../../base/words.js";
import { write } from "../../draw/surface.js";
import { biasOf, linksInto } from "./trace.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Names} from "./numbers.js" */
/** @import {Table} from "./tables.js" */
/** @import {Parameter, Trace} from "./trace.js" */

const TEXT = 12;
const ROW = 19;
const APART = 32;

/** About so wide a letter is, and so far columns are apart. */
const LETTER = 6.9;
const GAP = 14;

/** @param {Table} table @returns {number[]} how wide its columns are */
const widths = ({ head, rows }) =>
  Array.from({ length: Math.max(head.length, ...rows.map(({ cells }) => cells.length)) }, (_, column) => {
    const texts = [head[column] ?? "", ...rows.map(({ cells }) => cells[column] ?? "")];
    return GAP + LETTER * Math.max(...texts.map(({ length }) => length));
  });

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * How large the picture of some tables is, with lines of text below them.
 *
 * @param {readonly Table[]} tables
 * @param {readonly string[]} lines
 */
export const portraitSize = (tables, lines) => ({
  width: Math.max(
    sum(tables.map((table) => sum(widths(table)) + APART)) - APART,
    ...lines.map(({ length }) => LETTER * length),
  ),
  height: ROW * (2 + Math.max(...tables.map(({ rows }) => rows.length)) + lines.length),
});

/**
 * @param {Surface} surface
 * @param {readonly Table[]} tables
 * @param {readonly string[]} lines  below them
 * @param {{ink: string, soft: string, sunken: string, font: string}} look
 */
export function drawPortrait(surface, tables, lines, look) {
  let left = 0;
  for (const table of tables) {
    const columns = widths(table);
    if (table.present) {
      surface.fillStyle = look.sunken;
      surface.fillRect(left - GAP / 2, 0, sum(columns) + GAP, ROW * (table.rows.length + 1) + 6);
    }
    writeRow(surface, table.head, columns, { left, y: ROW - 4 }, { ...look, colour: look.soft, weight: 400 });
    table.rows.forEach(({ cells, present }, row) => {
      const style = { ...look, colour: look.ink, weight: present ? 600 : 400 };
      writeRow(surface, cells, columns, { left, y: ROW * (row + 2) - 4 }, style);
    });
    left += sum(columns) + APART;
  }
  const below = ROW * (1 + Math.max(...tables.map(({ rows }) => rows.length)));
  lines.forEach((line, index) =>
    write(surface, line, 0, below + ROW * (index + 1), { font: look.font, colour: look.ink, size: TEXT }),
  );
}

/**
 * @param {Surface} surface
 * @param {readonly string[]} cells
 * @param {readonly number[]} columns  how wide they are
 * @param {{left: number, y: number}} at
 * @param {{font: string, colour: string, weight: number}} look
 */
function writeRow(surface, cells, columns, { left, y }, { font, colour, weight }) {
  let right = left;
  columns.forEach((width, column) => {
    right += width;
    write(surface, cells[column] ?? "", right, y, { font, colour, weight, size: TEXT, align: "right" });
  });
}

/**
 * A row for each weight and bias, in the order of the layers.
 *
 * @param {Trace} trace
 * @param {Names} names
 * @returns {(string | number)[][]}
 */
export function parameterTable(trace, names) {
  const row = (/** @type {(string | number)[]} */ place, /** @type {number} */ x, /** @type {Parameter} */ found) => [
    ...place,
    found.theta,
    x,
    found.term,
    found.gradient,
    found.numeric,
    found.batchGradient,
    found.after,
  ];
  return [
    [
      t("layer"),
      tc("column", "from"),
      tc("column", "to"),
      tc("column", "weight"),
      t("value"),
      t("product"),
      t("gradient"),
      tc("column", "finite_difference"),
      tc("column", "gradient_of_batch"),
      tc("column", "weight_after"),
    ],
    ...trace.layers.flatMap(({ x }, layer) =>
      Array.from({ length: trace.units[layer + 1] ?? 0 }, (_, unit) => {
        const to = names.unit(layer, unit);
        const links = linksInto(trace, layer, unit).map((link, from) =>
          row([layer + 1, names.unit(layer - 1, from), to], x[from] ?? NaN, link),
        );
        const bias = biasOf(trace, layer, unit);
        return [...links, row([layer + 1, t("bias"), to], 1, { ...bias, term: bias.theta })];
      }).flat(),
    ),
  ];
}
