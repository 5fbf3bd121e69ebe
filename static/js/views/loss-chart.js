/** Train and test loss over the epochs. */

import { onResize } from "../lib/canvas.js";
import { h } from "../lib/dom.js";
import { CONFIG, lossLayout, lossTraces } from "../lib/loss-figure.js";
import { watchPalette } from "../lib/palette.js";
import { loadPlotly, whenIdle } from "../lib/plotly.js";
import { atMostEvery } from "../lib/schedule.js";
import { describe } from "../lib/tooltip.js";

/** @import {Context, View} from "../types.js" */
/** @import {Look} from "../lib/loss-figure.js" */

/** Drawing takes some 10 ms of the main thread; three times a second is often enough. */
const GAP = 350;

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function lossChartView(root, { frames }) {
  const { plot, empty, logarithmic } = build(root);
  let size = { width: 0, height: 0 };
  /** @type {any} */
  let plotly = null;
  let drawn = "";
  /** @type {Look} */
  let look;

  const draw = () => {
    const { curves } = frames;
    const isEmpty = curves.length < 2;
    empty.hidden = !isEmpty;
    if (!plotly || size.width === 0) return;
    const last = curves.length - 1;
    const options = { logarithmic: logarithmic.checked, ...size };
    const wanted = JSON.stringify([curves.run, curves.length, curves.steps[last], options, look]);
    if (wanted === drawn) return;
    drawn = wanted;
    plotly.react(plot, lossTraces(curves, look), lossLayout(look, options), CONFIG);
  };
  const drawSoon = atMostEvery(GAP, () => whenIdle(draw));

  logarithmic.addEventListener("change", draw);
  watchPalette(() => {
    look = readLook(root);
    drawSoon();
  });
  onResize(plot, (next) => {
    size = { width: Math.floor(next.width), height: Math.floor(next.height) };
    drawSoon();
  });
  loadPlotly().then(
    (library) => {
      plotly = library;
      draw();
    },
    () => {
      empty.textContent = "The chart could not be loaded. Reload the page to try again.";
    },
  );

  return { draw: drawSoon };
}

/** @param {HTMLElement} root */
function build(root) {
  const logarithmic = h("input", { type: "checkbox", "data-testid": "loss-log" });
  const option = h("label", { class: "output-option" }, logarithmic, "Log scale");
  describe(option, {
    title: "Log scale",
    text: "Spreads small losses apart: each line is a tenth of the one above it.",
  });
  const key = (/** @type {string} */ name, /** @type {string} */ label) =>
    h("span", { class: `curve-key is-${name}` }, label);
  const plot = h("div", {
    class: "loss-plot",
    "data-testid": "loss-chart",
    role: "img",
    "aria-label": "Loss over epochs, for training and test points",
  });
  const empty = h("p", { class: "loss-empty" }, "The curves begin with the first steps of training.");
  root.append(
    h("div", { class: "loss-bar" }, key("train", "Train"), key("test", "Test"), option),
    h("div", { class: "loss-frame" }, plot, empty),
  );
  return { plot, empty, logarithmic };
}

/**
 * @param {HTMLElement} root
 * @returns {Look}
 */
function readLook(root) {
  const style = getComputedStyle(root);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    train: read("--curve-train"),
    test: read("--curve-test"),
    ink: read("--ink"),
    soft: read("--ink-soft"),
    line: read("--line"),
    tip: read("--tip"),
    onTip: read("--on-tip"),
    font: style.fontFamily,
  };
}
