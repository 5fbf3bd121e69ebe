/** What the networks learn and how they are built, in short; everything else can be changed in the playground. */

import { h } from "../base/dom.js";
import { valueAt } from "../settings/paths.js";
import { readNumber } from "../ui/number-text.js";
import { controlList, settingsOf } from "../settings/control-list.js";
import { describe } from "../ui/tooltip.js";
import { formatShort } from "../address/run-link.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Spec, View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

/** In this order. */
const PATHS = ["data.kind", "data.noise", "loss.kind", "batch_size"];
const MOST_LAYERS = 6;

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function taskView(root, { store, actions, catalog }) {
  const fields = h("div", { class: "field-list" });
  const render = controlList(fields, actions);
  const layers = h("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    "data-testid": "task-layers",
    onchange: () => {
      const wanted = unitsIn(layers.value);
      if (wanted) actions.set({ layers: layersOf(wanted, store.get().spec, catalog.default_spec) });
      else {
        store.set({
          problems: [
            {
              path: "layers",
              value: layers.value,
              allowed: t("the neurons of each hidden layer, {most} layers at most, such as 8, 8", {
                most: MOST_LAYERS,
              }),
            },
          ],
        });
      }
    },
  });
  const layersField = h(
    "label",
    { class: "field field-inline" },
    h("span", { class: "caption" }, t("Hidden layers")),
    layers,
  );
  describe(layersField, {
    title: t("Hidden layers"),
    text: t("How many neurons each hidden layer has, such as 8, 8."),
    effect: "restart",
  });
  const activation = h(
    "select",
    {
      "data-testid": "task-activation",
      onchange: () => {
        const { layers: now } = store.get().spec;
        actions.set({
          layers: now.map((/** @type {Spec} */ layer) => ({ ...layer, activation: { kind: activation.value } })),
        });
      },
    },
    ...(catalog.families.activations ?? []).map(({ kind, label }) => h("option", { value: kind }, label)),
  );
  const activationField = h("label", { class: "field" }, h("span", { class: "caption" }, t("Activation")), activation);
  describe(activationField, {
    title: t("Activation"),
    text: t("The function that every hidden neuron applies to its sum."),
    effect: "restart",
  });
  const elsewhere = h(
    "a",
    { class: "text-button", "data-testid": "task-elsewhere" },
    t("Change everything else in the playground"),
  );
  root.append(fields, layersField, activationField, elsewhere);

  watch(store, ["spec", "startSpec", "edits", "problems", "run"], ({ spec, startSpec, edits, problems, run }) => {
    if (run === 0) return;
    const settings = catalog.sections
      .flatMap((section) => settingsOf(section, spec, catalog))
      .filter(({ path }) => PATHS.includes(path))
      .sort((a, b) => PATHS.indexOf(a.path) - PATHS.indexOf(b.path));
    render(settings, spec, problems);
    if (document.activeElement !== layers) {
      layers.value = spec.layers.map((/** @type {Spec} */ { units }) => units).join(", ");
    }
    activationField.hidden = spec.layers.length === 0;
    activation.value = valueAt(spec, "layers.0.activation.kind") ?? "";
    elsewhere.href = `./#${formatShort({ spec: startSpec, edits }, catalog)}`;
  });
}

/** @param {string} text @returns {number[] | null} */
function unitsIn(text) {
  const units = text
    .split(/[\s,;，；、]+/)
    .filter(Boolean)
    .map((part) => {
      const reading = readNumber(part, true);
      return "value" in reading ? reading.value : NaN;
    });
  return units.length <= MOST_LAYERS && units.every((count) => Number.isInteger(count) && count > 0) ? units : null;
}

/**
 * Layers that stay keep their other settings; new ones are like the last.
 *
 * @param {number[]} wanted
 * @param {Spec} spec
 * @param {Spec} usual
 */
function layersOf(wanted, { layers }, usual) {
  return wanted.map((units, index) => ({
    ...structuredClone(layers[index] ?? layers.at(-1) ?? usual.layers[0]),
    units,
  }));
}
