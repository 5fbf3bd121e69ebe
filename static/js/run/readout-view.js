/** How well the network does: on the points it trains on, and on those it never saw. */

import { h, numberWriter } from "../base/dom.js";
import { loss, percent, share } from "../base/format.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Context, Frame, View} from "../base/types.js" */

const COLUMNS = /** @type {const} */ ([
  { name: "train", label: t("Train"), help: t("On the points the network learns from.") },
  { name: "test", label: t("Test"), help: t("On points it has never seen: this says how well it has learned.") },
]);

/** @typedef {(frame: Frame, column: number) => number} Read */

/** @param {readonly string[]} all  the names of the rows of a frame's `metrics` */
function rowsOf(all) {
  const metric = (/** @type {string[]} */ ...names) =>
    /** @type {Read} */ (
      ({ arrays: { metrics } }, column) =>
        metrics.data[all.indexOf(names[column] ?? "") * (metrics.shape[1] ?? 1)] ?? NaN
    );
  return [
    {
      name: "loss",
      label: t("Loss"),
      format: loss,
      read: metric("train_loss", "test_loss"),
      help: t(
        "How far the output is from the target, as a mean over the points; smaller is better. The penalty is not part of it.",
      ),
    },
    {
      name: "penalty",
      label: t("+ Penalty"),
      format: loss,
      read: metric("penalty"),
      help: t("The L1 and L2 penalties, added to the loss in training: the price on large weights."),
    },
    {
      name: "accuracy",
      label: t("Accuracy"),
      format: percent,
      read: metric("train_accuracy", "test_accuracy"),
      help: t("The share of points that the network classifies correctly."),
    },
    {
      name: "r-squared",
      label: "R²",
      format: share,
      read: /** @type {Read} */ (({ arrays }, column) => arrays.r_squared?.data[column] ?? NaN),
      help: t(
        "The share of the targets' variance that the network explains: 1 is perfect, 0 no better than their mean.",
      ),
    },
  ];
}

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function readoutView(root, { store, frames, want, catalog }) {
  /** @type {((frame: Frame) => void)[]} */
  const writers = [];
  const lines = rowsOf(catalog.metrics).map((row) =>
    h(
      "tr",
      {},
      heading("row", row),
      ...COLUMNS.map(({ name }, column) => {
        const cell = h("td", { "data-testid": `${name}-${row.name}` }, row.name === "penalty" && column > 0 ? "" : "–");
        if (row.name === "penalty" && column > 0) return cell;
        const write = numberWriter(cell, row.format);
        writers.push((frame) => write(row.read(frame, column)));
        return cell;
      }),
    ),
  );
  const untested = h(
    "p",
    { class: "readout-note", hidden: true, "data-testid": "no-test-points" },
    t("No test points: all points train."),
  );
  const [, penaltyLine, accuracyLine, rSquaredLine] = lines;
  root.append(
    h(
      "table",
      { class: "readout" },
      h("thead", {}, h("tr", {}, h("td"), ...COLUMNS.map((column) => heading("col", column)))),
      h("tbody", {}, ...lines),
    ),
    untested,
  );

  const takeScene = () => {
    const regression = frames.scene?.task === "regression";
    if (accuracyLine) accuracyLine.hidden = regression;
    if (rSquaredLine) rSquaredLine.hidden = !regression;
    untested.hidden = !frames.scene || frames.scene.train < frames.scene.arrays.labels.data.length;
    want("readout", { evaluation: regression });
  };
  frames.subscribe(takeScene);
  takeScene();
  watch(store, ["spec"], ({ spec }) => {
    if (penaltyLine) penaltyLine.hidden = !Object.values(spec.penalty ?? {}).some((rate) => rate > 0);
  });

  return {
    draw(frame) {
      for (const write of writers) write(frame);
    },
  };
}

/**
 * @param {"row" | "col"} scope
 * @param {{name: string, label: string, help: string}} name
 */
function heading(scope, { name, label, help }) {
  const key = scope === "col" ? `curve-key is-${name}` : "";
  const element = h("th", { scope, class: `is-${name}` }, h("span", { class: `caption ${key}`.trim() }, label));
  describe(element, { title: label, text: help });
  return element;
}
