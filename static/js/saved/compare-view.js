/** The pinned runs beside the current one: their maps, their results, and the settings in which any of them differs. */

import { h } from "../base/dom.js";
import { loss, percent, whole } from "../base/format.js";
import { createMap } from "../draw/class-map.js";
import { colourVariable } from "../draw/markers.js";
import { watchPalette } from "../draw/palette.js";
import { drawPoints } from "../draw/points.js";
import { atMostEvery } from "../base/scheduling.js";
import { onSight } from "../base/visibility.js";
import { differences } from "../settings/diff.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { parse } from "../address/run-link.js";
import { t } from "../base/words.js";

/** @import {Catalog, Context, Spec, View} from "../base/types.js" */
/** @import {Palette} from "../draw/colour.js" */
/** @import {RunList, SavedRun} from "./list.js" */

const SIZE = 200;
const GAP = 120;
const RESULTS = /** @type {[string, number, (value: number) => string][]} */ ([
  [t("Train loss"), 0, loss],
  [t("Test loss"), 1, loss],
  [t("Train accuracy"), 2, percent],
  [t("Test accuracy"), 3, percent],
]);

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {RunList} runs
 * @returns {View}
 */
export function compareView(root, { store, frames, catalog }, runs) {
  const parts = build(root);
  const map = createMap();
  let seen = false;
  /** @type {Palette} */
  let palette;

  const draw = atMostEvery(GAP, () => {
    const { latest: frame, scene } = frames;
    if (!seen || !frame || !scene) return;
    const context = /** @type {CanvasRenderingContext2D} */ (parts.current.getContext("2d"));
    const { boundary, boundary_scale: scale } = frame.arrays;
    const picture = { maps: boundary.data, scales: scale.data, grid: boundary.shape[1] ?? 1 };
    map.paint(context, 2 * SIZE, picture, { palette, discretize: false });
    const { points, labels } = scene.arrays;
    drawPoints(
      context,
      { points: points.data, labels: labels.data, task: scene.task, from: 0, to: scene.train },
      { palette, size: 2 * SIZE, radius: 4.8 },
    );
    const members = frame.arrays.metrics.shape[1] ?? 1;
    RESULTS.forEach(([, row, write], index) => {
      const cell = parts.results[index];
      if (cell) cell.textContent = write(frame.arrays.metrics.data[row * members] ?? NaN);
    });
    parts.step.textContent = t("step {step}", { step: whole(frame.step) });
    parts.mode.hidden = frame.training === undefined;
  });

  watchPalette((next) => {
    palette = next;
    draw();
  });
  watch(store, ["pinned"], ({ pinned }) => parts.show(pinned, runs.rename));
  watch(store, ["pinned", "spec"], ({ pinned, spec }) => {
    if (pinned.length > 0) parts.tell(pinned, rowsOf(pinned, spec, catalog));
  });
  onSight(root, (now) => {
    seen = now;
    draw();
  });
  return { draw };
}

/**
 * The settings in which any of the runs is not as the current one: its name, the value of each, and the current one.
 *
 * @param {readonly SavedRun[]} pinned
 * @param {Spec} spec
 * @param {Catalog} catalog
 * @returns {string[][]}
 */
function rowsOf(pinned, spec, catalog) {
  const found = pinned.map(({ link }) => differences(parse(link, catalog).spec, spec, catalog));
  const labels = [...new Set(found.flatMap((lines) => lines.map(({ label }) => label)))];
  return labels.map((label) => {
    const each = found.map((lines) => lines.find((line) => line.label === label));
    const now = each.find((line) => line)?.after ?? "";
    return [label, ...each.map((line) => line?.before ?? now), now];
  });
}

/** @param {HTMLElement} root */
function build(root) {
  const current = h("canvas", {
    class: "compare-map",
    width: 2 * SIZE,
    height: 2 * SIZE,
    role: "img",
    "aria-label": t("The output map of this run"),
    "data-testid": "compare-current",
  });
  const step = h("span");
  const maps = h("div", { class: "compare-maps" });
  const mode = modeMark();
  mode.hidden = true;
  const caption = h("figcaption", {}, h("span", { class: "compare-now" }, t("This run")), step);
  const now = h("figure", {}, current, mode, caption);
  const results = RESULTS.map(() => h("td", {}, "–"));
  const head = h("tr");
  const body = h("tbody");
  const settings = h("tbody", { "data-testid": "differences" });
  maps.append(now);
  const columns = h("colgroup", {}, h("col", { class: "compare-label" }));
  const table = h("table", { class: "compare-table" }, columns, h("thead", {}, head), body, settings);
  const compare = h("div", { class: "compare" }, maps, table);
  root.append(compare);

  return {
    current,
    step,
    mode,
    results,
    /**
     * @param {readonly SavedRun[]} pinned
     * @param {(id: string, name: string) => void} rename
     */
    show(pinned, rename) {
      compare.style.setProperty("--runs", String(pinned.length + 1));
      maps.replaceChildren(...pinned.map((run) => pinnedFigure(run, rename)), now);
      head.replaceChildren(
        h("td"),
        ...pinned.map(({ name, slot }) => h("th", { scope: "col" }, swatch(slot), name)),
        h("th", { scope: "col" }, t("This run")),
      );
      body.replaceChildren(
        ...RESULTS.map(([label, row, write], index) => {
          const cells = pinned.map(({ result }) => h("td", {}, write(result[row] ?? NaN)));
          return h("tr", {}, h("th", { scope: "row" }, label), ...cells, results[index]);
        }),
      );
    },

    /**
     * @param {readonly SavedRun[]} pinned
     * @param {string[][]} rows
     */
    tell(pinned, rows) {
      const title = rows.length === 0 ? t("All have the same settings.") : t("Differences");
      settings.replaceChildren(
        h("tr", {}, h("th", { scope: "rowgroup", colspan: pinned.length + 2, class: "compare-title" }, title)),
        ...rows.map(([label = "", ...values]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, label),
            ...values.map((value) => h("td", { class: value === values.at(-1) ? "" : "is-other" }, value)),
          ),
        ),
      );
    },
  };
}

/**
 * @param {SavedRun} run
 * @param {(id: string, name: string) => void} rename
 */
function pinnedFigure({ id, slot, name, title, picture, training, step }, rename) {
  const field = h("input", {
    type: "text",
    class: "compare-name",
    value: name,
    maxlength: 24,
    "aria-label": t("Name of the pinned run: {title}", { title }),
    "data-testid": "compare-name",
    onchange: () => rename(id, field.value),
  });
  describe(field, {
    title: t("Name"),
    text: t("The name of this run here and on the curves. The run is {title}.", { title }),
  });
  return h(
    "figure",
    {},
    h("img", {
      class: "compare-map",
      src: picture,
      alt: t("The output map of the pinned run {name}", { name }),
      "data-testid": "compare-pinned",
    }),
    training && modeMark(),
    h("figcaption", {}, swatch(slot), field, t("step {step}", { step: whole(step) })),
  );
}

/** Says on a map that it is of the network as in training. */
function modeMark() {
  const mark = h("span", { class: "compare-mode", "data-testid": "compare-mode" }, t("As in training"));
  describe(mark, {
    title: t("As in training"),
    text: t("Batch norm with the statistics of the next mini-batch, dropout with the mask of its first point."),
  });
  return mark;
}

/** @param {number} slot */
function swatch(slot) {
  const mark = h("span", { class: "compare-swatch" });
  mark.style.setProperty("--swatch", colourVariable(slot));
  return mark;
}
