/** What the panel of the network is made of, and the line above it that counts its layers and parameters. */

import { h, icon } from "../base/dom.js";
import { whole } from "../base/format.js";
import { marked } from "../base/marked.js";
import { describe } from "../ui/tooltip.js";
import { t, tn } from "../base/words.js";

/** @import {Actions, State} from "../base/types.js" */

/** The id of what is read off a unit or an edge, which describes what is pointed at. */
export const READING = "network-reading";

const PLUS = "M12 5v14M5 12h14";

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 * @param {HTMLElement} every  what is set on all layers at once
 */
export function buildNetwork(root, actions, every) {
  const canvas = h("canvas", { class: "network-canvas", "data-testid": "network" });
  const units = h("div", { class: "network-units" });
  const controls = h("div", { class: "network-controls" });
  const trace = h("div", { class: "network-trace", "data-testid": "trace-marks", "aria-hidden": "true" });
  const stage = h("div", { class: "network-stage" }, canvas, units, trace, controls);
  stage.style.visibility = "hidden"; // nothing has its place yet
  const scroller = h("div", { class: "network-scroller" }, stage);
  const reading = h("div", { class: "network-reading", id: READING, "data-testid": READING, hidden: true });
  const add = h(
    "button",
    { type: "button", class: "button network-add", "data-testid": "add-layer", onclick: actions.addLayer },
    icon(PLUS),
    h("span", { class: "button-name" }, t("Add layer")),
  );
  describe(add, {
    title: t("Add layer"),
    text: t("Adds a hidden layer before the output, like the last one."),
    effect: "restart",
  });
  const summary = h("p", { class: "network-summary" });
  const refold = h(
    "button",
    { type: "button", class: "button", "data-testid": "refold", hidden: true },
    t("Show fewer layers"),
  );
  describe(refold, {
    title: t("Show fewer layers"),
    text: t("Folds the layers in the middle up, so that the network fits."),
  });
  const rest = h("div", { class: "network-rest", hidden: true });
  root.append(
    h("div", { class: "network-bar" }, summary, h("div", { class: "network-buttons" }, every, refold, add)),
    scroller,
    rest,
    reading,
  );
  return { canvas, units, trace, controls, stage, scroller, rest, refold, reading, summary };
}

/**
 * "2 hidden layers, 37 parameters": the second is left out where there is no room for it.
 *
 * @param {HTMLElement} summary
 * @param {Readonly<State>} state
 */
export function sayCounts(summary, { units, parameters }) {
  const text = t("{layers}*, {parameters}*", {
    layers: tn("{count} hidden layer", "{count} hidden layers", units.length - 2),
    parameters: tn("{count} parameter", "{count} parameters", parameters, { count: whole(parameters) }),
  });
  if (summary.textContent === text.replaceAll("*", "")) return;
  const parts = marked(text, (part) => h("span", { class: "network-parameters" }, part));
  summary.replaceChildren(...parts.map((part) => (typeof part === "string" ? h("span", {}, part) : part)));
}
