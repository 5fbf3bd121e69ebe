/** What people call the settings that paths name. */

import { setNumber } from "../base/format.js";
import { placeAt, valueAt } from "./paths.js";
import { listed, t } from "../base/words.js";

/** @import {Catalog, Edit, Knob, Spec} from "../base/types.js" */

/** Parts of a spec that no section describes. */
const OTHERS = /** @type {{[path: string]: string}} */ ({
  features: t("Inputs"),
  layers: t("Hidden layers"),
  frozen: t("Frozen parameters"),
  theta: t("All weights and biases"),
});

/**
 * @param {string} path  "layers.0.activation.kind"
 * @param {Catalog} catalog
 * @returns {string} "Activation (layer 1)"
 */
export function settingName(path, catalog) {
  if (path.startsWith("theta.")) return path.slice("theta.".length);
  if (OTHERS[path]) return OTHERS[path];
  const place = placeAt(path, catalog);
  if (!place) return path;
  const { section, knob } = place;
  const layer = /^layers\.(\d+)/.exec(path)?.[1];
  const setting = (knob ?? section).label;
  return layer ? t("{setting} (layer {layer})", { setting, layer: Number(layer) + 1 }) : setting;
}

/**
 * What people call a record: "Moons" of the data sets.
 *
 * @param {Catalog["families"]} families
 * @param {string} family
 * @param {string} kind
 * @returns {string} the kind itself where there is no such record
 */
export const kindName = (families, family, kind) =>
  families[family]?.find((record) => record.kind === kind)?.label ?? kind;

/**
 * The neurons of each hidden layer, and what they are: "4-2 tanh". Empty where there is none.
 *
 * @param {Spec} spec
 * @param {Catalog["families"]} families
 */
export function layersName({ layers = [] }, families) {
  if (layers.length === 0) return "";
  const widths = layers.map((/** @type {Spec} */ { units }) => units).join("-");
  /** @type {Set<string>} */
  const kinds = new Set(layers.map((/** @type {Spec} */ { activation }) => activation.kind));
  const labels = [...kinds].map((kind) => kindName(families, "activations", kind));
  return t("{units} {activation}", { units: widths, activation: listed(labels) });
}

/**
 * @param {string} path
 * @param {unknown} before  undefined where it is not known
 * @param {unknown} after
 * @param {Catalog} catalog
 * @returns {string} "Learning rate 0.03 → 0.1"
 */
export function changeWords(path, before, after, catalog) {
  const [a, b] = [settingValue(path, before, catalog), settingValue(path, after, catalog)];
  const setting = settingName(path, catalog);
  return before === undefined || a === b
    ? t("{setting} → {after}", { setting, after: b })
    : t("{setting} {before} → {after}", { setting, before: a, after: b });
}

/**
 * What each of a run's edits changed, in words.
 *
 * @param {Spec} startSpec
 * @param {readonly Edit[]} edits
 * @param {Catalog} catalog
 */
export function changesMade(startSpec, edits, catalog) {
  /** @type {Map<string, unknown>} */
  const values = new Map();
  return edits.map(({ changes }) =>
    listed(
      Object.entries(changes).map(([path, value]) => {
        const before = values.has(path) ? values.get(path) : valueAt(startSpec, path);
        values.set(path, value);
        return changeWords(path, before, value, catalog);
      }),
    ),
  );
}

/**
 * What people call a setting's value.
 *
 * @param {string} path
 * @param {unknown} value
 * @param {Catalog} catalog
 */
export function settingValue(path, value, catalog) {
  if (path === "theta") return t("other values");
  if (Array.isArray(value)) {
    if (value.length === 0) return t("none");
    return value.some((part) => typeof part === "object") ? String(value.length) : listed(value.map(valueWords));
  }
  if (path.endsWith("kind")) {
    const record = placeAt(path, catalog)?.records.find(({ kind }) => kind === value);
    if (record) return record.label;
  }
  return knobValue(placeAt(path, catalog)?.knob, value);
}

/**
 * What people call a knob's value.
 *
 * @param {Knob | null | undefined} knob
 * @param {unknown} value
 */
export const knobValue = (knob, value) => (knob?.choice_labels?.length ? choiceLabel(knob, value) : valueWords(value));

/**
 * What a knob calls one of its choices.
 *
 * @param {Pick<Knob, "choices" | "choice_labels">} knob
 * @param {unknown} choice
 */
export const choiceLabel = ({ choices, choice_labels: labels }, choice) =>
  labels?.[choices?.indexOf(choice) ?? -1] ?? String(choice);

/**
 * A value without what its setting says of it.
 *
 * @param {unknown} value
 */
export function valueWords(value) {
  if (typeof value === "boolean") return value ? t("on") : t("off");
  return typeof value === "number" ? setNumber(value) : String(value);
}
