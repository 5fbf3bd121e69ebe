/** What a person paints with: a class, a brush, and the way back. */

import { markIcon } from "../draw/class-shapes.js";
import { h, icon } from "../base/dom.js";
import { counts, MOST_CLASSES } from "./rows.js";
import { className } from "../base/data-names.js";
import { createSegments } from "../ui/segments.js";
import { describe } from "../ui/tooltip.js";
import { t } from "../base/words.js";

/** @import {Row} from "./rows.js" */

/** @typedef {"point" | "spray" | "erase"} Brush */
/** @typedef {{label: number, brush: Brush, radius: number, classes: number}} Tools */

/**
 * @typedef {object} Handlers
 * @property {() => void} changed  another class, brush or size was chosen
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} clear
 * @property {() => void} startFromCurrent
 * @property {() => void} startFromExample
 */

const UNDO = "M9 7L4.5 11.5L9 16M5 11.5H14a5 5 0 0 1 0 10H11";
const REDO = "M15 7l4.5 4.5L15 16M19 11.5H10a5 5 0 0 0 0 10h3";
const PLUS = "M12 5.5v13M5.5 12h13";

const BRUSHES = /** @type {{value: Brush, label: string, text: string}[]} */ ([
  { value: "point", label: t("Points"), text: t("One point where you press; drag for a row of them.") },
  {
    value: "spray",
    label: t("Spray"),
    text: t("Many points around the place where you press; Size says how far around."),
  },
  { value: "erase", label: t("Eraser"), text: t("Removes the points in its circle, of every class.") },
]);
const SIZE = { min: 0.2, max: 3, step: 0.1 };

/** @param {Handlers} handlers */
export function createPaintTools(handlers) {
  /** @type {Tools} */
  const tools = { label: 0, brush: "point", radius: 0.8, classes: 2 };
  const classes = h("div", { class: "class-list", role: "radiogroup", "aria-label": t("Class to paint") });
  const choose = (/** @type {number} */ label) => {
    tools.label = label;
    tools.classes = Math.max(tools.classes, label + 1);
    if (tools.brush === "erase") tools.brush = "point";
    handlers.changed();
  };
  const add = button(
    t("Add class"),
    "add-class",
    t("Adds another class, {most} at most.", { most: MOST_CLASSES }),
    () => choose(tools.classes),
    PLUS,
  );
  const brushes = createSegments(
    t("Brush"),
    BRUSHES,
    (brush) => {
      tools.brush = brush;
      handlers.changed();
    },
    "brush",
  );
  const size = createSize((radius) => {
    tools.radius = radius;
    handlers.changed();
  });
  const undo = button(t("Undo"), "paint-undo", t("Undoes the last stroke. Ctrl+Z does the same."), handlers.undo, UNDO);
  const redo = button(t("Redo"), "paint-redo", t("Repeats the stroke. Ctrl+Y does the same."), handlers.redo, REDO);
  const clear = button(t("Clear"), "paint-clear", t("Removes all points; Undo brings them back."), handlers.clear);
  const current = button(
    t("Current points"),
    "start-current",
    t("Copies the points of the data set in training now; Undo brings yours back."),
    handlers.startFromCurrent,
  );
  const example = button(
    t("Example"),
    "start-example",
    t("Puts a small example here; Undo brings your points back."),
    handlers.startFromExample,
  );

  const element = h(
    "div",
    { class: "paint-tools" },
    tool(t("Class"), h("div", { class: "class-tool" }, classes, add)),
    tool(t("Brush"), brushes.element, size.element),
    tool(t("Edit"), h("div", { class: "tool-row" }, undo, redo, clear)),
    tool(t("Start from"), h("div", { class: "tool-row" }, current, example)),
  );
  let shown = "";
  let made = "";

  /**
   * @param {number[]} found  points of each class
   * @param {readonly string[]} names
   */
  const showClasses = (found, names) => {
    const wanted = JSON.stringify([tools.classes, found, names]);
    if (wanted !== shown) {
      const called = JSON.stringify([tools.classes, names]);
      if (called !== made) {
        const chips = Array.from({ length: tools.classes }, (_, index) =>
          classChip(index, className(index, names), choose),
        );
        classes.replaceChildren(...chips);
      }
      made = called;
      [...classes.querySelectorAll(".class-count")].forEach((count, index) => {
        count.textContent = String(found[index] ?? 0);
      });
    }
    shown = wanted;
    [...classes.querySelectorAll("input")].forEach((input, index) => {
      input.checked = index === tools.label;
    });
  };

  return {
    element,
    tools,
    choose,
    /**
     * @param {object} state
     * @param {readonly Row[]} state.rows
     * @param {readonly string[]} [state.classNames]
     * @param {boolean} state.canUndo
     * @param {boolean} state.canRedo
     * @param {boolean} state.hasCurrent  whether there are points of classes to copy
     */
    update({ rows, classNames = [], canUndo, canRedo, hasCurrent }) {
      const found = counts(rows);
      tools.classes = Math.max(tools.classes, found.length);
      showClasses(found, classNames);
      add.disabled = tools.classes >= MOST_CLASSES;
      brushes.update(tools.brush);
      size.update(tools);
      undo.disabled = !canUndo;
      redo.disabled = !canRedo;
      clear.disabled = rows.length === 0;
      current.disabled = !hasCurrent;
    },
  };
}

/**
 * @param {string} title
 * @param {...Node} children
 */
function tool(title, ...children) {
  return h("fieldset", { class: "tool" }, h("legend", { class: "caption" }, title), ...children);
}

/**
 * @param {number} index
 * @param {string} name
 * @param {(index: number) => void} choose
 */
function classChip(index, name, choose) {
  const input = h("input", {
    type: "radio",
    name: "paint-class",
    class: "visually-hidden",
    "data-testid": `paint-class-${index}`,
    onchange: () => choose(index),
  });
  const chip = h(
    "label",
    { class: "class-chip" },
    input,
    markIcon(index),
    h("span", { class: "class-name", title: name }, name),
    h("span", { class: "class-count" }, "0"),
  );
  describe(chip, { title: name, text: t("New points are of this class. The number says how many it has.") });
  return chip;
}

/** @param {(radius: number) => void} choose */
function createSize(choose) {
  const input = h("input", {
    type: "range",
    id: "brush-size",
    ...SIZE,
    "data-testid": "brush-size",
    oninput: () => choose(input.valueAsNumber),
  });
  const element = h(
    "div",
    { class: "tool-size" },
    h("label", { class: "caption", for: "brush-size" }, t("Size")),
    input,
  );
  describe(element, { title: t("Size"), text: t("How far spray and eraser reach, in units of the map.") });
  return {
    element,
    /** @param {Tools} tools */
    update({ brush, radius }) {
      input.disabled = brush === "point";
      input.value = String(radius);
      input.style.setProperty("--fill", String((radius - SIZE.min) / (SIZE.max - SIZE.min)));
    },
  };
}

/**
 * @param {string} label
 * @param {string} testid
 * @param {string} text
 * @param {() => void} onclick
 * @param {string} [path]
 */
function button(label, testid, text, onclick, path) {
  const element = h(
    "button",
    { type: "button", class: "button", "data-testid": testid, onclick },
    path ? icon(path) : null,
    label,
  );
  describe(element, { title: label, text });
  return element;
}
