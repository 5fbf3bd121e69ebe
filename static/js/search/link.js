/**
 * A search in the address bar, in a form a person can read and edit:
 *
 *   #data=moons&layers=8&knob=optimizer.learning_rate~0.001~1&knob=penalty.l2~0.00001~1~log&knob=layers.0.units~2,4,8
 *   &strategy=coarse_to_fine&strategy.rounds=3&budget=64000&seeds=3&searched=1&trial=13
 *
 * What is no part of a search is the base run, as the playground's links have it. A `knob` is a setting and its range,
 * then its scale where that is not the setting's own, or a list of values. `searched` says that it has been run, `trial`
 * which of its trials is chosen. What is left out is as usual. Values are judged by the server; here only names and
 * numbers are checked, so that none is lost unsaid.
 */

import { pairsIn } from "../address/link-text.js";
import { findSetting, format as formatRun, parse as parseRun } from "../address/run-link.js";
import { isList, searchKnobs, strategyOf, usualSearch } from "./space.js";

/** @import {Preset, Spec} from "../base/types.js" */
/** @import {Problem, Search, SearchCatalog, SearchKnob} from "./types.js" */

const STRATEGY = /^strategy(?:\.|$)/;
const KNOB_FORM = "a setting and its range, as in penalty.l2~0.001~1~log, or its values, as in layers.0.units~2,4,8";

/**
 * @param {Search} search
 * @param {SearchCatalog} catalog
 * @param {{searched?: boolean, trial?: number | null}} [shown]
 * @returns {string} without the leading #
 */
export function format(search, catalog, { searched = false, trial = null } = {}) {
  const usual = usualSearch(catalog);
  /** @type {[string, unknown][]} */
  const pairs = [];
  const { kind, ...knobs } = search.strategy;
  const usualKnobs = strategyOf(catalog, kind);
  if (JSON.stringify(search.knobs) !== JSON.stringify(usual.knobs)) {
    pairs.push(...search.knobs.map((knob) => /** @type {[string, string]} */ (["knob", formatKnob(knob)])));
  }
  if (kind !== usual.strategy.kind) pairs.push(["strategy", kind]);
  for (const [name, value] of Object.entries(knobs)) {
    if (value !== usualKnobs[name]) pairs.push([`strategy.${name}`, value]);
  }
  for (const { name } of searchKnobs(catalog)) {
    const key = /** @type {keyof Search} */ (name);
    if (search[key] !== usual[key]) pairs.push([name, search[key]]);
  }
  if (searched) pairs.push(["searched", 1]);
  if (trial !== null) pairs.push(["trial", trial]);
  return [formatRun(search.base, []), ...pairs.map(([name, value]) => `${name}=${encode(String(value))}`)]
    .filter(Boolean)
    .join("&");
}

/** @param {SearchKnob} knob */
function formatKnob(knob) {
  if (isList(knob)) return `${knob.path}~${knob.values.join(",")}`;
  const { path, low, high, scale } = knob;
  return [path, low, high, ...(scale ? [scale] : [])].join("~");
}

/** Letters that stand for themselves in an address, so that a person can read it. @param {string} text */
const encode = (text) => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%7E", "~");

/**
 * The search that an address names, and what in it is no part of one.
 *
 * @param {string} hash  with or without the leading #
 * @param {SearchCatalog} catalog
 * @param {Preset[]} [presets]
 * @returns {{search: Search, searched: boolean, trial: number | null, problems: Problem[]}}
 */
export function parse(hash, catalog, presets = []) {
  const names = [...searchKnobs(catalog).map(({ name }) => name), "knob", "searched", "trial"];
  const pairs = pairsIn(hash);
  const isMine = (/** @type {[string, string]} */ [key]) => names.includes(key) || STRATEGY.test(key);
  const run = parseRun(
    pairs.filter((pair) => !isMine(pair)),
    catalog,
    presets,
  );
  const problems = [...run.problems];
  if (run.edits.length > 0) {
    const allowed = "none: each trial of a search has the same settings from its first step to its last";
    problems.push({ path: "edits", value: `${run.edits.length} edits`, allowed });
  }
  const search = { ...usualSearch(catalog), base: run.spec };
  const mine = pairs.filter(isMine);
  const last = (/** @type {string} */ key) => mine.findLast(([name]) => name === key)?.[1];
  readKnobs(mine, catalog, search, problems);
  readStrategy(mine, catalog, search, problems);
  readNumbers(mine, catalog, search, problems);
  const trial = last("trial");
  return {
    search,
    searched: last("searched") === "1",
    trial: trial !== undefined && /^\d+$/.test(trial) ? Number(trial) : null,
    problems,
  };
}

/**
 * @param {[string, string][]} pairs
 * @param {SearchCatalog} catalog
 * @param {Search} search  changed in place
 * @param {Problem[]} problems  added to
 */
function readKnobs(pairs, catalog, search, problems) {
  const texts = pairs.filter(([key]) => key === "knob").map(([, text]) => text);
  const found = texts.flatMap((text) => {
    const knob = readKnob(text, catalog);
    if (!knob) problems.push({ path: "knob", value: text, allowed: KNOB_FORM });
    return knob ?? [];
  });
  if (found.length > 0) search.knobs = found;
}

/**
 * @param {string} text
 * @param {SearchCatalog} catalog
 * @returns {SearchKnob | null}
 */
function readKnob(text, catalog) {
  const [path = "", first, second, scale, ...more] = text.split("~");
  const setting = findSetting(catalog, path);
  if (!setting || !first || more.length > 0) return null;
  if (second === undefined) return { path: setting.path, values: first.split(",").map(readValue) };
  const [low, high] = [first, second].map(readValue);
  if (typeof low !== "number" || typeof high !== "number") return null;
  if (scale === undefined) return { path: setting.path, low, high };
  return scale === "log" || scale === "linear" ? { path: setting.path, low, high, scale } : null;
}

/** @param {string} text  @returns {number | string} */
const readValue = (text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text);

/**
 * @param {[string, string][]} pairs
 * @param {SearchCatalog} catalog
 * @param {Search} search  changed in place
 * @param {Problem[]} problems  added to
 */
function readStrategy(pairs, catalog, search, problems) {
  const records = catalog.families.strategies ?? [];
  const kind = pairs.findLast(([key]) => key === "strategy")?.[1];
  if (kind !== undefined) {
    if (records.some((record) => record.kind === kind)) search.strategy = strategyOf(catalog, kind);
    else {
      const allowed = `one of ${records.map((record) => record.kind).join(", ")}`;
      problems.push({ path: "strategy", value: kind, allowed });
    }
  }
  for (const [key, text] of pairs) {
    const name = /^strategy\.(.+)$/.exec(key)?.[1];
    if (name === undefined) continue;
    if (name !== "kind" && name in search.strategy) search.strategy[name] = readSwitch(text);
    else problems.push({ path: key, value: text, allowed: "a setting of the strategy" });
  }
}

/** @param {string} text */
const readSwitch = (text) => (text === "true" ? true : text === "false" ? false : readValue(text));

/**
 * @param {[string, string][]} pairs
 * @param {SearchCatalog} catalog
 * @param {Spec} search  changed in place
 * @param {Problem[]} problems  added to
 */
function readNumbers(pairs, catalog, search, problems) {
  for (const { name, type, minimum, maximum, choices } of searchKnobs(catalog)) {
    const text = pairs.findLast(([key]) => key === name)?.[1];
    if (text === undefined) continue;
    const value = readValue(text);
    const fits =
      type === "choice"
        ? choices?.includes(value)
        : typeof value === "number" && value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
    if (fits) search[name] = value;
    else {
      const allowed = type === "choice" ? `one of ${choices?.join(", ")}` : `a number from ${minimum} to ${maximum}`;
      problems.push({ path: name, value: text, allowed });
    }
  }
}
