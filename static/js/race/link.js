/**
 * A race in the address bar, in a form a person can read and edit:
 *
 *   #surface=ravine&surface.condition=50&racer=sgd,learning_rate~0.02&racer=momentum,learning_rate~0.02,momentum~0.8
 *   &starts=-2.5,1;2,2&steps=200&noise=0.1
 *   #preset=zigzag
 *   #preset=worked-example&arrows=parts
 *
 * Each `racer` is an optimizer and its knobs, then `schedule~…` and `clip~…` with theirs, where they are used. What is
 * left out is as usual. A preset stands for all of its settings; others beside it take the place of its own. Values are
 * judged by the server. Here only names are checked, so that none is lost unsaid. `arrows` is no setting of the race: it
 * says what is drawn of a step.
 */

import { joined, pairsIn } from "../address/link-text.js";
import { choice } from "./settings.js";
import { either, t } from "../base/words.js";

/** @import {Problem, Spec} from "../base/types.js" */
/** @import {Race, RaceCatalog} from "./settings.js" */
/** @import {RaceState} from "./types.js" */
/** @typedef {{name: string, race: Race}} Named */

const ARROWS = /** @type {RaceState["arrows"][]} */ (["chosen", "parts", "all", "none"]);
const PARTS = /** @type {const} */ (["optimizer", "schedule", "clip"]);

/**
 * @param {Race} race
 * @param {RaceCatalog} catalog
 * @returns {string} without the leading #
 */
export function format(race, catalog) {
  const usual = catalog.race.default;
  /** @type {[string, any][]} */
  const pairs = [];
  // Where a surface is named, its own starts come with it.
  if (race.surface.kind !== usual.surface.kind) pairs.push(["surface", race.surface.kind]);
  for (const [name, value] of differing("surface", race.surface, catalog)) pairs.push([`surface.${name}`, value]);
  if (JSON.stringify(race.racers) !== JSON.stringify(usual.racers)) {
    for (const racer of race.racers) pairs.push(["racer", formatRacer(racer, usual.racers[0] ?? {}, catalog)]);
  }
  if (race.starts.length > 0) pairs.push(["starts", race.starts.map((start) => start.join(",")).join(";")]);
  if (race.view) pairs.push(["view", race.view.join(",")]);
  for (const name of topKnobs(catalog)) if (race[name] !== usual[name]) pairs.push([name, race[name]]);
  return pairs.map(([name, value]) => `${name}=${encode(String(value))}`).join("&");
}

/**
 * @param {Spec} racer
 * @param {Spec} usual
 * @param {RaceCatalog} catalog
 */
function formatRacer(racer, usual, catalog) {
  return PARTS.flatMap((part) => {
    const isFirst = part === "optimizer";
    const { kind, ...knobs } = racer[part];
    const others = differing(`racers.0.${part}`, racer[part], catalog)
      .filter(([name]) => !(isFirst && name === "learning_rate"))
      .map(([name, value]) => `${isFirst ? "" : `${part}.`}${name}~${value}`);
    if (isFirst) return [kind, `learning_rate~${knobs.learning_rate}`, ...others];
    return kind === usual[part]?.kind && others.length === 0 ? [] : [`${part}~${kind}`, ...others];
  }).join(",");
}

/**
 * @param {string} path
 * @param {Spec} chosen
 * @param {RaceCatalog} catalog
 * @returns {[string, any][]}
 */
function differing(path, chosen, catalog) {
  const usual = choice(path, chosen.kind, catalog);
  return Object.entries(chosen).filter(([name, value]) => name !== "kind" && value !== usual[name]);
}

/**
 * The address with the arrows that are drawn, where they are not the usual ones.
 *
 * @param {string} address  without the leading #
 * @param {RaceState["arrows"]} arrows
 */
export const withArrows = (address, arrows) => joined(address, arrows !== "chosen" && `arrows=${arrows}`);

/** @param {RaceCatalog} catalog */
const topKnobs = ({ race: { sections } }) =>
  sections.filter(({ path }) => path === "").flatMap(({ knobs }) => knobs.map(({ name }) => name));

/** Letters that stand for themselves in an address, so that a person can read it. @param {string} text */
const encode = (text) =>
  encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3B", ";").replaceAll("%7E", "~").replaceAll("%5E", "^");

/**
 * The race that an address names; `preset` is the name of the preset that it is, unchanged.
 *
 * @param {string} hash  with or without the leading #
 * @param {RaceCatalog} catalog
 * @param {readonly Named[]} presets
 * @returns {{race: Race, preset: string | null, arrows: RaceState["arrows"], problems: Problem[]}}
 */
export function parse(hash, catalog, presets) {
  const pairs = pairsIn(hash);
  /** @type {Problem[]} */
  const problems = [];
  const wanted = pairs.findLast(([key]) => key === "preset")?.[1];
  const preset = presets.find(({ name }) => name === wanted);
  if (wanted !== undefined && !preset) {
    problems.push({
      path: "preset",
      value: wanted,
      allowed: t("the name of a preset; the button Presets shows them all"),
    });
  }
  const race = structuredClone(preset?.race ?? catalog.race.default);
  const others = pairs.filter(([key]) => key !== "preset" && key !== "arrows");
  const arrows = readArrows(pairs, problems);
  const kind = others.findLast(([key]) => key === "surface")?.[1];
  if (kind !== undefined) Object.assign(race, { surface: choice("surface", kind, catalog), starts: [], view: null });
  const racers = others.filter(([key]) => key === "racer");
  if (racers.length > 0) race.racers = racers.map(([, text]) => readRacer(text, catalog, problems));
  for (const [key, text] of others) {
    if (!["racer", "surface"].includes(key)) readPart(key, text, race, catalog, problems);
  }
  return { race, preset: others.length === 0 ? (preset?.name ?? null) : null, arrows, problems };
}

/**
 * @param {[string, string][]} pairs
 * @param {Problem[]} problems
 * @returns {RaceState["arrows"]}
 */
function readArrows(pairs, problems) {
  const text = pairs.findLast(([key]) => key === "arrows")?.[1] ?? "chosen";
  const found = ARROWS.find((arrows) => arrows === text);
  if (!found) problems.push({ path: "arrows", value: text, allowed: either(ARROWS) });
  return found ?? "chosen";
}

/**
 * @param {string} key
 * @param {string} text
 * @param {Race} race
 * @param {RaceCatalog} catalog
 * @param {Problem[]} problems
 */
function readPart(key, text, race, catalog, problems) {
  const numbers = (/** @type {string} */ part) => part.split(",").map(convert);
  if (key === "starts") race.starts = /** @type {any} */ (text.split(";").map(numbers));
  else if (key === "view") race.view = /** @type {any} */ (numbers(text));
  else if (key === "surface.text" || (key.startsWith("surface.") && key.slice(8) in race.surface)) {
    race.surface[key.slice(8)] = key === "surface.text" ? text : convert(text);
  } else if (topKnobs(catalog).includes(key)) race[key] = convert(text);
  else problems.push({ path: key, value: text, allowed: t("the name of a setting") });
}

/**
 * @param {string} text
 * @param {RaceCatalog} catalog
 * @param {Problem[]} problems
 * @returns {Spec}
 */
function readRacer(text, catalog, problems) {
  const [kind = "", ...pairs] = text.split(",");
  const racer = /** @type {Spec} */ (structuredClone(catalog.race.default.racers[0] ?? {}));
  racer.optimizer = choice("racers.0.optimizer", kind, catalog);
  for (const pair of pairs) {
    const [name = "", value = ""] = pair.split("~");
    const [part = "", knob = ""] = name.includes(".") ? name.split(".") : ["optimizer", name];
    if (name === "schedule" || name === "clip") racer[name] = choice(`racers.0.${name}`, value, catalog);
    else if (racer[part] && knob in racer[part]) racer[part][knob] = convert(value);
    else problems.push({ path: "racer", value: pair, allowed: t("a setting of {kind}", { kind }) });
  }
  return racer;
}

/**
 * What is no number stays as it is: the server then says what is allowed.
 *
 * @param {string} text
 * @returns {any}
 */
function convert(text) {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
