/** How well the network does: loss and accuracy, on the points it trains on and on those it never saw. */

import { h, numberWriter } from "../lib/dom.js";
import { loss, percent } from "../lib/format.js";
import { describe } from "../lib/tooltip.js";
import { METRICS } from "../frames.js";

/** @import {Context, View} from "../types.js" */

const ROWS = [
  { name: "loss", label: "Loss", format: loss, train: "train_loss", test: "test_loss",
    help: "How far the output is from the target, as a mean over the points; smaller is better." },
  { name: "accuracy", label: "Accuracy", format: percent, train: "train_accuracy", test: "test_accuracy",
    help: "The share of points whose class the network gets right." },
];

const COLUMNS = /** @type {const} */ ([
  { name: "train", label: "Train", help: "On the points the network learns from." },
  { name: "test", label: "Test", help: "On points it has never seen: this says how well it has learned." },
]);

/**
 * @param {HTMLElement} root
 * @param {Context} _context
 * @returns {View}
 */
export function readoutView(root, _context) {
  /** @type {[number, (value: number) => void][]} */
  const writers = [];
  const table = h("table", { class: "readout" },
    h("thead", {}, h("tr", {}, h("td"), ...COLUMNS.map((column) => heading("col", column)))),
    h("tbody", {}, ...ROWS.map((row) => h("tr", {}, heading("row", row), ...COLUMNS.map((column) => {
      const cell = h("td", { "data-testid": `${column.name}-${row.name}` }, "–");
      writers.push([METRICS.indexOf(row[column.name]), numberWriter(cell, row.format)]);
      return cell;
    })))),
  );
  root.append(table);

  return {
    draw({ arrays: { metrics } }) {
      const members = metrics.shape[1] ?? 1;
      for (const [metric, write] of writers) write(metrics.data[metric * members] ?? NaN);
    },
  };
}

/**
 * @param {"row" | "col"} scope
 * @param {{name: string, label: string, help: string}} name
 */
function heading(scope, { name, label, help }) {
  const element = h("th", { scope, class: `is-${name}` }, h("span", { class: "caption" }, label));
  describe(element, { title: label, text: help });
  return element;
}
