/**
 * A search in the address bar, in a form a person can read and edit:
 *
 *   #data=moons&layers=8&knob=optimizer.learning_rate~0.001~1&knob=penalty.l2~0.00001~1~log&knob=layers.0.units~2,4,8
 *   &strategy=coarse_to_fine&strategy.rounds=3&budget=64000&seeds=3&searched=1&trial=13
 *   #knob=optimizer.learning_rate~0.001~10&strategy=grid&strategy.shift=true&against=random&duels=20&fought=1&pair=4
 *
 *   #preset=wasted-columns&fought=1
 *
 *   #knob=optimizer.learning_rate~0.001~1&knob=penalty.l2~0.00001~1~log&searched=1&brush=penalty.l2~~0.01&truth=best
 *
 * What is no part of a search is the base run, as the playground's links have it. A `knob` is a setting and its range,
 * then its scale where that is not the setting's own, or a list of values. `searched` says that it has been run, `trial`
 * which of its trials is chosen, `guess` where the best was thought to lie, `opened` that the sealed points have been
 * looked at. `brush` keeps the trials in sight that lie in a stretch of a knob or of the score (brush-link.js), `map` names
 * the two knobs of the map where these are not the first two, and `truth` shows the truth behind it: with the settings that
 * are not on the map as in the `best` trial, or as in the `base`. `against` makes it a duel: `fought` says that it has been
 * run, `pair` which of the duels is shown, counted from 1. What is left out is as usual. Values are judged by the server;
 * here only names and numbers are checked, so that none is lost unsaid.
 */

import { setNumber } from "../../base/format.js";
import { either, t, tn } from "../../base/words.js";
import { pairsIn } from "../../address/link-text.js";
import { findSetting, format as formatRun, parse as parseRun } from "../../address/run-link.js";
import { isList, searchKnobs, strategyOf, usualSearch } from "../space.js";
import { brushPairs, readBrush } from "./brush-link.js";

/** @import {Preset, Spec} from "../../base/types.js" */
/** @import {Brush, Problem, Search, SearchCatalog, SearchKnob, SearchPreset, SearchState} from "../types.js" */

const STRATEGY = /^(?:strategy|against)(?:\.|$)/;
const OTHERS = ["knob", "searched", "trial", "opened", "duels", "fought", "pair", "guess", "brush", "map", "truth"];
/** What says of a search only how it is shown. */
const SHOWN = ["searched", "trial", "opened", "fought", "pair", "guess", "brush", "map", "truth"];
const OTHERS_OF_TRUTH = /** @type {const} */ (["best", "base"]);
export const FIRST_TWO = /** @type {[number, number]} */ ([0, 1]);
export const USUAL_DUELS = 60;
const MOST_DUELS = 200;
const KNOB_FORM = t("a setting and its range, as in penalty.l2~0.001~1~log, or its values, as in layers.0.units~2,4,8");

/**
 * What an address says beside the search: that it has been run, the chosen trial, and a duel.
 *
 * @typedef {object} Shown
 * @property {boolean} [searched]
 * @property {number | null} [trial]
 * @property {SearchPreset | null} [preset]  the search and the duel are its own, unchanged
 * @property {number | null} [guess]  where the best was thought to lie
 * @property {boolean} [opened]  whether the sealed points have been looked at
 * @property {Brush} [brush]  which trials are kept in sight
 * @property {[number, number]} [axes]  the knobs of the map
 * @property {SearchState["others"] | null} [truth]  behind the map, and with which other settings
 * @property {{against: Spec, duels: number, fought: boolean, pair: number} | null} [duel]  `pair`: counted from 0
 */

/**
 * @param {Search} search
 * @param {SearchCatalog} catalog
 * @param {Shown} [shown]
 * @returns {string} without the leading #
 */
export function format(
  search,
  catalog,
  {
    searched = false,
    trial = null,
    guess = null,
    opened = false,
    brush = {},
    axes = FIRST_TWO,
    truth = null,
    duel = null,
    preset = null,
  } = {},
) {
  const pairs = preset ? [] : searchPairs(search, catalog);
  if (guess !== null) pairs.push(["guess", guess]);
  if (searched) pairs.push(["searched", 1]);
  if (trial !== null) pairs.push(["trial", trial]);
  if (opened) pairs.push(["opened", 1]);
  pairs.push(...brushPairs(brush, search, catalog), ...mapPairs(axes, search));
  if (truth) pairs.push(["truth", truth]);
  if (duel) pairs.push(...duelPairs(duel, preset !== null, catalog));
  const begin = preset ? `preset=${preset.name}` : formatRun({ spec: search.base });
  return [begin, ...pairs.map(([name, value]) => `${name}=${encode(String(value))}`)].filter(Boolean).join("&");
}

/**
 * @param {readonly [number, number]} axes
 * @param {Search} search
 * @returns {[string, unknown][]}
 */
function mapPairs(axes, { knobs }) {
  const paths = axes.flatMap((axis) => knobs[axis]?.path ?? []);
  return String(axes) === String(FIRST_TWO) || paths.length < 2 ? [] : [["map", paths.join("~")]];
}

/**
 * @param {NonNullable<Shown["duel"]>} duel
 * @param {boolean} isNamed  whether a preset says who meets whom
 * @param {SearchCatalog} catalog
 */
function duelPairs({ against, duels, fought, pair }, isNamed, catalog) {
  /** @type {[string, unknown][]} */
  const pairs = isNamed ? [] : [["against", against.kind], ...strategyPairs("against", against, catalog)];
  if (!isNamed && duels !== USUAL_DUELS) pairs.push(["duels", duels]);
  if (fought) pairs.push(["fought", 1]);
  if (fought && pair > 0) pairs.push(["pair", pair + 1]);
  return pairs;
}

/**
 * What of a search is not as usual, but for its base.
 *
 * @param {Search} search
 * @param {SearchCatalog} catalog
 */
function searchPairs(search, catalog) {
  const usual = usualSearch(catalog);
  /** @type {[string, unknown][]} */
  const pairs = [];
  if (JSON.stringify(search.knobs) !== JSON.stringify(usual.knobs)) {
    pairs.push(...search.knobs.map((knob) => /** @type {[string, string]} */ (["knob", formatKnob(knob)])));
  }
  if (search.strategy.kind !== usual.strategy.kind) pairs.push(["strategy", search.strategy.kind]);
  pairs.push(...strategyPairs("strategy", search.strategy, catalog));
  for (const { name } of searchKnobs(catalog)) {
    const key = /** @type {keyof Search} */ (name);
    if (search[key] !== usual[key]) pairs.push([name, search[key]]);
  }
  return pairs;
}

/**
 * The knobs of a strategy that are not as usual.
 *
 * @param {string} name
 * @param {Spec} strategy
 * @param {SearchCatalog} catalog
 * @returns {[string, unknown][]}
 */
function strategyPairs(name, { kind, ...knobs }, catalog) {
  const usual = strategyOf(catalog, kind);
  return Object.entries(knobs)
    .filter(([knob, value]) => value !== usual[knob])
    .map(([knob, value]) => [`${name}.${knob}`, value]);
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
 * @param {Preset[]} [presets]  of runs
 * @param {SearchPreset[]} [searches]
 * @returns {Required<Shown> & {search: Search, problems: Problem[]}}
 */
export function parse(hash, catalog, presets = [], searches = []) {
  const names = [...searchKnobs(catalog).map(({ name }) => name), ...OTHERS];
  const given = pairsIn(hash);
  const named = given.findLast(([key]) => key === "preset")?.[1];
  const preset = searches.find(({ name }) => name === named) ?? null;
  const pairs = preset ? withPreset(preset, given, catalog) : given;
  const isMine = (/** @type {[string, string]} */ [key]) => names.includes(key) || STRATEGY.test(key);
  const run = parseRun(
    pairs.filter((pair) => !isMine(pair)),
    catalog,
    presets,
  );
  const problems = [...run.problems];
  if (run.edits.length > 0) {
    const allowed = t("none: each trial of a search has the same settings from its first step to its last");
    problems.push({ path: "edits", value: tn("{count} edit", "{count} edits", run.edits.length), allowed });
  }
  const search = { ...usualSearch(catalog), base: run.spec };
  const mine = pairs.filter(isMine);
  const last = (/** @type {string} */ key) => mine.findLast(([name]) => name === key)?.[1];
  readKnobs(mine, catalog, search, problems);
  search.strategy = readStrategy("strategy", search.strategy, mine, catalog, problems);
  readNumbers(mine, catalog, search, problems);
  const count = (/** @type {string} */ key) => (/^\d+$/.test(last(key) ?? "") ? Number(last(key)) : null);
  const duels = last("duels");
  if (duels !== undefined && !isCount(count("duels"))) {
    problems.push({
      path: "duels",
      value: duels,
      allowed: t("a number from {least} to {most}", { least: 1, most: MOST_DUELS }),
    });
  }
  const isPreset = preset !== null && given.every(([key]) => key === "preset" || SHOWN.includes(key));
  const brushed = mine.filter(([key]) => key === "brush").map(([, text]) => text);
  const against = last("against") !== undefined && readStrategy("against", search.strategy, mine, catalog, problems);
  return {
    search: isPreset ? preset.search : search,
    preset: isPreset ? preset : null,
    searched: last("searched") === "1",
    trial: count("trial"),
    guess: guessed(last("guess")),
    opened: last("opened") === "1",
    brush: readBrush(brushed, search, catalog, problems),
    axes: readAxes(last("map"), search, problems),
    truth: readTruth(last("truth"), problems),
    duel: against
      ? {
          against: (isPreset && preset.against) || against,
          duels: isCount(count("duels")) ? (count("duels") ?? USUAL_DUELS) : USUAL_DUELS,
          fought: last("fought") === "1",
          pair: Math.max(0, (count("pair") ?? 1) - 1),
        }
      : null,
    problems,
  };
}

/**
 * A preset's settings, and those beside it, which take the place of its own.
 *
 * @param {SearchPreset} preset
 * @param {[string, string][]} given
 * @param {SearchCatalog} catalog
 * @returns {[string, string][]}
 */
function withPreset({ search, against, duels }, given, catalog) {
  const duel = against && { against, duels, fought: false, pair: 0 };
  const others = given.filter(([key]) => key !== "preset");
  const hasKnobs = others.some(([key]) => key === "knob");
  const own = pairsIn(format(search, catalog, { duel })).filter(([key]) => !(hasKnobs && key === "knob"));
  return [...own, ...others];
}

/**
 * @param {string | undefined} text
 * @param {Search} search
 * @param {Problem[]} problems  added to
 * @returns {[number, number]}
 */
function readAxes(text, { knobs }, problems) {
  if (text === undefined) return FIRST_TWO;
  const [across = -1, up = -1, ...more] = text.split("~").map((path) => knobs.findIndex((knob) => knob.path === path));
  if (across >= 0 && up >= 0 && across !== up && more.length === 0) return [across, up];
  const allowed = t("two settings that are searched, as in optimizer.learning_rate~penalty.l2");
  problems.push({ path: "map", value: text, allowed });
  return FIRST_TWO;
}

/**
 * @param {string | undefined} text
 * @param {Problem[]} problems  added to
 */
function readTruth(text, problems) {
  if (text === undefined) return null;
  const truth = OTHERS_OF_TRUTH.find((others) => others === text) ?? null;
  const allowed = t("one of {names}", { names: either(OTHERS_OF_TRUTH) });
  if (!truth) problems.push({ path: "truth", value: text, allowed });
  return truth;
}

/** @param {string | undefined} text */
const guessed = (text) => {
  const guess = readValue(text ?? "");
  return typeof guess === "number" ? guess : null;
};

/** @param {number | null} duels */
const isCount = (duels) => duels !== null && duels >= 1 && duels <= MOST_DUELS;

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
 * @param {"strategy" | "against"} part
 * @param {Spec} usual
 * @param {[string, string][]} pairs
 * @param {SearchCatalog} catalog
 * @param {Problem[]} problems  added to
 * @returns {Spec}
 */
function readStrategy(part, usual, pairs, catalog, problems) {
  const records = catalog.families.strategies ?? [];
  const kind = pairs.findLast(([key]) => key === part)?.[1];
  const isKnown = records.some((record) => record.kind === kind);
  const strategy = { ...(isKnown ? strategyOf(catalog, kind ?? "") : usual) };
  if (kind !== undefined && !isKnown) {
    problems.push({
      path: part,
      value: kind,
      allowed: t("one of {names}", { names: either(records.map((each) => each.kind)) }),
    });
  }
  for (const [key, text] of pairs) {
    if (!key.startsWith(`${part}.`)) continue;
    const name = key.slice(part.length + 1);
    if (name !== "kind" && name in strategy) strategy[name] = readSwitch(text);
    else problems.push({ path: key, value: text, allowed: t("a setting of the strategy") });
  }
  return strategy;
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
        : typeof value === "number"
          && value >= (minimum ?? -Infinity)
          && value <= (maximum ?? Infinity)
          && (type !== "integer" || Number.isInteger(value));
    if (fits) search[name] = value;
    else {
      const ends = { least: setNumber(minimum ?? -Infinity), most: setNumber(maximum ?? Infinity) };
      const allowed =
        type === "choice"
          ? t("one of {names}", { names: either((choices ?? []).map(String)) })
          : type === "integer"
            ? t("a whole number from {least} to {most}", ends)
            : t("a number from {least} to {most}", ends);
      problems.push({ path: name, value: text, allowed });
    }
  }
}
