/** In which settings two specs differ, in words. */

import { setNumber } from "../base/format.js";
import { kindName, valueWords } from "./names.js";
import { knobsAt, pathOf, recordsOf, valueAt } from "./paths.js";
import { wholeSpec } from "./minimal-spec.js";
import { listed, t } from "../base/words.js";

/** @import {Catalog, Section, Spec} from "../base/types.js" */

/** @typedef {{label: string, before: string, after: string}} Difference */

/**
 * @param {Spec} before  as a link has it: what is left out is as in the default spec
 * @param {Spec} after
 * @param {Catalog} catalog
 * @returns {Difference[]}
 */
export function differences(before, after, catalog) {
  const first = wholeSpec(before, catalog);
  /** @type {Difference[]} */
  const found = [];
  const add = (/** @type {string} */ label, /** @type {unknown} */ a, /** @type {unknown} */ b) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) found.push({ label, before: shown(a), after: shown(b) });
  };
  for (const section of catalog.sections) {
    if (section.path.startsWith("layers")) continue;
    if (section.family && section.path) {
      add(section.label, kindOf(section, first, catalog), kindOf(section, after, catalog));
    }
    const kind = section.path ? valueAt(after, pathOf(section.path, "kind")) : undefined;
    for (const { name, label, type } of knobsAt(section.path, kind, catalog, [section])) {
      const path = pathOf(section.path, name);
      const [a, b] = [valueAt(first, path), valueAt(after, path)];
      if (type !== "rows" && a !== undefined && b !== undefined) add(label, a, b);
    }
  }
  add(t("Inputs"), first.features, after.features);
  add(t("Hidden layers"), layersOf(first, catalog), layersOf(after, catalog));
  return found;
}

/**
 * @param {Section} section
 * @param {Spec} spec
 * @param {Catalog} catalog
 */
function kindOf(section, spec, catalog) {
  const kind = valueAt(spec, pathOf(section.path, "kind"));
  return recordsOf(section, catalog).find((each) => each.kind === kind)?.label ?? kind;
}

/**
 * @param {Spec} spec
 * @param {Catalog} catalog
 */
function layersOf({ layers = [] }, { families }) {
  return layers.map((/** @type {Spec} */ { units, activation, batch_norm: normalized, dropout }) =>
    [
      t("{units} {activation}", { units, activation: kindName(families, "activations", activation?.kind) }),
      normalized && t("batch norm"),
      dropout > 0 && t("dropout {rate}", { rate: setNumber(dropout) }),
    ]
      .filter(Boolean)
      .join(" + "),
  );
}

/** @param {unknown} value */
const shown = (value) => (Array.isArray(value) ? (value.length === 0 ? t("none") : listed(value)) : valueWords(value));
