/** What a search says in words: its base run, its best trial, and how far that is to be trusted. */

import { significant, whole } from "../base/format.js";
import { all, listed, sentences, t, tn, within } from "../base/words.js";
import { valueAt } from "../settings/paths.js";
import { kindName, settingName, settingValue } from "../settings/names.js";
import { guessWords } from "./guess/guess.js";
import { alike, bestOf, inBand } from "./found.js";
import { isList } from "./space.js";

/** @import {Values} from "../base/words.js" */
/** @import {Catalog, Spec} from "../base/types.js" */
/** @import {Band, Found, SearchKnob, SearchState, Trial} from "./types.js" */

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
  const units = layers.map((/** @type {Spec} */ layer) => layer.units);
  const kinds = new Set(layers.map((/** @type {Spec} */ { activation }) => activation.kind));
  const dataset = kindName(catalog.families, "datasets", data.kind);
  const rule = kindName(catalog.families, "optimizers", optimizer.kind);
  if (units.length === 0) {
    return t("{data}, no hidden layer, {optimizer}", { data: dataset, optimizer: rule });
  }
  return tn(
    "{data}, a layer of {units}, {activations}, {optimizer}",
    "{data}, layers of {units}, {activations}, {optimizer}",
    units.length,
    {
      data: dataset,
      units: listed(units.map(String)),
      activations: all([...kinds].map((kind) => kindName(catalog.families, "activations", kind))),
      optimizer: rule,
    },
  );
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

/**
 * The headline and the sentence below it, wherever a search stands.
 *
 * @param {Pick<SearchState, "found" | "phase" | "connection" | "band"> & {guess?: number | null}} state
 * @param {Catalog} catalog
 * @returns {{title: string, text: string}}
 */
export function answerWords({ found, phase, connection, band, guess = null }, catalog) {
  if (!found) {
    const text = t(
      "Nothing has been searched yet. Choose what to vary, then press Search: each trial is a network of its own.",
    );
    return {
      title: t("Which settings learn best?"),
      text: phase === "running" ? t("The first trials are on their way.") : text,
    };
  }
  if (phase === "running") return runningWords(found, connection === "open");
  const best = bestOf(found);
  if (best) {
    const { title, text } = bestWords(found, best, phase === "stopped", band, catalog);
    return { title, text: sentences(text, guessWords(found, guess, band, catalog)) };
  }
  return found.ranking.length > 0
    ? { title: t("Every network diverged."), text: t("Lower the range of the learning rate, and search again.") }
    : { title: t("No trial has been judged yet."), text: t("Press Search to begin again.") };
}

/**
 * @param {Found} found
 * @param {boolean} isOpen  whether there is a line to the server
 */
function runningWords({ trials, ranking }, isOpen) {
  const learning = tn("{count} network is learning.", "{count} networks are learning.", trials.length, {
    count: whole(trials.length),
  });
  const title = sentences(learning, trials.length > 1 && t("Who pulls ahead?"));
  const lost = tn(
    "The line was lost after {count} trial. The search begins again by itself when the line is back.",
    "The line was lost after {count} trials. The search begins again by itself when the line is back.",
    ranking.length,
    { count: whole(ranking.length) },
  );
  return {
    title,
    text: isOpen ? t("Large and strong dots are the best so far; ranks change as the networks learn.") : lost,
  };
}

/**
 * @param {Found} found
 * @param {Trial} best
 * @param {boolean} isStopped
 * @param {Band | null} band
 * @param {Catalog} catalog
 */
function bestWords(found, best, isStopped, band, catalog) {
  const isError = found.search.score === "error";
  const settings = listed(
    Object.entries(best.changes).map(([path, value]) =>
      t("{name} {value}", { name: within(settingName(path, catalog)), value: valueText(path, value, catalog) }),
    ),
  );
  const isLong = Object.keys(best.changes).length > MOST_NAMED;
  const score = scoreText(best.median);
  const title = isLong
    ? isError
      ? t("The smallest share misclassified is {score}.", { score })
      : t("The lowest loss is {score}.", { score })
    : isError
      ? t("The fewest points are misclassified at {settings}.", { settings })
      : t("The lowest loss lies at {settings}.", { settings });
  const text = sentences(
    isLong && t("At {settings}.", { settings }),
    isStopped && t("Stopped before its end."),
    trustWords(found, best, band),
    edgeWords(found, best, catalog),
  );
  return { title, text };
}

/**
 * How good the best is, and how far that is to be trusted.
 *
 * @param {Found} found
 * @param {Trial} best
 * @param {Band | null} band
 */
function trustWords(found, best, band) {
  const isError = found.search.score === "error";
  const { length } = best.scores;
  const [low, high] = rangeOf(best);
  const values = { score: scoreText(best.median), low, high };
  const said = length === 1 ? fromOneStart(isError, values) : fromStarts(isError, length, values);
  return sentences(
    said,
    band
      ? bandWords(found, best, band)
      : length === 1
        ? t("Another start may turn the order round.")
        : aloneWords(found, best),
  );
}

/**
 * @param {Found} found
 * @param {Trial} best
 * @param {Band} band
 */
function bandWords(found, best, { starts, low, high }) {
  const others = inBand(found, { high }).filter((number) => number !== best.number).length;
  const values = { starts, low: scoreText(low), high: scoreText(high), others: whole(others) };
  if (others === 0) {
    return t("From {starts} other starts it scores {low} to {high}. No other trial does as well.", values);
  }
  return tn(
    "From {starts} other starts it scores {low} to {high}, and {others} other trial is no worse: they cannot be told apart.",
    "From {starts} other starts it scores {low} to {high}, and {others} other trials are no worse: they cannot be told apart.",
    others,
    values,
  );
}

/**
 * @param {Found} found
 * @param {Trial} best
 */
function aloneWords(found, best) {
  const others = alike(found, best);
  if (others === 0) return t("No other setting has its median in that range.");
  return tn(
    "One other setting has its median in that range: starts alone cannot tell them apart.",
    "{count} other settings have their medians in that range: starts alone cannot tell them apart.",
    others,
    { count: whole(others) },
  );
}

/** @param {boolean} isError @param {Values} values */
const fromOneStart = (isError, values) =>
  isError
    ? t("It misclassifies {score} of the validation points, from a single start.", values)
    : t("Its validation loss is {score}, from a single start.", values);

/** @param {boolean} isError @param {number} starts @param {Values} values */
const fromStarts = (isError, starts, values) =>
  isError
    ? tn(
        "It misclassifies {score} of the validation points, the median of {count} start from {low} to {high}.",
        "It misclassifies {score} of the validation points, the median of {count} starts from {low} to {high}.",
        starts,
        values,
      )
    : tn(
        "Its validation loss is {score}, the median of {count} start from {low} to {high}.",
        "Its validation loss is {score}, the median of {count} starts from {low} to {high}.",
        starts,
        values,
      );

/** The lowest and the highest score of the starts, as words. @param {Trial} trial @returns {[string, string]} */
export const rangeOf = ({ scores }) => [scoreText(Math.min(...scores)), scoreText(Math.max(...scores))];

/** @param {number} score */
export const scoreText = (score) => (Number.isFinite(score) ? significant(score, 3) : t("diverged"));

/**
 * @param {Found} found
 * @param {Trial} best
 * @param {Catalog} catalog
 */
function edgeWords({ search: { knobs } }, { place }, catalog) {
  const at = knobs
    .filter((knob, i) => isAtEdge(knob, place[i] ?? 0.5))
    .map(({ path }) => within(settingName(path, catalog)));
  return at.length > 0 && t("The best lies at the edge of {names}: move the range?", { names: all(at) });
}

/**
 * @param {SearchKnob} knob
 * @param {number} place
 */
const isAtEdge = (knob, place) => !isList(knob) && (place < EDGE || place > 1 - EDGE);
