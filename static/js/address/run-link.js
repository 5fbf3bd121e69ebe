/**
 * A run in the address bar, in a form a person can read and edit:
 *
 *   #data=spiral&data.noise=0.1&features=x1,x2&layers=4,2&layers.activation=relu&layers.1.dropout=0.2&batch_size=20
 *   &edits=1200~optimizer.learning_rate~0.1
 *   #preset=vanishing
 *
 * A section's kind stands under the section's path, each knob under its own; `layers` lists units, and what is said of
 * `layers` is said of each of them. What is left out is as in the default run.
 * A preset stands for all of its settings; others beside it take the place of its own.
 * `edits` are the changes made while the run trained: step, path and value.
 * The server is the judge of values. Here only keys are checked, so that none is lost unsaid.
 * Links of TensorFlow Playground are read, too. What a page says beside its run, the page takes out before.
 */

import { shortSpec } from "../settings/minimal-spec.js";
import { pathOf, placeAt } from "../settings/paths.js";
import { decode, pairsIn } from "./link-text.js";
import { isPacked, pack } from "./packed.js";
import { fromTensorFlow, isTensorFlowLink } from "./tensorflow-link.js";
import { t, tn } from "../base/words.js";

/** @import {Catalog, Changes, Edit, Preset, Problem, Recipe, Spec, Speed} from "../base/types.js" */

/**
 * A run to begin with, how far it goes at once and how it is played.
 *
 * @typedef {Recipe & {step?: number, playing?: boolean, speed?: Speed}} Wanted
 */
/** @typedef {"number" | "integer" | "boolean" | "choice" | "rows" | "text" | "kind" | "names" | "numbers"} ValueType */

const KIND = /\.kind$/;
const OF_ALL_LAYERS = /^layers\.(?!\d)/;

/** Parts of a spec that are lists of names. */
const NAMES = ["features", "frozen"];

/** An edit's path that sets all parameters at once; one that begins with it sets a single one. */
const PARAMETERS = "theta";

/**
 * @param {{spec: Spec, edits?: Edit[]}} recipe  what its networks have different is written by `members-link.js`
 * @returns {string} without the leading #
 */
export function format({ spec, edits = [] }) {
  const pairs = flatten(spec).map(([path, value]) => `${path}=${write(value)}`);
  if (edits.length > 0) pairs.push(`edits=${edits.flatMap(writeEdit).join(",")}`);
  return pairs.join("&");
}

/**
 * The same of specs that are whole: what is as usual is left out.
 *
 * @param {{spec: Spec, edits?: Edit[]}} recipe
 * @param {Catalog} catalog
 */
export const formatShort = ({ spec, edits = [] }, catalog) => format({ spec: shortSpec(spec, catalog), edits });

/**
 * @param {any} part
 * @param {string} [path]
 * @returns {[string, unknown][]}
 */
function flatten(part, path = "") {
  return Object.entries(part).flatMap(([name, value]) => {
    const here = pathOf(path, name);
    if (name === "layers") return flattenLayers(value);
    if (Array.isArray(value) || typeof value !== "object") {
      return /** @type {[string, unknown][]} */ ([[here.replace(KIND, ""), value]]);
    }
    return flatten(value, here);
  });
}

/**
 * @param {Spec[]} layers
 * @returns {[string, unknown][]}
 */
function flattenLayers(layers) {
  const each = layers.map(({ units: _units, ...rest }) => flatten(rest));
  const common = layers.length > 1 ? (each[0] ?? []).filter((pair) => each.every((others) => has(others, pair))) : [];
  return [
    ["layers", layers.map((layer) => layer.units)],
    ...common.map(([path, value]) => /** @type {[string, unknown]} */ ([`layers.${path}`, value])),
    ...each.flatMap((pairs, i) =>
      pairs
        .filter((pair) => !has(common, pair))
        .map(([path, value]) => /** @type {[string, unknown]} */ ([`layers.${i}.${path}`, value])),
    ),
  ];
}

/**
 * @param {[string, unknown][]} pairs
 * @param {[string, unknown]} wanted
 */
const has = (pairs, [path, value]) => pairs.some(([other, its]) => other === path && its === value);

/**
 * Items of a list are separated by commas, rows of a table by semicolons.
 *
 * @param {unknown} value
 * @returns {string}
 */
function write(value) {
  if (!Array.isArray(value)) return encodeURIComponent(String(value));
  if (value.some((item) => typeof item === "string")) return value.map(writeName).join(",");
  return value.map(write).join(value.some(Array.isArray) ? ";" : ",");
}

/**
 * A name may have the signs that separate the items of a list, which are therefore encoded twice.
 *
 * @param {unknown} name
 */
const writeName = (name) =>
  encodeURIComponent(String(name).replace(/[%,;~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`));

/**
 * Between edits there are commas, so the items of a list in one of them are separated by semicolons.
 *
 * @param {Edit} edit
 */
function writeEdit({ step, changes }) {
  return Object.entries(changes).map(([path, value]) => {
    const text = Array.isArray(value) ? value.map(write).join(";") : write(value);
    return `${step}~${path.replace(KIND, "")}~${text}`;
  });
}

/**
 * What an address says of how the page looks, and a sentence about it; most say neither.
 *
 * @typedef {{look?: {showTest: boolean, discretize: boolean}, notice?: string}} Besides
 */

/**
 * @param {string | [string, string][]} hash  with or without the leading #, or its pairs
 * @param {Catalog} catalog
 * @param {Preset[]} [presets]
 * @returns {Wanted & {problems: Problem[]} & Besides}
 */
export function parse(hash, catalog, presets = []) {
  const given = pairs(hash);
  if (
    isTensorFlowLink(given, (key) => key === "preset" || key === "edits" || findSetting(catalog, key) !== undefined)
  ) {
    return { edits: [], ...fromTensorFlow(given) };
  }
  /** @type {Spec} */
  const spec = structuredClone(presetIn(hash, presets)?.spec ?? {});
  /** @type {Edit[]} */
  const edits = [];
  /** @type {Problem[]} */
  const problems = [];

  for (const [key, text] of given) {
    if (key === "preset") readPreset(text, presets, problems);
    else if (key === "edits") readEdits(text, catalog, edits, problems);
    else if (NAMES.includes(key)) spec[key] = list(text);
    else if (key === "layers") readUnits(text, spec);
    else if (OF_ALL_LAYERS.test(key)) readOfAllLayers(key, text, catalog, spec, problems);
    else readValue(key, text, catalog, spec, problems);
  }
  const isDouble = (spec.dtype ?? catalog.default_spec.dtype) === "float64";
  return { spec, edits: edits.map((edit) => packed(edit, isDouble)), problems };
}

/**
 * Links once listed all parameters one by one, so many that a few of them were more than the server takes.
 *
 * @param {Edit} edit
 * @param {boolean} isDouble
 * @returns {Edit}
 */
function packed({ step, changes }, isDouble) {
  const values = changes[PARAMETERS];
  if (!Array.isArray(values) || !values.every(Number.isFinite)) return { step, changes };
  return { step, changes: { ...changes, [PARAMETERS]: pack(values, isDouble) } };
}

/** @param {Preset} preset */
export function formatPreset({ name }) {
  return `preset=${encodeURIComponent(name)}`;
}

/**
 * The preset that an address names, if there is one.
 *
 * @param {string | [string, string][]} hash  with or without the leading #, or its pairs
 * @param {Preset[]} presets
 */
export function presetIn(hash, presets) {
  const wanted = pairs(hash).findLast(([key]) => key === "preset")?.[1];
  return presets.find(({ name }) => name === wanted);
}

/**
 * @param {string} text
 * @param {Preset[]} presets
 * @param {Problem[]} problems
 */
function readPreset(text, presets, problems) {
  if (presets.some(({ name }) => name === text)) return;
  problems.push({ path: "preset", value: text, allowed: t("the name of a preset; the button Presets shows them all") });
}

/**
 * In an order that makes `layers` exist before what stands on all of them, and that before what stands on one.
 *
 * @param {string | [string, string][]} hash
 */
function pairs(hash) {
  const rank = (/** @type {string} */ key) => (key === "layers" ? 0 : OF_ALL_LAYERS.test(key) ? 1 : 2);
  return (typeof hash === "string" ? pairsIn(hash) : hash).toSorted(([a], [b]) => rank(a) - rank(b));
}

/**
 * @param {string} text
 * @param {string} [separator]
 */
function list(text, separator = ",") {
  return text === "" ? [] : text.split(separator);
}

/**
 * @param {string} text
 * @param {Spec} spec
 */
function readUnits(text, spec) {
  spec.layers = list(text).map((units) => ({ units: convert(units, "integer") }));
}

/**
 * @param {string} key
 * @param {string} text
 * @param {Catalog} catalog
 * @param {Spec} spec
 * @param {Problem[]} problems
 */
function readOfAllLayers(key, text, catalog, spec, problems) {
  const count = (spec.layers ?? catalog.default_spec.layers).length;
  const keys = Array.from({ length: count }, (_, i) => key.replace("layers.", `layers.${i}.`));
  const known = findSetting(catalog, key.replace("layers.", "layers.0.")) !== undefined;
  if (known && count > 0) for (const each of keys) readValue(each, text, catalog, spec, problems);
  else {
    problems.push({
      path: key,
      value: text,
      allowed: known ? t("one or more layers, listed in layers") : t("the name of a setting"),
    });
  }
}

/**
 * @param {string} key
 * @param {string} text
 * @param {Catalog} catalog
 * @param {Spec} spec
 * @param {Problem[]} problems
 */
function readValue(key, text, catalog, spec, problems) {
  const setting = findSetting(catalog, key);
  if (!setting) {
    problems.push({ path: key, value: text, allowed: t("the name of a setting") });
    return;
  }
  const parts = setting.path.split(".");
  const name = parts.pop() ?? "";
  if (parts[0] === "layers" && !spec.layers) spec.layers = structuredClone(catalog.default_spec.layers);
  /** @type {any} */
  let place = spec;
  for (const part of parts) {
    if (Array.isArray(place) && !place[Number(part)]) {
      problems.push({
        path: key,
        value: text,
        allowed: tn("an existing layer: {count} is listed", "an existing layer: {count} are listed", place.length),
      });
      return;
    }
    place = place[part] ??= {};
  }
  place[name] = convert(text, setting.type);
}

/**
 * @param {string} text
 * @param {Catalog} catalog
 * @param {Edit[]} edits
 * @param {Problem[]} problems
 */
function readEdits(text, catalog, edits, problems) {
  for (const entry of list(text)) {
    const [step = "", key = "", value = ""] = entry.split("~");
    const setting = findSetting(catalog, key);
    if (!setting || !/^\d+$/.test(step)) {
      problems.push({ path: "edits", value: entry, allowed: t("step~setting~value") });
      continue;
    }
    addEdit(edits, Number(step), { [setting.path]: readSetting(value, setting.type) });
  }
}

/**
 * @param {Edit[]} edits
 * @param {number} step
 * @param {Changes} changes
 */
function addEdit(edits, step, changes) {
  const last = edits.at(-1);
  if (last?.step === step) Object.assign(last.changes, changes);
  else edits.push({ step, changes });
}

/**
 * What a key of the address names: its path in the spec and the type of its value.
 *
 * @param {Catalog} catalog
 * @param {string} key
 * @returns {{path: string, type: ValueType} | undefined}
 */
export function findSetting(catalog, key) {
  if (key === PARAMETERS) return { path: key, type: "numbers" };
  if (key.startsWith(`${PARAMETERS}.`)) return { path: key, type: "number" };
  if (NAMES.includes(key)) return { path: key, type: "names" };
  const place = placeAt(key, catalog);
  if (place?.knob) return { path: key, type: place.knob.type };
  return place?.section.family ? { path: `${key.replace(KIND, "")}.kind`, type: "kind" } : undefined;
}

/**
 * The value that an entry of a list in the address gives a setting.
 *
 * @param {string} text
 * @param {ValueType} type
 */
export function readSetting(text, type) {
  if (type === "names") return list(text, ";");
  if (type === "numbers" && isPacked(text)) return text;
  return type === "numbers" ? list(text, ";").map((number) => convert(number, "number")) : convert(text, type);
}

/**
 * A text that is not of the type stays as it is: the server then says what is allowed.
 *
 * @param {string} text
 * @param {ValueType} type
 * @returns {unknown}
 */
function convert(text, type) {
  if (type === "names") return list(text).map(decode);
  if (type === "rows") return text.split(";").map((row) => list(row).map((item) => convert(item, "number")));
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  const isNumber = type === "number" || type === "integer";
  return isNumber && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
