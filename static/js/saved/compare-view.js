/** The pinned run beside the current one: two maps, two results, and the settings in which they differ. */

import { h } from "../base/dom.js";
import { loss, percent, whole } from "../base/format.js";
import { createMap } from "../draw/class-map.js";
import { watchPalette } from "../draw/palette.js";
import { drawPoints } from "../draw/points.js";
import { atMostEvery } from "../base/scheduling.js";
import { onSight } from "../base/visibility.js";
import { differences } from "../settings/diff.js";
import { watch } from "../base/store.js";
import { parse } from "../address/run-link.js";

/** @import {Context, View} from "../base/types.js" */
/** @import {Palette} from "../draw/colour.js" */
/** @import {SavedRun} from "./list.js" */

const SIZE = 200;
const GAP = 120;
const RESULTS = /** @type {[string, number, (value: number) => string][]} */ ([
  ["Train loss", 0, loss],
  ["Test loss", 1, loss],
  ["Train accuracy", 2, percent],
  ["Test accuracy", 3, percent],
]);

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function compareView(root, { store, frames, catalog }) {
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
      const [cell] = parts.results[index] ?? [];
      if (cell) cell.textContent = write(frame.arrays.metrics.data[row * members] ?? NaN);
    });
    parts.step.textContent = `This run, step ${whole(frame.step)}`;
  });

  /** @param {SavedRun | null} pinned */
  const showPinned = (pinned) => {
    if (!pinned) return;
    parts.pinned.src = pinned.picture;
    parts.pinnedStep.textContent = `Pinned, step ${whole(pinned.step)}`;
    RESULTS.forEach(([, row, write], index) => {
      const [, cell] = parts.results[index] ?? [];
      if (cell) cell.textContent = write(pinned.result[row] ?? NaN);
    });
  };

  watchPalette((next) => {
    palette = next;
    draw();
  });
  watch(store, ["pinned", "spec"], ({ pinned, spec }) => {
    showPinned(pinned);
    if (!pinned) return;
    const lines = differences(parse(pinned.link, catalog).spec, spec, catalog);
    parts.differences.replaceChildren(
      ...(lines.length === 0
        ? [h("li", {}, "The same settings.")]
        : lines.map(({ label, before, after }) =>
            h("li", {}, h("span", { class: "caption" }, label), ` ${before} → ${after}`),
          )),
    );
  });
  onSight(root, (now) => {
    seen = now;
    draw();
  });
  return { draw };
}

/** @param {HTMLElement} root */
function build(root) {
  const pinned = h("img", {
    class: "compare-map",
    alt: "The output map of the pinned run",
    "data-testid": "compare-pinned",
  });
  const current = h("canvas", {
    class: "compare-map",
    width: 2 * SIZE,
    height: 2 * SIZE,
    role: "img",
    "aria-label": "The output map of this run",
    "data-testid": "compare-current",
  });
  const pinnedStep = h("figcaption");
  const step = h("figcaption");
  const results = RESULTS.map(() => [h("td", {}, "–"), h("td", {}, "–")]);
  const list = h("ul", { class: "compare-differences", "data-testid": "differences" });
  root.append(
    h(
      "div",
      { class: "compare" },
      h("figure", {}, pinned, pinnedStep),
      h("figure", {}, current, step),
      h(
        "div",
        { class: "compare-text" },
        h(
          "table",
          { class: "information" },
          h(
            "thead",
            {},
            h("tr", {}, h("td"), h("th", { scope: "col" }, "Pinned"), h("th", { scope: "col" }, "This run")),
          ),
          h(
            "tbody",
            {},
            ...RESULTS.map(([label], index) => {
              const [now, then] = results[index] ?? [];
              return h("tr", {}, h("th", { scope: "row" }, label), then, now);
            }),
          ),
        ),
        h("h3", { class: "caption" }, "From the pinned run to this one"),
        list,
      ),
    ),
  );
  return { pinned, current, pinnedStep, step, results, differences: list };
}
