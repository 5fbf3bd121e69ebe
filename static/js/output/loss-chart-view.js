/** Train and test loss over the epochs, at a glance. */

import { readLook } from "../charts/layout.js";
import { h } from "../base/dom.js";
import { readRacerColours } from "../draw/markers.js";
import { lossLayout, lossTraces } from "./loss-figure.js";
import { watchPalette } from "../draw/palette.js";
import { createPlot } from "../charts/plot.js";
import { watch } from "../base/store.js";
import { option } from "../ui/option.js";
import { savedRun } from "../saved/list.js";
import { t } from "../base/words.js";

/** @import {Context, View} from "../base/types.js" */
/** @import {Look} from "../charts/layout.js" */

/** Pixels of height below which the plot has no room for names beside it. */
const LOW = 150;

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function lossChartView(root, { store, frames }) {
  const parts = build(root);
  const { curves } = frames;
  /** @type {Look} */
  let look;
  /** @type {string[]} of the pinned runs, by their places */
  let colours = [];
  const chart = createPlot(parts.plot, {
    figure() {
      const logarithmic = parts.logarithmic.checked;
      const last = curves.steps[curves.length - 1];
      const low = parts.plot.clientHeight < LOW;
      const { pinned } = store.get();
      const kept = pinned.map(({ id, step, name, slot }) => [id, step, name, slot]);
      return {
        key: JSON.stringify([curves.run, curves.length, last, logarithmic, low, look, kept, colours]),
        make: () => {
          const others = pinned.map((run) => ({
            name: run.name,
            curves: savedRun(run),
            other: true,
            colour: colours[run.slot] ?? look.soft,
          }));
          const data = lossTraces([...others, { name: t("This run"), curves }], look);
          const largest = Math.max(...data.flatMap(({ y }) => y.map((loss) => loss ?? 0)));
          return { data, layout: lossLayout(look, { logarithmic, largest, low }) };
        },
      };
    },
    failed() {
      parts.empty.textContent = t("The chart could not be loaded. Reload the page to try again.");
    },
  });

  parts.logarithmic.addEventListener("change", chart.draw);
  watchPalette(() => {
    look = readLook(root);
    colours = readRacerColours(root);
    chart.drawSoon();
  });
  watch(store, ["pinned"], chart.drawSoon);

  return {
    draw() {
      parts.empty.hidden = curves.length > 1 || store.get().pinned.length > 0;
      chart.drawSoon();
    },
  };
}

/** @param {HTMLElement} root */
function build(root) {
  const logarithmic = h("input", { type: "checkbox", "data-testid": "loss-log" });
  const scale = option(
    logarithmic,
    t("Log scale"),
    t("Spreads small losses apart: each line is a tenth of the one above it."),
  );
  const plot = h("div", {
    class: "chart",
    "data-testid": "loss-chart",
    role: "img",
    "aria-label": t("Loss over epochs, for training and test points"),
  });
  const empty = h("p", { class: "loss-empty" }, t("The curves begin with the first steps of training."));
  root.append(h("div", { class: "loss-frame" }, plot, empty, scale));
  return { plot, empty, logarithmic };
}
