/** The controls above one hidden layer. */

import { choiceControl, knobControl } from "./controls.js";
import { h, icon, setAttribute } from "./dom.js";
import { describe } from "./tooltip.js";

/** @import {Actions, Catalog, Problem} from "../types.js" */
/** @import {Control} from "./controls.js" */

const CROSS = "M7 7l10 10M17 7l-10 10";
const PLUS = "M12 6v12M6 12h12";
const MINUS = "M6 12h12";

/**
 * @typedef {{units: number, activation: {kind: string, [knob: string]: any}}} Layer
 * @typedef {object} LayerControls
 * @property {HTMLElement} element
 * @property {(layer: Layer, problems: Problem[]) => void} update
 *
 * @param {number} index
 * @param {{actions: Actions, catalog: Catalog}} context
 * @returns {LayerControls}
 */
export function createLayerControls(index, { actions, catalog }) {
  const stepper = createStepper(index, { actions, catalog });
  const activation = createActivation(index, { actions, catalog });
  const name = `layer ${index + 1}`;
  const remove = h("button", {
    type: "button",
    class: "mini-button layer-remove",
    "data-testid": `remove-layer-${index}`,
    "aria-label": `Remove ${name}`,
    onclick: () => actions.removeLayer(index),
  }, icon(CROSS));
  describe(remove, { title: `Remove ${name}`, text: "Takes the layer out of the network.", effect: "restart" });

  const element = h("div", { class: "layer-controls", role: "group", "aria-label": `Layer ${index + 1}` },
    h("div", { class: "layer-name" }, h("span", {}, `Layer ${index + 1}`), remove),
    activation.element,
    stepper.element,
  );
  return {
    element,
    update(layer, problems) {
      stepper.update(layer.units);
      activation.update(layer.activation, problems);
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
  const text = knob?.help ?? "How many neurons the layer has.";
  const button = (/** @type {string} */ testid, /** @type {string} */ title, /** @type {number} */ by) => {
    const element = h("button", {
      type: "button",
      class: "mini-button",
      "data-testid": `${testid}-${index}`,
      "aria-label": `${title}, layer ${index + 1}`,
      onclick: () => change(by),
    }, icon(by > 0 ? PLUS : MINUS));
    describe(element, { title, text, effect: "restart" });
    return element;
  };
  const fewer = button("remove-unit", "Remove a neuron", -1);
  const more = button("add-unit", "Add a neuron", 1);
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
 * @param {number} index
 * @param {{actions: Actions, catalog: Catalog}} context
 */
function createActivation(index, { actions, catalog }) {
  const path = `layers.${index}.activation`;
  const section = catalog.sections.find((candidate) => candidate.path === "layers.*.activation");
  const live = section?.live ?? false;
  const records = catalog.families.activations ?? [];
  const choice = choiceControl(
    { label: "Activation", help: section?.help ?? "" },
    records,
    { path: `${path}.kind`, live, change: (kind) => actions.setActivation(index, kind) },
  );
  const knobs = h("div", { class: "layer-knobs" });
  /** @type {Map<string, Control>} */
  let controls = new Map();
  let kind = "";

  return {
    element: h("div", { class: "layer-activation" }, choice.element, knobs),
    /**
     * @param {Layer["activation"]} value
     * @param {Problem[]} problems
     */
    update(value, problems) {
      const problemAt = (/** @type {string} */ name) =>
        problems.find((problem) => problem.path === `${path}.${name}`);
      if (value.kind !== kind) {
        kind = value.kind;
        const record = records.find((candidate) => candidate.kind === kind);
        controls = new Map((record?.knobs ?? []).map((knob) => {
          const change = (/** @type {any} */ next) => actions.set({ [`${path}.${knob.name}`]: next });
          return [knob.name, knobControl(knob, { path: `${path}.${knob.name}`, live, change })];
        }));
        knobs.replaceChildren(...[...controls.values()].map(({ element }) => element));
      }
      choice.update(kind, problemAt("kind"));
      for (const [name, control] of controls) control.update(value[name], problemAt(name));
    },
  };
}
