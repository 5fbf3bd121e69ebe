/** The controls above the columns: those of each hidden layer, names, and the button that stands for layers between. */

import { h, icon, setAttribute } from "../base/dom.js";
import { createLayerSettings } from "./layer-settings.js";
import { chosenRecord, controlList, settingsOf } from "../settings/control-list.js";
import { describe } from "../ui/tooltip.js";
import { layerName } from "../base/unit-names.js";
import { t, tn } from "../base/words.js";

/** @import {Actions, Catalog, Context, Problem, Spec, State} from "../base/types.js" */
/** @import {Column, Layout} from "./layout.js" */

const CROSS = "M7 7l10 10M17 7l-10 10";
const PLUS = "M12 6v12M6 12h12";
const MINUS = "M6 12h12";

/**
 * @typedef {object} LayerControls
 * @property {HTMLElement} element
 * @property {(spec: Spec, problems: readonly Problem[]) => void} update
 *
 * @param {number} index
 * @param {{actions: Actions, catalog: Catalog}} context
 * @returns {LayerControls}
 */
function createLayerControls(index, { actions, catalog }) {
  const settings = createLayerSettings(index, { actions, catalog });
  const stepper = createStepper(index, { actions, catalog });
  const list = h("div");
  const renderActivation = controlList(list, actions);
  const kindName = h("span", { class: "layer-kind", "aria-hidden": "true" });
  const removing = t("Remove layer {layer}", { layer: index + 1 });
  const remove = h(
    "button",
    {
      type: "button",
      class: "mini-button layer-remove",
      "data-testid": `remove-layer-${index}`,
      "aria-label": removing,
      onclick: () => actions.removeLayer(index),
    },
    icon(CROSS),
  );
  describe(remove, { title: removing, text: t("Removes the layer from the network."), effect: "restart" });
  const section = catalog.sections.find(({ path }) => path === "layers.*.activation");
  const path = `layers.${index}.activation`;

  return {
    element: h(
      "div",
      { class: "layer-controls", role: "group", "aria-label": layerName(index) },
      h(
        "div",
        { class: "layer-line" },
        h("div", { class: "layer-name" }, settings.button, settings.panel, remove),
        h("div", { class: "layer-activation as-text" }, list, kindName),
        stepper.element,
      ),
      settings.badges,
    ),
    update(spec, problems) {
      const kind = section ? settingsOf(section, spec, catalog, { path }).slice(0, 1) : [];
      renderActivation(kind, spec, problems);
      kindName.textContent = (section && chosenRecord(section, spec, catalog, path)?.label) ?? "";
      stepper.update(spec.layers[index].units);
      settings.update(spec, problems);
    },
  };
}

/**
 * @param {number} index
 * @param {{actions: Actions, catalog: Catalog}} context
 */
function createStepper(index, { actions, catalog }) {
  const knob = catalog.sections.find(({ path }) => path === "layers.*")?.knobs.find(({ name }) => name === "units");
  const least = knob?.minimum ?? 1;
  const most = knob?.maximum ?? Infinity;
  let units = 0;
  const change = (/** @type {number} */ by) => {
    if (units + by >= least && units + by <= most) actions.setUnits(index, units + by);
  };
  const text = knob?.help ?? t("The number of neurons in the layer.");
  /**
   * @param {string} testid
   * @param {string} title
   * @param {string} label  the title for those who do not see where the button stands
   * @param {number} by
   */
  const button = (testid, title, label, by) => {
    const element = h(
      "button",
      {
        type: "button",
        class: "mini-button",
        "data-testid": `${testid}-${index}`,
        "aria-label": label,
        onclick: () => change(by),
      },
      icon(by > 0 ? PLUS : MINUS),
    );
    describe(element, { title, text, effect: "restart" });
    return element;
  };
  const layer = index + 1;
  const fewer = button("remove-unit", t("Remove a neuron"), t("Remove a neuron, layer {layer}", { layer }), -1);
  const more = button("add-unit", t("Add a neuron"), t("Add a neuron, layer {layer}", { layer }), 1);
  const count = h("output", { class: "layer-units", "data-testid": `units-${index}` });

  return {
    element: h("div", { class: "layer-stepper" }, fewer, count, more),
    /** @param {number} value */
    update(value) {
      units = value;
      count.textContent = String(value);
      // Not `disabled`: the button would lose the focus under the finger.
      setAttribute(fewer, "aria-disabled", value <= least ? "true" : null);
      setAttribute(more, "aria-disabled", value >= most ? "true" : null);
    },
  };
}

/**
 * All of them.
 *
 * @param {HTMLElement} parent
 * @param {Context} context
 * @param {() => void} unfold
 */
export function createColumnControls(parent, context, unfold) {
  const fold = h("button", { type: "button", class: "network-fold", "data-testid": "fold", onclick: unfold });
  nameFold(fold, 0, 0);
  const ends = [h("div", { class: "column-name" }, t("Inputs")), h("div", { class: "column-name" }, t("Output"))];
  const [first, last] = ends;
  parent.append(...ends, fold);
  /** @type {LayerControls[]} */
  const layers = [];

  return {
    /**
     * @param {Spec} spec
     * @param {State["problems"]} problems
     * @returns {number} how high they are
     */
    update(spec, problems) {
      const count = spec.layers.length;
      while (layers.length > count) layers.pop()?.element.remove();
      while (layers.length < count) {
        const added = createLayerControls(layers.length, context);
        layers.push(added);
        parent.insertBefore(added.element, last ?? null);
      }
      for (const layer of layers) layer.update(spec, problems);
      return Math.max(0, ...layers.map(({ element }) => element.offsetHeight));
    },

    /** @param {Layout} layout */
    place({ columns }) {
      const places = new Map(columns.map((column) => [elementOf(column), column]));
      for (const element of [...layers.map(({ element }) => element), fold]) element.hidden = !places.has(element);
      for (const [element, { x, width, role, layer, layers: count }] of places) {
        element?.style.setProperty("--width", `${Math.floor(width)}px`);
        element?.style.setProperty("--x", `${x}px`);
        if (role === "fold") nameFold(fold, layer, count);
      }
    },
  };

  /** @param {Column} column */
  function elementOf({ role, layer }) {
    if (role === "hidden") return layers[layer]?.element;
    return role === "fold" ? fold : role === "features" ? first : last;
  }
}

/**
 * @param {HTMLElement} fold
 * @param {number} first
 * @param {number} count
 */
function nameFold(fold, first, count) {
  const text = tn("{count} more layer", "{count} more layers", count);
  if (fold.textContent !== text) fold.replaceChildren(h("span", {}, text));
  describe(fold, {
    title: t("Layers {first} to {last}", { first: first + 1, last: first + count }),
    text: t("Shows every layer; the network then scrolls sideways."),
  });
}
