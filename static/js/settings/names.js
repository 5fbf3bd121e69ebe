/** What people call the settings that paths name. */

import { setNumber } from "../base/format.js";
import { placeAt, valueAt } from "./paths.js";

/** @import {Catalog, Edit, Spec} from "../base/types.js" */

/** Parts of a spec that no section describes. */
const OTHERS = /** @type {{[path: string]: string}} */ ({
  features: "Inputs",
  layers: "Hidden layers",
  frozen: "Frozen parameters",
  theta: "All weights and biases",
});

/**
 * @param {string} path  "layers.0.activation.kind"
 * @param {Catalog} catalog
 * @returns {string} "Layer 1 activation"
 */
export function settingName(path, catalog) {
  if (path.startsWith("theta.")) return path.slice("theta.".length);
  if (OTHERS[path]) return OTHERS[path];
  const place = placeAt(path, catalog);
  if (!place) return path;
  const { section, knob } = place;
  const layer = /^layers\.(\d+)/.exec(path)?.[1];
  const prefix = layer ? `Layer ${Number(layer) + 1} ` : "";
  if (!knob) return named(prefix, section.label);
  return named(
    prefix,
    section.family || !section.path || layer ? knob.label : `${knob.label} ${section.label.toLowerCase()}`,
  );
}

/**
 * @param {string} prefix
 * @param {string} label
 */
const named = (prefix, label) => (prefix ? prefix + label.charAt(0).toLowerCase() + label.slice(1) : label);

/**
 * @param {string} path
 * @param {unknown} before  undefined where it is not known
 * @param {unknown} after
 * @param {Catalog} catalog
 * @returns {string} "Learning rate 0.03 → 0.1"
 */
export function changeWords(path, before, after, catalog) {
  const [a, b] = [settingValue(path, before, catalog), settingValue(path, after, catalog)];
  return `${settingName(path, catalog)} ${before === undefined || a === b ? "" : `${a} `}→ ${b}`;
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
    Object.entries(changes)
      .map(([path, value]) => {
        const before = values.has(path) ? values.get(path) : valueAt(startSpec, path);
        values.set(path, value);
        return changeWords(path, before, value, catalog);
      })
      .join(", "),
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
  if (path === "theta") return "other values";
  if (Array.isArray(value)) {
    if (value.length === 0) return "none";
    return value.some((part) => typeof part === "object") ? String(value.length) : value.map(valueWords).join(", ");
  }
  if (typeof value === "boolean") return value ? "on" : "off";
  if (path.endsWith("kind")) {
    const record = placeAt(path, catalog)?.records.find(({ kind }) => kind === value);
    if (record) return record.label;
  }
  return valueWords(value);
}

/** @param {unknown} value */
const valueWords = (value) => (typeof value === "number" ? setNumber(value) : String(value));
