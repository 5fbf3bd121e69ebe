/**
 * The address of the landscape page: a run as in the playground, and beside it
 *
 *   members=0~optimizer~sgd,1~optimizer~adam   what each network changes
 *   step=120                                   how far they are
 *   member=1                                   whose weights the plane goes through
 *   map=random&map.seed=7&map.half=test        how the landscape is drawn
 *   map=networks&map.networks=0,1,2            through which networks, or whose paths the axes follow
 *
 * What stands for the usual is left out.
 */

import { pairsIn } from "../address/link-text.js";
import { INITIAL } from "../base/store.js";
import { formatMembers, parseMembers } from "../address/members-link.js";
import { formatShort, parse } from "../address/run-link.js";
import { either, t } from "../base/words.js";

/** @import {Catalog, LandscapeChoices, Problem, State} from "../base/types.js" */
/** @import {Wanted} from "../address/run-link.js" */

const USUAL = INITIAL.landscape;
const AXES = ["pca", "networks", "random", "line", "weights"];
const SHOWN = ["map", "surface", "slice"];
const SIZES = { least: 9, most: 101 };
const LARGEST_SEED = 2 ** 31 - 1;

/** How each choice is read: what its text means, or nothing where it means nothing. */
const CHOICES =
  /** @type {{[key: string]: {name: keyof LandscapeChoices, read: (text: string) => unknown, allowed: string}}} */ ({
    map: { name: "axes", read: oneOf(AXES), allowed: either(AXES) },
    "map.seed": { name: "seed", read: whole(0, LARGEST_SEED), allowed: wholeWords(0, LARGEST_SEED) },
    "map.weights": { name: "names", read: (text) => text.split(","), allowed: t("names of weights") },
    "map.networks": {
      name: "networks",
      read: numbers,
      allowed: t("numbers of networks, counted from 0, such as 0,1,2"),
    },
    "map.half": { name: "half", read: oneOf(["train", "test"]), allowed: either(["train", "test"]) },
    "map.penalty": { name: "penalty", read: flag, allowed: either(["true", "false"]) },
    "map.size": { name: "size", read: whole(SIZES.least, SIZES.most), allowed: wholeWords(SIZES.least, SIZES.most) },
    "map.shown": { name: "shown", read: oneOf(SHOWN), allowed: either(SHOWN) },
    "map.follow": { name: "follow", read: flag, allowed: either(["true", "false"]) },
  });

/** @param {number} least @param {number} most */
function wholeWords(least, most) {
  return t("a whole number from {least} to {most}", { least, most });
}

/** @param {string[]} values @returns {(text: string) => string | undefined} */
function oneOf(values) {
  return (text) => (values.includes(text) ? text : undefined);
}

/** @param {number} least @param {number} most @returns {(text: string) => number | undefined} */
function whole(least, most) {
  return (text) => (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined);
}

/** @param {string} text @returns {number[] | undefined} */
function numbers(text) {
  return /^\d(,\d)*$/.test(text) ? text.split(",").map(Number) : undefined;
}

/** @param {string} text @returns {boolean | undefined} */
function flag(text) {
  return text === "true" || text === "false" ? text === "true" : undefined;
}

/**
 * @param {Pick<State, "startSpec" | "edits" | "members" | "member" | "landscape">} state
 * @param {number} step  0 where it should not be said
 * @param {Catalog} catalog
 * @returns {string} without the leading #, and never empty: who comes without an address is shown a race
 */
export function formatLandscape({ startSpec, edits, members, member, landscape }, step, catalog) {
  const parts = [formatShort({ spec: startSpec, edits }, catalog)].filter(Boolean);
  if (members.length > 0) parts.push(`members=${formatMembers(members)}`);
  if (member > 0) parts.push(`member=${member}`);
  if (step > 0) parts.push(`step=${step}`);
  for (const [key, { name }] of Object.entries(CHOICES)) {
    const value = landscape[name];
    if (JSON.stringify(value) !== JSON.stringify(USUAL[name])) parts.push(`${key}=${value}`);
  }
  return parts.join("&") || "step=0";
}

/**
 * The address of the chosen network alone, in the playground.
 *
 * @param {Pick<State, "startSpecs" | "edits" | "member">} state
 * @param {Catalog} catalog
 * @returns {string} without the leading #
 */
export function formatChosen({ startSpecs, edits, member }, catalog) {
  return formatShort({ spec: startSpecs[member] ?? startSpecs[0] ?? {}, edits }, catalog);
}

/**
 * @param {string} hash  with or without the leading #
 * @param {Catalog} catalog
 * @returns {{wanted: Wanted & {members: NonNullable<Wanted["members"]>, step: number}, member: number,
 *   landscape: LandscapeChoices, problems: Problem[], notice: string | null}}
 */
export function parseLandscape(hash, catalog) {
  /** @type {{[choice: string]: unknown}} */
  const chosen = {};
  /** @type {Problem[]} */
  const found = [];
  /** @type {{[key: string]: string}} */
  const own = {};
  const rest = pairsIn(hash).filter(([key, text]) => {
    const isOwn = Object.hasOwn(CHOICES, key) || ["members", "member", "step"].includes(key);
    if (isOwn) own[key] = text;
    return !isOwn;
  });
  for (const [key, text] of Object.entries(own)) {
    const choice = CHOICES[key];
    if (!choice) continue;
    const value = choice.read(text);
    if (value === undefined) found.push({ path: key, value: text, allowed: choice.allowed });
    else chosen[choice.name] = value;
  }
  const { spec, edits, problems, notice } = parse(rest, catalog);
  const read = parseMembers(own.members ?? "", catalog);
  const count = (/** @type {string} */ key, /** @type {number} */ most) => {
    const value = own[key] === undefined ? 0 : whole(0, most)(own[key] ?? "");
    if (value === undefined) found.push({ path: key, value: own[key], allowed: wholeWords(0, most) });
    return value ?? 0;
  };
  return {
    wanted: { spec, edits, members: read.members, step: count("step", Number.MAX_SAFE_INTEGER) },
    member: count("member", Math.max(0, read.members.length - 1)),
    landscape: /** @type {LandscapeChoices} */ ({ ...USUAL, ...chosen }),
    problems: [...problems, ...read.problems, ...found],
    notice: notice ?? null,
  };
}
