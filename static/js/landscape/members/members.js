/** Networks that train side by side: what may differ between them, and what to call each. */

import { valueAt } from "../../settings/paths.js";
import { settingName, settingValue } from "../../settings/names.js";
import { t, within } from "../../base/words.js";

/** @import {Catalog, Changes, Spec} from "../../base/types.js" */

/** The sections whose settings may differ from member to member, in the order of the panel. */
export const VARIED = ["optimizer", "schedule", "clip", "penalty", "initializer"];

/** The seeds among the settings without a section that may differ. */
export const VARIED_SEEDS = ["weights_seed", "batches_seed"];

/** @param {string} path */
const isKind = (path) => path.endsWith(".kind");

/**
 * A name for each member, from what tells it from the others: "SGD", "Adam η 0.01".
 *
 * @param {readonly Changes[]} members
 * @param {readonly Spec[]} wholes  the spec of each
 * @param {Catalog} catalog
 * @returns {string[]}
 */
export function memberNames(members, wholes, catalog) {
  const words = (/** @type {Spec} */ whole, /** @type {string} */ path) =>
    settingValue(path, valueAt(whole, path), catalog);
  const paths = [...new Set(members.flatMap((changes) => Object.keys(changes)))];
  const kinds = differing(wholes, paths.filter(isKind));
  const heads = wholes.map((whole) =>
    (kinds.length > 0 ? kinds : paths.length > 0 ? [] : ["optimizer.kind"])
      .map((path) => kindName(path, valueAt(whole, path), words(whole, path)))
      .filter(Boolean)
      .join(", "),
  );
  const names = wholes.map((whole, index) => {
    const alike = wholes.filter((_, other) => heads[other] === heads[index]);
    const knobs = differing(
      alike,
      paths.filter((path) => !isKind(path)),
    );
    const said = knobs
      .filter((path) => valueAt(whole, path) !== undefined)
      .map((path) => `${knobName(path, catalog)} ${words(whole, path)}`);
    const text = [heads[index], said.join(", ")].filter(Boolean).join(" ") || words(whole, "optimizer.kind");
    return text.replace(/^[a-z]/, (first) => first.toUpperCase());
  });
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before > 0 ? t("{name} ({number})", { name, number: before + 1 }) : name;
  });
}

/**
 * What is not done needs no word.
 *
 * @param {string} path
 * @param {string} kind
 * @param {string} label
 */
function kindName(path, kind, label) {
  if (path === "clip.kind") return kind === "none" ? "" : t("clipped {how}", { how: within(label) });
  if (path === "schedule.kind") return kind === "constant" ? "" : within(label);
  return label;
}

/**
 * @param {readonly Spec[]} wholes
 * @param {string[]} paths
 */
function differing(wholes, paths) {
  return paths.filter((path) => new Set(wholes.map((whole) => JSON.stringify(valueAt(whole, path)))).size > 1);
}

/** Names that are read beside others of their kind need fewer words. */
const SHORT = /** @type {{[path: string]: string}} */ ({
  "penalty.l1": "L1",
  "penalty.l2": "L2",
  weights_seed: t("seed"),
  batches_seed: t("batches"),
});

/**
 * A letter where the field has one; what is written in capitals stays so.
 *
 * @param {string} path
 * @param {Catalog} catalog
 */
function knobName(path, catalog) {
  if (SHORT[path]) return SHORT[path];
  const plain = within(settingName(path, catalog));
  const knobs = path.startsWith("optimizer.")
    ? (catalog.families.optimizers ?? []).flatMap((record) => record.knobs)
    : [];
  return knobs.find((knob) => path === `optimizer.${knob.name}`)?.symbol || plain;
}
