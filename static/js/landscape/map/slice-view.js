/** The loss along one direction: for training and for test points, with the networks over it. */

import { h } from "../../base/dom.js";
import { createLandscapeChart } from "./chart.js";
import { hasTestPoints } from "../halves.js";
import { sliceFigure } from "./figures.js";
import { watch } from "../../base/store.js";
import { option } from "../../ui/option.js";
import { t } from "../../base/words.js";

/** @import {View} from "../../base/types.js" */
/** @import {LandscapeContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function sliceView(root, { store, keeper, race }) {
  const logarithmic = h("input", { type: "checkbox", "data-testid": "slice-log" });
  const scale = option(
    logarithmic,
    t("Log scale"),
    t("Spreads small losses apart: each line is a tenth of the one above it."),
  );
  const plot = h("div", {
    class: "chart",
    "data-testid": "landscape-slice",
    role: "img",
    "aria-label": t("Training and test loss along one direction, with the networks over it"),
  });
  const empty = h(
    "p",
    { class: "landscape-empty", hidden: true },
    t("The chart could not be loaded. Reload the page to try again."),
  );
  const key = (/** @type {string} */ name, /** @type {string} */ label) =>
    h("span", { class: `curve-key is-${name}` }, label);
  const test = key("test", t("Test points"));
  root.append(
    h("div", { class: "slice-bar" }, key("train", t("Training points")), test, scale),
    h("div", { class: "landscape-plot-frame" }, plot, empty),
    h(
      "p",
      { class: "hint" },
      t(
        "Each mark is a network at its true loss, over its shadow on the line. The chosen one is on the curve unless a penalty is added.",
      ),
    ),
  );

  /** @type {ReturnType<typeof createLandscapeChart> | null} */
  let chart = null;
  const begin = () =>
    createLandscapeChart(plot, {
      landscape: () => (keeper.latest?.dimensions === 1 ? keeper.latest : null),
      depends: () => [race.names(), logarithmic.checked],
      make: (landscape, look) =>
        sliceFigure(landscape, race.names(), look.figure, { logarithmic: logarithmic.checked }),
      failed() {
        empty.hidden = false;
      },
    });
  logarithmic.addEventListener("change", () => chart?.draw());
  watch(store, ["spec", "run"], ({ spec, run }) => {
    test.hidden = run > 0 && !hasTestPoints(spec);
  });
  watch(store, ["landscape"], ({ landscape }) => {
    root.hidden = landscape.shown !== "slice";
    if (!root.hidden) chart ??= begin();
  });
  keeper.subscribe(() => chart?.drawSoon());
}
