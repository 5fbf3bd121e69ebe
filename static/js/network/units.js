/** What can be focused and pointed at in the network: a switch for each feature, a place for each unit. */

import { markIcon } from "../draw/class-shapes.js";
import { h, setAttribute } from "../base/dom.js";
import { describe } from "../ui/tooltip.js";
import { t, tn } from "../base/words.js";

/** @import {CatalogRecord} from "../base/types.js" */
/** @import {Column, Layout, Unit} from "./layout.js" */

/** What a sign in the corner means. */
export const IDLE = { dead: t("silent at every training point"), saturated: t("flat at most training points") };

/**
 * @typedef {{column: number, unit: number}} UnitPlace
 *
 * @param {HTMLElement} parent
 * @param {object} options
 * @param {CatalogRecord[]} options.features
 * @param {string} options.description  id of the element that says more about the unit with the focus
 * @param {(name: string) => void} options.toggle
 * @param {(place: UnitPlace | null) => void} options.hover
 * @param {(place: UnitPlace | null) => void} options.focus
 * @param {(event: KeyboardEvent, place: UnitPlace) => void} options.key
 * @param {(place: UnitPlace) => void} options.press
 */
export function createNetworkUnits(parent, { features, description, toggle, hover, focus, key, press }) {
  /** @type {Map<string, HTMLElement>} */
  const elements = new Map();
  /** @type {HTMLElement | null} */
  let stop = null;
  /** @type {Set<string>} what the network no longer has */
  let left = new Set();

  /** @param {UnitPlace} place */
  const create = (place) => {
    /** @type {HTMLElement} */
    const element =
      place.column === 0
        ? featureSwitch(features[place.unit], toggle)
        : h("div", {
            class: "unit",
            role: "button",
            tabindex: "-1",
            "aria-haspopup": "dialog",
            "aria-describedby": description,
            onclick: () => press(place),
          });
    element.addEventListener("pointerenter", () => hover(place));
    element.addEventListener("pointerleave", () => hover(null));
    element.addEventListener("focus", () => {
      if (place.column > 0) moveStop(element);
      focus(place);
    });
    element.addEventListener("blur", () => focus(null));
    element.addEventListener("keydown", (event) => key(event, place));
    return element;
  };

  /** Of all units only one is a stop of the Tab key; arrow keys lead to the others. */
  const moveStop = (/** @type {HTMLElement} */ element) => {
    stop?.setAttribute("tabindex", "-1");
    element.setAttribute("tabindex", "0");
    stop = element;
  };

  /**
   * @param {string} id
   * @param {Column} column
   */
  const putMore = (id, column) => {
    const element = elements.get(id) ?? h("span", { class: "unit-more" });
    element.textContent = `+${column.more}`;
    describe(element, {
      title: tn("{count} more neuron", "{count} more neurons", column.more),
      text: t("They train like the others; there is no room to draw them."),
    });
    element.style.translate = `${column.x}px ${column.moreY}px`;
    elements.set(id, element);
    left.delete(id);
    parent.append(element);
  };

  return {
    /**
     * @param {Layout} layout
     * @param {boolean[]} chosen  for each feature
     * @param {(place: UnitPlace) => string} nameOf
     */
    update({ columns }, chosen, nameOf) {
      left = new Set(elements.keys());
      columns.forEach((column, index) => {
        for (const unit of column.units) {
          const place = { column: index, unit: unit.index };
          const id = `${index}.${unit.index}`;
          left.delete(id);
          let element = elements.get(id);
          if (!element) {
            element = create(place);
            elements.set(id, element);
            parent.append(element);
          }
          put(element, column, unit);
          if (index === 0) setAttribute(element, "aria-pressed", String(chosen[unit.index] ?? false));
          else element.setAttribute("aria-label", nameOf(place));
          if (column.role === "outputs") markClass(element, unit.index, column.units.length);
          else markClass(element, 0, 1);
        }
        if (column.more > 0) putMore(`${index}.more`, column);
      });
      for (const id of left) {
        elements.get(id)?.remove();
        elements.delete(id);
      }
      const first = elements.get("1.0");
      if (first && !stop?.isConnected) moveStop(first);
    },

    /**
     * Marks units that do nothing any more.
     *
     * @param {Layout} layout
     * @param {(unit: number) => "dead" | "saturated" | undefined} stateOf  by its place among all units
     */
    mark({ columns }, stateOf) {
      columns.forEach((column, index) => {
        if (index === 0) return;
        for (const unit of column.units) {
          const element = elements.get(`${index}.${unit.index}`);
          const state = stateOf(column.first + unit.index);
          if (!element || element.dataset.idle === state) continue;
          if (state) element.dataset.idle = state;
          else delete element.dataset.idle;
          // Under a tip of its own the numbers of the unit could not be read, so it is said with its name.
          element.ariaDescription = state ? IDLE[state] : null;
        }
      });
    },

    /**
     * Rings the units that are looked at.
     *
     * @param {Layout} layout
     * @param {[number, number][] | null} picks  of each hidden layer
     */
    markPicked({ columns }, picks) {
      columns.forEach(({ role, layer, units }, index) => {
        const pair = role === "hidden" ? picks?.[layer] : undefined;
        for (const { index: unit } of units) {
          elements.get(`${index}.${unit}`)?.toggleAttribute("data-picked", pair?.includes(unit) ?? false);
        }
      });
    },

    /** @param {UnitPlace} place */
    focus({ column, unit }) {
      elements.get(`${column}.${unit}`)?.focus();
    },
  };
}

/**
 * @param {CatalogRecord | undefined} feature
 * @param {(name: string) => void} toggle
 */
function featureSwitch(feature, toggle) {
  const { kind = "", label = "", help = "" } = feature ?? {};
  const element = h(
    "button",
    { type: "button", class: "unit feature", "data-testid": `feature-${kind}`, onclick: () => toggle(kind) },
    h("span", { class: "feature-name" }, label),
  );
  describe(element, { title: label, text: help, effect: "restart" });
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {number} index
 * @param {number} outputs
 */
function markClass(element, index, outputs) {
  const wanted = outputs === 1 ? undefined : String(index);
  if (element.dataset.class === wanted) return;
  element.querySelector(":scope > .class-mark")?.remove();
  if (wanted === undefined) {
    delete element.dataset.class;
    return;
  }
  element.dataset.class = wanted;
  element.append(markIcon(index));
}

/**
 * @param {HTMLElement} element
 * @param {Column} column
 * @param {Unit} unit
 */
function put(element, { tile, side }, { x, y }) {
  element.style.setProperty("--tile", `${tile}px`);
  element.style.setProperty("--hit", `${side}px`);
  element.style.translate = `${Math.round(x - tile / 2) - (side - tile) / 2}px ${Math.round(y - tile / 2) - (side - tile) / 2}px`;
}
