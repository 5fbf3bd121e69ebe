/** The part of a spec that says something: for links that are to be short. */

import { defaultsAt } from "./paths.js";

/** @import {Catalog, Spec} from "../base/types.js" */

/**
 * A spec without what the engine fills in by itself: of a section only its kind, where that is not the usual one, and
 * the knobs that differ from the defaults of that kind, which the catalogue lists. What a link leaves out is pinned by
 * a test of the catalogue, so that old links go on meaning the same.
 *
 * @param {Spec} spec
 * @param {Catalog} catalog
 * @returns {Spec}
 */
export function shortSpec(spec, catalog) {
  const { default_spec: usual } = catalog;
  /** @type {Spec} */
  const short = {};
  for (const [name, value] of Object.entries(spec)) {
    if (same(value, usual[name])) continue;
    if (name === "layers") short.layers = value.map((/** @type {Spec} */ layer) => shortLayer(layer, catalog));
    else if (isSection(value)) short[name] = shortSection(name, value, usual[name]?.kind, catalog);
    else short[name] = value;
  }
  return short;
}

/**
 * The other way: a short spec with all that it leaves out, to compare it with another. What runs is filled in by the
 * engine alone.
 *
 * @param {Spec} short
 * @param {Catalog} catalog
 * @returns {Spec}
 */
export function wholeSpec(short, catalog) {
  const { default_spec: usual } = catalog;
  const activations = "layers.*.activation";
  const parts = Object.entries(usual).map(([name, value]) => {
    const mine = short[name];
    if (mine === undefined) return [name, value];
    if (name === "layers") {
      return [
        name,
        mine.map((/** @type {Spec} */ { activation, ...knobs }) => ({
          ...defaultsAt("layers.*", undefined, catalog),
          ...knobs,
          activation: wholeSection(activations, activation ?? {}, usualKindAt(activations, catalog), catalog),
        })),
      ];
    }
    return [name, isSection(mine) ? wholeSection(name, mine, value?.kind, catalog) : mine];
  });
  return Object.fromEntries(parts);
}

/**
 * @param {string} path
 * @param {Spec} section
 * @param {string | undefined} usualKind
 * @param {Catalog} catalog
 */
function wholeSection(path, { kind: chosen, ...knobs }, usualKind, catalog) {
  const kind = chosen ?? usualKind;
  return { ...(kind !== undefined && { kind }), ...defaultsAt(path, kind, catalog), ...knobs };
}

/**
 * @param {string} path
 * @param {Catalog} catalog
 */
const usualKindAt = (path, { sections }) => sections.find((section) => section.path === path)?.default ?? undefined;

/**
 * @param {Spec} layer
 * @param {Catalog} catalog
 */
function shortLayer({ units, activation, ...knobs }, catalog) {
  const usual = defaultsAt("layers.*", undefined, catalog);
  const others = Object.entries(knobs).filter(([name, value]) => !same(value, usual[name]));
  const path = "layers.*.activation";
  const short = activation && shortSection(path, activation, usualKindAt(path, catalog), catalog);
  return { units, ...(short && Object.keys(short).length > 0 && { activation: short }), ...Object.fromEntries(others) };
}

/**
 * @param {string} path
 * @param {Spec} section
 * @param {string | undefined} usualKind
 * @param {Catalog} catalog
 */
function shortSection(path, { kind, ...knobs }, usualKind, catalog) {
  const usual = defaultsAt(path, kind, catalog);
  const others = Object.entries(knobs).filter(([name, value]) => !same(value, usual[name]));
  return { ...(kind !== undefined && kind !== usualKind && { kind }), ...Object.fromEntries(others) };
}

/** @param {unknown} value */
const isSection = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {unknown} a
 * @param {unknown} b
 */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
