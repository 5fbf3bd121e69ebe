/** Which settings of a run can be searched, and where a search of them begins. */

import { defaultsAt, knobsAt, pathOf, placeAt, valueAt } from "../settings/paths.js";

/** @import {Catalog, Knob, Spec} from "../base/types.js" */
/** @import {ListKnob, Search, SearchCatalog, SearchKnob} from "./types.js" */

/** What is the same in all trials, or is what starts are for. */
const SAME = ["data", "loss", "stop", "augmentation"];
const NEVER = ["weights_seed", "batches_seed", "units"];

const FIRST = ["optimizer.learning_rate", "penalty.l2"];

/** Where a search begins to look, of settings whose whole range says little. */
const RANGES = /** @type {{[name: string]: Omit<import("./types.js").RangeKnob, "path">}} */ ({
  learning_rate: { low: 0.0001, high: 1, scale: "log" },
  l1: { low: 0.00001, high: 1, scale: "log" },
  l2: { low: 0.00001, high: 1, scale: "log" },
});

/** What decides the shape of arrays is searched by a few values. */
const VALUES = /** @type {{[name: string]: number[]}} */ ({ units: [2, 4, 8, 16], batch_size: [5, 10, 20, 50] });
const KINDS = 3;

/** @param {SearchCatalog} catalog @param {string} path */
const sectionAt = ({ search: { sections } }, path) => sections.find((section) => section.path === path);

/** The knobs of a search itself: its budget, its starts. @param {SearchCatalog} catalog @returns {Knob[]} */
export const searchKnobs = (catalog) => sectionAt(catalog, "")?.knobs ?? [];

/** @param {SearchCatalog} catalog @param {string} kind @returns {Spec} a strategy as it usually is */
export const strategyOf = (catalog, kind) => ({
  kind,
  ...defaultsAt("strategy", kind, catalog, catalog.search.sections),
});

/**
 * A strategy for a duel. A grid that stays in its place says where its columns fall, not how good grids are.
 *
 * @param {Spec} strategy
 * @returns {Spec}
 */
export const movedIfGrid = (strategy) => (strategy.kind === "grid" ? { ...strategy, shift: true } : strategy);

/**
 * A search where nothing is said of it.
 *
 * @param {SearchCatalog} catalog
 * @returns {Search}
 */
export function usualSearch(catalog) {
  const kind = sectionAt(catalog, "strategy")?.default ?? "random";
  const numbers = Object.fromEntries(searchKnobs(catalog).map(({ name, default: usual }) => [name, usual]));
  return /** @type {Search} */ ({
    base: {},
    knobs: FIRST.map((path) => knobOf(path, catalog.default_spec, catalog)),
    strategy: strategyOf(catalog, kind),
    ...numbers,
  });
}

/**
 * The paths that may be searched in a run, in the order of the catalogue.
 *
 * @param {Spec} base  whole
 * @param {Catalog} catalog
 * @returns {string[]}
 */
export function searchable(base, catalog) {
  const paths = catalog.sections.flatMap(({ path, family }) => {
    if (SAME.includes(path)) return [];
    return placesOf(path, base).flatMap((/** @type {string} */ place) => {
      const kind = valueAt(base, place)?.kind;
      const knobs = knobsAt(place, kind, catalog).filter(({ name, type }) => isNumber(type) && !NEVER.includes(name));
      const units = path === "layers.*" ? [pathOf(place, "units")] : [];
      return [...(family ? [pathOf(place, "kind")] : []), ...units, ...knobs.map(({ name }) => pathOf(place, name))];
    });
  });
  return [...new Set(paths)];
}

/** @param {string} type */
const isNumber = (type) => type === "number" || type === "integer";

/**
 * @param {string} path  of a section
 * @param {Spec} base
 */
const placesOf = (path, base) =>
  path.includes("*")
    ? base.layers.map((/** @type {unknown} */ _, /** @type {number} */ index) => path.replace("*", String(index)))
    : [path];

/**
 * A setting to search, over the range or the values with which one would begin.
 *
 * @param {string} path
 * @param {Spec} base  whole
 * @param {Catalog} catalog
 * @returns {SearchKnob}
 */
export function knobOf(path, base, catalog) {
  const place = placeAt(path, catalog);
  const name = path.split(".").at(-1) ?? "";
  if (!place?.knob) return { path, values: kindsOf(place?.records ?? [], valueAt(base, path)) };
  const values = VALUES[name];
  if (values) return { path, values };
  return { path, ...(RANGES[name] ?? around(place.knob, valueAt(base, path))) };
}

/**
 * @param {{kind: string}[]} records
 * @param {string} mine
 */
const kindsOf = (records, mine) => {
  const others = records.map(({ kind }) => kind).filter((kind) => kind !== mine);
  return [mine, ...others].slice(0, KINDS);
};

/**
 * The whole range where it has two ends that are near; else ten times as far down and up as it stands.
 *
 * @param {Knob} knob
 * @param {number} value
 */
function around({ minimum, maximum, scale, type }, value) {
  if (minimum !== null && maximum !== null && scale === "linear") return { low: minimum, high: maximum, scale };
  const middle = value > 0 ? value : 1;
  const low = Math.max(minimum ?? -Infinity, type === "integer" ? Math.ceil(middle / 10) : middle / 10);
  return { low, high: Math.min(maximum ?? Infinity, 10 * middle), scale };
}

/** @param {SearchKnob} knob @returns {knob is ListKnob} */
export const isList = (knob) => "values" in knob;

/**
 * A run with the changes of a trial, as the engine makes them: where a kind changes, knobs that both kinds have and
 * that somebody set stay; the others are as usual for the new kind.
 *
 * @param {Spec} base  whole
 * @param {import("./types.js").Changes} changes
 * @param {Catalog} catalog
 * @returns {Spec}
 */
export function withChanges(base, changes, catalog) {
  const spec = structuredClone(base);
  const isKind = (/** @type {string} */ path) => path.endsWith(".kind");
  const ordered = Object.entries(changes).toSorted(([a], [b]) => Number(isKind(b)) - Number(isKind(a)));
  for (const [path, value] of ordered) {
    const parts = path.split(".");
    const name = parts.pop() ?? "";
    const place = parts.length > 0 ? valueAt(spec, parts.join(".")) : spec;
    if (!isKind(path)) place[name] = value;
    else replaceKind(place, parts.join("."), value, catalog);
  }
  return spec;
}

/**
 * @param {Spec} section  changed in place
 * @param {string} path
 * @param {string} kind
 * @param {Catalog} catalog
 */
function replaceKind(section, path, kind, catalog) {
  if (section.kind === kind) return;
  const [before, after] = [section.kind, kind].map((each) => defaultsAt(path, each, catalog));
  const kept = Object.entries(section).filter(([name, value]) => after && name in after && value !== before?.[name]);
  for (const name of Object.keys(section)) delete section[name];
  Object.assign(section, { kind, ...after, ...Object.fromEntries(kept) });
}
