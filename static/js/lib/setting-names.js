/** What people call the settings that paths name. */

import { pathOf } from "./knobs.js";

/** @import {Catalog} from "../types.js" */

/** Parts of a spec that no section describes. */
const OTHERS = /** @type {{[path: string]: string}} */ ({
  features: "Inputs",
  layers: "Hidden layers",
  frozen: "Frozen parameters",
});

/**
 * @param {string} path  "layers.0.activation.kind"
 * @param {Catalog} catalog
 * @returns {string} "Layer 1 activation"
 */
export function settingName(path, { sections, families }) {
  if (path.startsWith("theta.")) return path.slice("theta.".length);
  if (OTHERS[path]) return OTHERS[path];
  const layer = /^layers\.(\d+)/.exec(path)?.[1];
  const prefix = layer ? `Layer ${Number(layer) + 1} ` : "";
  const general = path.replace(/^layers\.\d+/, "layers.*");
  for (const section of sections) {
    if (general === section.path || general === pathOf(section.path, "kind")) return named(prefix, section.label);
    const records = section.family ? (families[section.family] ?? []) : [];
    const knob = [...section.knobs, ...records.flatMap(({ knobs }) => knobs)]
      .find(({ name }) => pathOf(section.path, name) === general);
    if (knob) return named(prefix, section.family || !section.path || layer ? knob.label : `${knob.label} ${section.label.toLowerCase()}`);
  }
  return path;
}

/**
 * @param {string} prefix
 * @param {string} label
 */
const named = (prefix, label) => (prefix ? prefix + label.charAt(0).toLowerCase() + label.slice(1) : label);

/** @param {unknown} value */
export function shownValue(value) {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.every((part) => typeof part !== "object") ? value.join(", ") : `${value.length} of them`;
  if (typeof value === "boolean") return value ? "on" : "off";
  return String(value);
}
