/** Says which colour of the map means what. */

import { h } from "./dom.js";
import { describe } from "./tooltip.js";
import { className } from "./reading.js";

/** @import {Scene} from "../types.js" */

/** As many classes as have a colour of their own. */
const COLOURS = 10;

export function createLegend() {
  const element = h("div", { class: "legend", "data-testid": "legend" });
  describe(element, {
    title: "Colours",
    text: "The hue says which class wins, its strength how far it is ahead of the next.",
  });
  let shown = "";

  return {
    element,

    /** @param {Pick<Scene, "task" | "classes">} scene */
    update({ task, classes }) {
      const wanted = `${task} ${classes}`;
      if (wanted === shown) return;
      shown = wanted;
      element.replaceChildren(...(task === "multi_class" ? hues(classes) : [scale(task === "regression")]));
    },
  };
}

/** @param {boolean} regression */
function scale(regression) {
  const name = (/** @type {number} */ index) => (regression ? null : h("span", {}, className(index)));
  const end = (/** @type {string} */ value) => h("span", { class: "legend-end" }, value);
  const bar = h("span", { class: "legend-bar" });
  return h("div", { class: "legend-scale" }, name(0), end("−1"), bar, end("+1"), name(1));
}

/** @param {number} classes */
function hues(classes) {
  const items = Array.from({ length: classes }, (_, index) => {
    const swatch = h("span", { class: "legend-swatch" });
    swatch.style.setProperty("--swatch", `var(--class-${index % COLOURS})`);
    return h("span", { class: "legend-item" }, swatch, String(index));
  });
  return [h("span", {}, "Class"), ...items];
}
