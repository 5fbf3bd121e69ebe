/** Loss, accuracy and learning rate of the whole run, along steps or epochs. */

import { readLook } from "../charts/layout.js";
import { readRacerColours } from "../draw/markers.js";
import { bestPoint, isKnown, ROWS } from "../charts/curve-series.js";
import { curvesFigure } from "./curves-figure.js";
import { h } from "../base/dom.js";
import { loss, whole } from "../base/format.js";
import { watchPalette } from "../draw/palette.js";
import { createPlot } from "../charts/plot.js";
import { savedRun } from "../saved/list.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t, tc } from "../base/words.js";
import { option } from "../ui/option.js";

/** @import {Context, View} from "../base/types.js" */
/** @import {Look} from "../charts/layout.js" */
/** @import {Measure} from "./curves-figure.js" */

const MEASURES = /** @type {[Measure, string, string][]} */ ([
  ["loss", t("Loss"), t("How far the output is from the target; the penalty has a curve of its own.")],
  ["accuracy", t("Accuracy"), t("The share of points classified correctly.")],
  ["learning_rate", t("Learning rate"), t("How far each update goes, as the schedule sets it.")],
]);
const SMOOTHINGS = /** @type {[string, string][]} */ ([
  ["0", tc("smoothing", "None")],
  ["0.6", tc("smoothing", "Some")],
  ["0.9", tc("smoothing", "Much")],
]);

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function curvesView(root, { store, frames, actions }) {
  const parts = build(root);
  const { curves } = frames;
  /** @type {Look} */
  let look;
  /** @type {string[]} of the pinned runs, by their places */
  let colours = [];

  const figure = () => {
    const { edits, pinned } = store.get();
    const step = frames.latest?.step ?? 0;
    const options = { ...parts.options(), edits: edits.map((edit) => edit.step), step };
    const others = pinned.map((run) => ({
      name: run.name,
      curves: savedRun(run),
      other: true,
      colour: colours[run.slot] ?? look.soft,
    }));
    const runs = [{ name: t("this run"), curves }, ...others];
    return {
      key: JSON.stringify([
        curves.run,
        curves.length,
        curves.steps[curves.length - 1],
        options,
        pinned.map(({ id, step, name, slot }) => [id, step, name, slot]),
        colours,
        look,
      ]),
      make: () => curvesFigure(runs, look, options),
    };
  };
  const chart = createPlot(parts.plot, {
    figure,
    ready: () => seekOnClick(parts.plot, actions.seek, () => (parts.options().along === "steps" ? null : curves)),
    failed() {
      parts.empty.textContent = t("The chart could not be loaded. Reload the page to try again.");
    },
  });
  parts.onChange(chart.draw);
  watchPalette(() => {
    look = readLook(root);
    colours = readRacerColours(root);
    chart.drawSoon();
  });
  watch(store, ["pinned", "edits"], chart.drawSoon);

  const draw = () => {
    parts.empty.hidden = curves.length > 1;
    const hasAccuracy = curves.length === 0 || isKnown(curves.metrics[ROWS.trainAccuracy], curves.length);
    parts.offer("accuracy", hasAccuracy);
    parts.best.textContent = bestWords(bestPoint(curves));
    chart.drawSoon();
  };
  return { draw };
}

/** @param {ReturnType<typeof bestPoint>} best */
function bestWords(best) {
  if (!best) return "";
  return t("Best test loss {loss}, at epoch {epoch} (step {step})", {
    loss: loss(best.loss),
    epoch: whole(best.epoch),
    step: whole(best.step),
  });
}

/**
 * A press on a curve goes to that step of the run.
 *
 * @param {any} plot
 * @param {(step: number) => void} seek
 * @param {() => {epochs: ArrayLike<number>, steps: ArrayLike<number>, length: number} | null} epochs  what turns epochs
 *   into steps; null where the axis has steps
 */
function seekOnClick(plot, seek, epochs) {
  plot.on("plotly_click", (/** @type {{points: {x: number}[]}} */ { points: [point] }) => {
    if (!point) return;
    const curves = epochs();
    if (!curves) return seek(Math.round(point.x));
    const index = Array.from(curves.epochs)
      .slice(0, curves.length)
      .findIndex((epoch) => epoch >= point.x);
    seek(curves.steps[index < 0 ? curves.length - 1 : index] ?? 0);
  });
}

/** @param {HTMLElement} root */
function build(root) {
  const measure = h(
    "select",
    { "data-testid": "curves-measure" },
    ...MEASURES.map(([value, label]) => h("option", { value }, label)),
  );
  const along = h(
    "select",
    { "data-testid": "curves-along" },
    h("option", { value: "epochs" }, t("Epochs")),
    h("option", { value: "steps" }, t("Steps")),
  );
  const smoothing = h(
    "select",
    { "data-testid": "curves-smoothing" },
    ...SMOOTHINGS.map(([value, label]) => h("option", { value }, label)),
  );
  const logX = h("input", { type: "checkbox", "data-testid": "curves-log-x" });
  const logY = h("input", { type: "checkbox", "data-testid": "curves-log-y" });
  const field = (/** @type {HTMLElement} */ control, /** @type {string} */ label, /** @type {string} */ text) => {
    const element = h("label", { class: "curves-field" }, h("span", { class: "caption" }, label), control);
    describe(element, { title: label, text });
    return element;
  };
  const best = h("p", { class: "curves-best", "data-testid": "best" });
  const plot = h("div", {
    class: "chart",
    "data-testid": "curves-chart",
    role: "img",
    "aria-label": t("Curves of the run: loss, accuracy or learning rate"),
  });
  const empty = h("p", { class: "loss-empty" }, t("The curves begin with the first steps of training."));
  root.append(
    h(
      "div",
      { class: "curves-bar" },
      field(measure, tc("curves", "Show"), t("What to draw: the loss, the accuracy, or the learning rate.")),
      field(along, t("Along"), t("An epoch is one pass over the training points, a step is one update.")),
      field(smoothing, t("Smoothing"), t("Averages over neighbours, so that a jumpy curve shows where it goes.")),
      option(logX, t("Log x"), t("Spreads the beginning of the run apart.")),
      option(logY, t("Log y"), t("Spreads small values apart: each line is a tenth of the one above it.")),
      best,
    ),
    h("div", { class: "curves-frame" }, plot, empty),
    h(
      "p",
      { class: "curves-hint" },
      t(
        "Solid: training points. Dashed: test points. Dotted: the penalty. In colours: the pinned runs. An upright line stands where a setting was changed. Press a curve to go back to that step.",
      ),
    ),
  );

  return {
    plot,
    empty,
    best,
    options: () => ({
      measure: /** @type {Measure} */ (measure.value),
      along: /** @type {"epochs" | "steps"} */ (along.value),
      smoothing: Number(smoothing.value),
      logX: logX.checked,
      logY: logY.checked,
    }),
    /** @param {() => void} listener */
    onChange(listener) {
      for (const control of [measure, along, smoothing, logX, logY]) control.addEventListener("change", listener);
    },
    /**
     * @param {Measure} value
     * @param {boolean} isThere
     */
    offer(value, isThere) {
      const entry = [...measure.options].find((each) => each.value === value);
      if (!entry || entry.disabled === !isThere) return;
      entry.disabled = !isThere;
      if (!isThere && measure.value === value) measure.value = "loss";
    },
  };
}
