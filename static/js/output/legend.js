/** Says which colour and which shape of the map mean what. */

import { markIcon } from "../draw/class-shapes.js";
import { h } from "../base/dom.js";
import { areWords, className, columnName, hasUnits, inUnits, shortName, unitText } from "../base/data-names.js";
import { whenOther } from "../base/scheduling.js";
import { describe } from "../ui/tooltip.js";
import { t } from "../base/words.js";

/** @import {Scene} from "../base/types.js" */
/** @import {Named} from "../base/data-names.js" */

/** @typedef {Pick<Scene, "task" | "classes"> & Named} Shown */

export function createLegend() {
  const element = h("div", { class: "legend", "data-testid": "legend" });
  describe(element, {
    title: t("Colours and shapes"),
    text: t(
      "Each class has its shape: filled for training points, hollow for test points. The hue of the map tells which class wins, its strength by how much.",
    ),
  });
  const update = whenOther(
    (/** @type {Shown} */ scene) =>
      element.replaceChildren(...(scene.task === "multi_class" ? marks(scene) : [scale(scene)])),
    ({ task, classes, class_names, column_names, target_scale }) => [
      task,
      classes,
      class_names,
      column_names,
      target_scale,
    ],
  );
  return { element, update };
}

/** @param {Shown} scene */
function scale(scene) {
  const regression = scene.task === "regression";
  const end = (/** @type {number} */ value) =>
    h("span", { class: "legend-end" }, hasUnits(scene) ? unitText(inUnits(value, scene)) : `${value < 0 ? "−" : "+"}1`);
  const name = regression && columnName(2, scene);
  return h(
    "div",
    { class: "legend-scale" },
    regression ? (name ? named(name) : null) : item(0, scene),
    end(-1),
    h("span", { class: "legend-bar" }),
    end(1),
    regression ? null : item(1, scene),
  );
}

/** @param {Shown} scene */
function marks(scene) {
  const items = Array.from({ length: scene.classes }, (_, index) => item(index, scene));
  return areWords(scene.class_names) ? items : [h("span", {}, t("Class")), ...items];
}

/**
 * @param {number} index
 * @param {Pick<Scene, "task" | "classes"> & Named} scene
 */
function item(index, { task, class_names: names = [] }) {
  const name = task === "multi_class" && !areWords(names) ? shortName(index, names) : className(index, names);
  return h("span", { class: "legend-item" }, markIcon(index), named(name));
}

/** @param {string} name  as long as people like, so it may be cut */
const named = (name) => h("span", { class: "legend-name", title: name }, name);
