/** Networks that train side by side: what each changes of the spec, what that makes of it, and what to call it. */

import { pathOf, valueAt } from "../../settings/knobs.js";
import { settingName, settingValue } from "../../settings/names.js";

/** @import {Catalog, Changes, Spec} from "../../base/types.js" */

/** The sections whose settings may differ from member to member, in the order of the panel. */
export const VARIED = ["optimizer", "schedule", "clip", "penalty", "initializer"];

/** The seeds among the settings without a section that may differ. */
export const VARIED_SEEDS = ["weights_seed", "batches_seed"];

/**
 * The whole spec of one member. Where it is of another kind than the spec, the knobs that both kinds have keep
 * their values and the others take their defaults.
 *
 * @param {Spec} spec
 * @param {Changes} changes
 * @param {Catalog} catalog
 * @returns {Spec}
 */
export function memberSpec(spec, changes, catalog) {
  /** @type {Spec} */
  const whole = structuredClone(spec);
  const kindsFirst = Object.entries(changes).sort(([a], [b]) => Number(isKind(b)) - Number(isKind(a)));
  for (const [path, value] of kindsFirst) {
    const parts = path.split(".");
    const name = parts.pop() ?? "";
    const place = valueAt(whole, parts.join(".")) ?? whole;
    if (isKind(path) && place.kind !== value) replaceKind(place, parts.join("."), value, catalog);
    else place[name] = value;
  }
  return whole;
}

/** @param {string} path */
const isKind = (path) => path.endsWith(".kind");

/**
 * @param {{[name: string]: any}} section  changed in place
 * @param {string} path
 * @param {string} kind
 * @param {Catalog} catalog
 */
function replaceKind(section, path, kind, catalog) {
  const before = { ...section };
  for (const name of Object.keys(section)) delete section[name];
  section.kind = kind;
  for (const { name, default: usual } of knobsOf(path, kind, catalog)) section[name] = before[name] ?? usual;
}

/**
 * @param {string} path  of a section
 * @param {string} kind
 * @param {Catalog} catalog
 */
function knobsOf(path, kind, { sections, families }) {
  const section = sections.find((each) => each.path === path);
  const record = families[section?.family ?? ""]?.find((each) => each.kind === kind);
  return [...(section?.knobs ?? []), ...(record?.knobs ?? [])];
}

/**
 * What a member changes once a person has chosen a value for it. Another kind comes with all of its own good values,
 * which are not those of the kind before it.
 *
 * @param {Changes} changes
 * @param {string} path
 * @param {any} value
 * @param {Catalog} catalog
 * @returns {Changes}
 */
export function changedMember(changes, path, value, catalog) {
  if (!isKind(path)) return { ...changes, [path]: value };
  const section = path.slice(0, -".kind".length);
  const others = Object.entries(changes).filter(([other]) => !other.startsWith(`${section}.`));
  const knobs = knobsOf(section, value, catalog).map(({ name, default: usual }) => [pathOf(section, name), usual]);
  return { ...Object.fromEntries(others), [path]: value, ...Object.fromEntries(knobs) };
}

/**
 * A name for each member, from what tells it from the others: "SGD", "Adam η 0.01".
 *
 * @param {readonly Changes[]} members
 * @param {Spec} spec
 * @param {Catalog} catalog
 * @returns {string[]}
 */
export function memberNames(members, spec, catalog) {
  const wholes = (members.length > 0 ? members : [{}]).map((changes) => memberSpec(spec, changes, catalog));
  const words = (/** @type {Spec} */ whole, /** @type {string} */ path) => settingValue(path, valueAt(whole, path), catalog);
  const paths = [...new Set(members.flatMap((changes) => Object.keys(changes)))];
  const kinds = differing(wholes, paths.filter(isKind));
  const heads = wholes.map((whole) =>
    (kinds.length > 0 ? kinds : paths.length > 0 ? [] : ["optimizer.kind"])
      .map((path) => kindName(path, valueAt(whole, path), words(whole, path))).filter(Boolean).join(", "));
  const names = wholes.map((whole, index) => {
    const alike = wholes.filter((_, other) => heads[other] === heads[index]);
    const knobs = differing(alike, paths.filter((path) => !isKind(path)));
    const said = knobs.filter((path) => valueAt(whole, path) !== undefined)
      .map((path) => `${knobName(path, catalog)} ${words(whole, path)}`);
    const text = [heads[index], said.join(", ")].filter(Boolean).join(" ") || words(whole, "optimizer.kind");
    return text.replace(/^[a-z]/, (first) => first.toUpperCase());
  });
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before > 0 ? `${name} (${before + 1})` : name;
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
  if (path === "clip.kind") return kind === "none" ? "" : `clipped ${label.toLowerCase()}`;
  if (path === "schedule.kind") return kind === "constant" ? "" : label.toLowerCase();
  return label;
}

/**
 * @param {Spec[]} wholes
 * @param {string[]} paths
 */
function differing(wholes, paths) {
  return paths.filter((path) => new Set(wholes.map((whole) => JSON.stringify(valueAt(whole, path)))).size > 1);
}

/** Names that are read beside others of their kind need fewer words. */
const SHORT = /** @type {{[path: string]: string}} */ ({
  "penalty.l1": "L1", "penalty.l2": "L2", weights_seed: "seed", batches_seed: "batches",
});

/**
 * A letter where the field has one; what is written in capitals stays so.
 *
 * @param {string} path
 * @param {Catalog} catalog
 */
function knobName(path, catalog) {
  if (SHORT[path]) return SHORT[path];
  const name = settingName(path, catalog);
  const plain = /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  const knobs = path.startsWith("optimizer.") ? (catalog.families.optimizers ?? []).flatMap((record) => record.knobs) : [];
  return knobs.find((knob) => path === `optimizer.${knob.name}`)?.symbol || plain;
}
