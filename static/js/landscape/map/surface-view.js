/** The landscape as a surface to turn, with the paths above it. */

import { h } from "../../base/dom.js";
import { createLandscapeChart } from "./chart.js";
import { surfaceFigure } from "./figures.js";
import { landscapeLevels } from "./levels.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";

/** @import {View} from "../../base/types.js" */
/** @import {LandscapeContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function surfaceView(root, { store, keeper, race }) {
  const plot = h("div", {
    class: "chart",
    "data-testid": "landscape-3d",
    role: "img",
    "aria-label": t("The loss as a surface, with the paths on it and each network at its true loss"),
  });
  const failed = h(
    "p",
    { class: "landscape-empty", hidden: true },
    t("The surface could not be drawn. The map shows the same from above."),
  );
  root.append(
    h("div", { class: "landscape-plot-frame" }, plot, failed),
    h(
      "p",
      { class: "hint" },
      t(
        "Drag to turn, pinch to come closer. Each mark stands at its true loss: one above or under its path is not in this plane.",
      ),
    ),
  );

  /** Begun when it is first seen: the library that draws it is large. @type {ReturnType<typeof createLandscapeChart> | null} */
  let chart = null;
  const begin = () =>
    createLandscapeChart(plot, {
      landscape: () => (keeper.latest?.dimensions === 2 ? keeper.latest : null),
      depends: race.names,
      make: (landscape, look) => surfaceFigure(landscape, landscapeLevels(landscape), race.names(), look.figure),
      failed() {
        failed.hidden = false;
      },
    });
  watch(store, ["landscape"], ({ landscape }) => {
    root.hidden = landscape.shown !== "surface";
    if (!root.hidden) chart ??= begin();
  });
  keeper.subscribe(() => chart?.drawSoon());
}
