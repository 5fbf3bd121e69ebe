/** The curves of all networks over each other. */

import { readLook } from "../../charts/layout.js";
import { h } from "../../base/dom.js";
import { memberCurvesFigure } from "./member-curves.js";
import { watchPalette } from "../../draw/palette.js";
import { createPlot } from "../../charts/plot.js";
import { readRacerColours } from "../../draw/markers.js";
import { describe } from "../../ui/tooltip.js";
import { watch } from "../../base/store.js";
import { option } from "../../ui/option.js";
import { halfSelect, hasTestPoints } from "../halves.js";
import { t } from "../../base/words.js";

/** @import {Spec, View} from "../../base/types.js" */
/** @import {LandscapeContext} from "../types.js" */
/** @import {Look} from "../../charts/layout.js" */

const HALVES = {
  title: t("Of which points"),
  text: t("The training points, drawn solid, or the test points, drawn dashed."),
};

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function memberCurvesView(root, { store, frames, race }) {
  const parts = build(root);
  /** @type {Look} */
  let look;
  /** @type {string[]} */
  let colours = [];
  const { members } = frames;

  const chart = createPlot(parts.plot, {
    figure() {
      const [first] = members;
      const names = race.names();
      const options = {
        ...parts.options(),
        along: /** @type {const} */ ("epochs"),
        chosen: store.get().member,
        step: race.step(),
      };
      const last = first?.length ? first.steps[first.length - 1] : 0;
      return {
        key: JSON.stringify([first?.run, first?.length, last, names, options, look, colours]),
        make: () => memberCurvesFigure(members.slice(0, names.length), names, colours, look, options),
      };
    },
    failed() {
      parts.empty.textContent = t("The chart could not be loaded. Reload the page to try again.");
    },
  });
  for (const control of parts.controls) control.addEventListener("change", chart.draw);
  watchPalette(() => {
    look = readLook(root);
    colours = readRacerColours(root);
    chart.drawSoon();
  });
  watch(store, ["member", "members"], chart.drawSoon);
  watch(store, ["spec", "run"], ({ spec, run }) => {
    if (run === 0) return;
    parts.offerHalves(spec);
    chart.drawSoon();
  });
  return {
    draw() {
      parts.empty.hidden = (members[0]?.length ?? 0) > 1;
      chart.drawSoon();
    },
  };
}

/** @param {HTMLElement} root */
function build(root) {
  const measure = h(
    "select",
    { "data-testid": "member-curves-measure", "aria-label": t("What to draw") },
    h("option", { value: "loss" }, t("Loss")),
    h("option", { value: "accuracy" }, t("Accuracy")),
  );
  const half = halfSelect({ "data-testid": "member-curves-half", "aria-label": t("Of which points") });
  const logarithmic = h("input", { type: "checkbox", "data-testid": "member-curves-log" });
  const scale = option(
    logarithmic,
    t("Log scale"),
    t("Spreads small losses apart: each line is a tenth of the one above it."),
  );
  describe(measure, {
    title: t("What to draw"),
    text: t("The loss, or the accuracy: the share of points classified correctly."),
  });
  const plot = h("div", {
    class: "chart",
    "data-testid": "member-curves",
    role: "img",
    "aria-label": t("The curves of all networks over each other"),
  });
  const empty = h("p", { class: "loss-empty" }, t("The curves begin with the first steps of training."));
  root.append(
    h("div", { class: "member-curves-bar" }, measure, half.element, scale),
    h("div", { class: "loss-frame" }, plot, empty),
  );
  return {
    plot,
    empty,
    controls: [measure, half.element, logarithmic],
    /** @param {Spec} spec */
    offerHalves(spec) {
      if (!hasTestPoints(spec)) half.element.value = "train";
      half.offer(spec, half.element, HALVES);
    },
    options: () => ({
      measure: /** @type {"loss" | "accuracy"} */ (measure.value),
      half: half.value(),
      logarithmic: logarithmic.checked,
    }),
  };
}
