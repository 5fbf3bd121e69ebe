/** What a search says in words: its base run, its best trial, and how far that is to be trusted. */

import { significant, whole } from "../base/format.js";
import { valueAt } from "../settings/paths.js";
import { settingName, settingValue } from "../settings/names.js";
import { alike, bestOf } from "./found.js";
import { isList } from "./space.js";

/** @import {Catalog, Spec} from "../base/types.js" */
/** @import {Found, Search, SearchKnob, Trial} from "./types.js" */

/** The settings of the best are the headline where they are no more than these. */
const MOST_NAMED = 2;

/** A best this near to an end of a range may lie beyond it. */
const EDGE = 0.04;

/**
 * A run in a line: "Moons, one layer of 8, Tanh, SGD".
 *
 * @param {Spec} spec  whole
 * @param {Catalog} catalog
 */
export function runWords({ data, layers, optimizer }, catalog) {
  const label = (/** @type {string} */ family, /** @type {string} */ kind) =>
    catalog.families[family]?.find((record) => record.kind === kind)?.label ?? kind;
  const units = layers.map((/** @type {Spec} */ layer) => layer.units);
  const kinds = new Set(layers.map((/** @type {Spec} */ { activation }) => activation.kind));
  const activations = [...kinds].map((kind) => label("activations", kind)).join(" and ");
  const network =
    units.length === 0
      ? "no hidden layer"
      : `${units.length === 1 ? "a layer" : "layers"} of ${units.join(", ")}, ${activations}`;
  return `${label("datasets", data.kind)}, ${network}, ${label("optimizers", optimizer.kind)}`;
}

/**
 * A setting of a trial in as many digits as tell one from another.
 *
 * @param {string} path
 * @param {unknown} value
 * @param {Catalog} catalog
 */
export const valueText = (path, value, catalog) =>
  typeof value === "number" ? significant(value, 3) : settingValue(path, value, catalog);

/**
 * @param {Found} found
 * @param {Trial} trial
 * @param {Catalog} catalog
 * @returns {{path: string, name: string, before: string, after: string}[]}
 */
export const differences = ({ search: { base } }, { changes }, catalog) =>
  Object.entries(changes).map(([path, value]) => ({
    path,
    name: settingName(path, catalog),
    before: valueText(path, valueAt(base, path), catalog),
    after: valueText(path, value, catalog),
  }));

/** @param {Pick<Search, "score">} search */
const scoreName = ({ score }) => (score === "error" ? "share of points told wrong" : "validation loss");

/**
 * The headline and the sentence below it, wherever a search stands.
 *
 * @param {{found: Found | null, phase: string, connection: string}} state
 * @param {Catalog} catalog
 * @returns {{title: string, text: string}}
 */
export function answerWords({ found, phase, connection }, catalog) {
  if (!found) {
    const text =
      "Nothing has been searched yet. Choose what to vary, then press Search: each trial is a network of its own.";
    return {
      title: "Which settings learn best?",
      text: phase === "running" ? "The first trials are on their way." : text,
    };
  }
  const count = `${whole(found.ranking.length)} ${found.ranking.length === 1 ? "trial" : "trials"}`;
  const best = bestOf(found);
  if (phase === "running") {
    const title = `${whole(found.trials.length)} networks are learning. Who pulls ahead?`;
    const text =
      connection === "open"
        ? "Large and strong dots are the best so far; ranks change as the networks learn."
        : `The line is lost at ${count}. The search begins again by itself when it is back.`;
    return { title, text };
  }
  if (!best) {
    return {
      title: found.ranking.length > 0 ? "Every network diverged." : "No trial has been judged yet.",
      text:
        found.ranking.length > 0
          ? "Lower the range of the learning rate, and search again."
          : "Press Search to begin again.",
    };
  }
  const where = Object.entries(best.changes)
    .map(([path, value]) => `${lower(settingName(path, catalog))} ${valueText(path, value, catalog)}`)
    .join(", ");
  const isError = found.search.score === "error";
  const said = `${phase === "stopped" ? "Stopped before its end. " : ""}${trustWords(found, best)}${edgeWords(found, best, catalog)}`;
  if (Object.keys(best.changes).length > MOST_NAMED) {
    const lowest = isError ? "The smallest share told wrong" : "The lowest loss";
    return { title: `${lowest} is ${scoreText(best.median)}.`, text: `At ${where}. ${said}` };
  }
  return { title: `${isError ? "The fewest are told wrong" : "The lowest loss lies"} at ${where}.`, text: said };
}

/**
 * @param {Found} found
 * @param {Trial} best
 */
export function trustWords(found, best) {
  const { search } = found;
  const name = scoreName(search);
  const score = significant(best.median, 3);
  if (best.scores.length === 1) {
    return `Its ${name} is ${score}, from a single start: another start may turn the order round, so take 3 or 5 to see how far they lie apart.`;
  }
  const [low, high] = rangeOf(best);
  const others = alike(found, best);
  const same =
    others === 0
      ? "No other setting has its median in that range."
      : `${others === 1 ? "One other setting has its" : `${whole(others)} other settings have their`} median in that range: starts alone cannot tell them apart.`;
  return `Its ${name} is ${score}, the median of ${best.scores.length} starts from ${low} to ${high}. ${same}`;
}

/** The lowest and the highest score of the starts, as words. @param {Trial} trial @returns {[string, string]} */
export const rangeOf = ({ scores }) => [scoreText(Math.min(...scores)), scoreText(Math.max(...scores))];

/** @param {number} score */
export const scoreText = (score) => (Number.isFinite(score) ? significant(score, 3) : "diverged");

/**
 * @param {Found} found
 * @param {Trial} best
 * @param {Catalog} catalog
 */
function edgeWords({ search: { knobs } }, { place }, catalog) {
  const at = knobs
    .filter((knob, i) => isAtEdge(knob, place[i] ?? 0.5))
    .map(({ path }) => lower(settingName(path, catalog)));
  return at.length === 0 ? "" : ` The best lies at the edge of ${at.join(" and ")}: move the range?`;
}

/**
 * @param {SearchKnob} knob
 * @param {number} place
 */
const isAtEdge = (knob, place) => !isList(knob) && (place < EDGE || place > 1 - EDGE);

/** The name of a setting within a sentence; "L2 penalty" keeps its letter. @param {string} name */
const lower = (name) => (/^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name);
