/** What stands at a path of a spec: "batch_size", "layers.0.activation.kind", "racers.1.optimizer.learning_rate". */

/** @import {Catalog, CatalogRecord, Knob, Section, Spec} from "../base/types.js" */

/**
 * The section that a path leads into, the records its kind can be, and the knob that is meant: null where it is the
 * section itself or its kind.
 *
 * @typedef {{section: Section, records: CatalogRecord[], knob: Knob | null}} Place
 */

/**
 * @param {string} section
 * @param {string} name
 */
export function pathOf(section, name) {
  return section === "" ? name : `${section}.${name}`;
}

/**
 * The value at a path.
 *
 * @param {any} spec
 * @param {string} path
 */
export function valueAt(spec, path) {
  return path.split(".").reduce((part, key) => part?.[key], spec);
}

/**
 * Takes what stands at a path out, so that it is as usual where the rest is read.
 *
 * @param {any} place  changed in place
 * @param {string[]} path
 * @returns {boolean} whether there was something to remove
 */
export function removeAt(place, [name = "", ...rest]) {
  if (typeof place !== "object" || place === null || !Object.hasOwn(place, name)) return false;
  if (rest.length > 0 && removeAt(place[name], rest)) return true;
  if (rest.length > 0 && typeof place[name] === "object") return false;
  if (Array.isArray(place)) place.splice(Number(name), 1);
  else delete place[name];
  return true;
}

/** What is said of one layer or racer is said of each in the catalogue. @param {string} path */
const generalOf = (path) => path.replace(/^(layers|racers)\.\d+(?=\.|$)/, "$1.*");

/**
 * @param {string} path
 * @param {Catalog} catalog
 * @param {Section[]} [sections]  those of a race have paths of their own
 * @returns {Place | undefined} undefined where no section has such a setting
 */
export function placeAt(path, catalog, sections = catalog.sections) {
  const general = generalOf(path);
  for (const section of sections) {
    const records = recordsOf(section, catalog);
    if ((general && general === section.path) || general === pathOf(section.path, "kind")) {
      return { section, records, knob: null };
    }
    const knob = [...section.knobs, ...records.flatMap(({ knobs }) => knobs)].find(
      ({ name }) => pathOf(section.path, name) === general,
    );
    if (knob) return { section, records, knob };
  }
  return undefined;
}

/**
 * @param {Section} section
 * @param {Catalog} catalog
 */
export const recordsOf = ({ family }, { families }) => (family ? (families[family] ?? []) : []);

/**
 * The knobs that stand in the sections at a path where these are of a kind.
 *
 * @param {string} path
 * @param {unknown} kind
 * @param {Catalog} catalog
 * @param {Section[]} [sections]
 * @returns {Knob[]}
 */
export function knobsAt(path, kind, catalog, sections = catalog.sections) {
  const here = sections.filter((section) => section.path === generalOf(path));
  const own = here.flatMap(
    (section) => recordsOf(section, catalog).find((record) => record.kind === kind)?.knobs ?? [],
  );
  return [...here.flatMap((section) => section.knobs), ...own];
}

/**
 * What the knobs at a path are where nothing is said of them.
 *
 * @param {string} path
 * @param {unknown} kind
 * @param {Catalog} catalog
 * @param {Section[]} [sections]
 * @returns {Spec}
 */
export function defaultsAt(path, kind, catalog, sections) {
  return Object.fromEntries(knobsAt(path, kind, catalog, sections).map((knob) => [knob.name, knob.default]));
}
