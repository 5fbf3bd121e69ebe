/** What a knob allows, and where it stands. */

/** @import {Catalog, Knob, Spec} from "../types.js" */

/**
 * @param {Knob} knob
 * @param {string} text
 * @returns {{value: number} | {allowed: string}}
 */
export function check(knob, text) {
  const value = text.trim() === "" ? NaN : Number(text);
  const fits = Number.isFinite(value)
    && (knob.type !== "integer" || Number.isInteger(value))
    && (knob.minimum === null || value >= knob.minimum)
    && (knob.maximum === null || value <= knob.maximum);
  return fits ? { value } : { allowed: allowed(knob) };
}

/** @param {Knob} knob */
function allowed({ type, minimum, maximum }) {
  const what = type === "integer" ? "a whole number" : "a number";
  if (minimum !== null && maximum !== null) return `${what} from ${minimum} to ${maximum}`;
  if (minimum !== null) return `${what} from ${minimum} on`;
  return maximum !== null ? `${what} up to ${maximum}` : what;
}

/**
 * The value at a path such as "layers.0.activation.kind".
 *
 * @param {any} spec
 * @param {string} path
 */
export function valueAt(spec, path) {
  return path.split(".").reduce((part, key) => part?.[key], spec);
}

/**
 * @param {string} section
 * @param {string} name
 */
export function pathOf(section, name) {
  return section === "" ? name : `${section}.${name}`;
}

/**
 * Whether anything changes the training points in every epoch.
 *
 * @param {Spec} spec
 * @param {Catalog} catalog
 */
export function isAugmented(spec, { sections }) {
  const knobs = sections.find(({ path }) => path === "augmentation")?.knobs ?? [];
  return knobs.some(({ name, default: usual }) => (spec.augmentation?.[name] ?? usual) !== usual);
}
