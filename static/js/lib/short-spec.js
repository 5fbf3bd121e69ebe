/** The part of a spec that says something: for links that are to be short. */

/** @import {Catalog, Spec} from "../types.js" */

/**
 * A spec without the values that stand in the default spec. A section of another kind is kept whole,
 * because its defaults are its own; layers are kept whole as soon as there are others.
 *
 * @param {Spec} spec
 * @param {Catalog} catalog
 * @returns {Spec}
 */
export function shortSpec(spec, { default_spec: usual }) {
  /** @type {Spec} */
  const short = {};
  for (const [name, value] of Object.entries(spec)) {
    const part = differing(value, usual[name]);
    if (part !== undefined) short[name] = part;
  }
  return short;
}

/**
 * @param {any} value
 * @param {any} usual
 * @returns {any} undefined where nothing differs
 */
function differing(value, usual) {
  if (JSON.stringify(value) === JSON.stringify(usual)) return undefined;
  const isSection = typeof value === "object" && value !== null && !Array.isArray(value) && usual;
  if (!isSection || value.kind !== usual.kind) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, knob]) => knob !== usual[name]));
}
