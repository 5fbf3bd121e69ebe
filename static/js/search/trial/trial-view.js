/** The trial under the pointer, or the chosen one, or else the best: its settings, scores and starts, and the way to it. */

import { h, setText } from "../../base/dom.js";
import { whole } from "../../base/format.js";
import { marked } from "../../base/marked.js";
import { t, tn } from "../../base/words.js";
import { formatShort } from "../../address/run-link.js";
import { describe } from "../../ui/tooltip.js";
import { watch } from "../../base/store.js";
import { around } from "../box/box.js";
import { inBand } from "../found.js";
import { shownTrial } from "../shown.js";
import { withChanges } from "../space.js";
import { differences, rangeOf, scoreText } from "../words.js";
import { createStartsCurves } from "./curves.js";
import { createStartsMaps } from "./maps.js";
import { createPin } from "./pin.js";

/** @import {Band, Found, SearchCatalog, SearchContext, Starts, Trial} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function trialView(root, context) {
  const { store, catalog } = context;
  const parts = build(root, context);
  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode === "duel";
  });
  /** @type {unknown[]} */
  let before = [];
  watch(store, ["found", "pointed", "chosen", "brush", "band", "starts"], (state) => {
    const { found, band, chosen, starts } = state;
    const trial = shownTrial(state);
    parts.pin.update(trial?.number ?? null, chosen);
    const learned = starts.find(({ number }) => number === trial?.number) ?? null;
    const now = [found, band, trial, learned];
    if (now.every((each, i) => i in before && each === before[i])) return;
    before = now;
    if (found && trial) showTrial(parts, { found, trial, band, learned }, catalog);
    else showNone(parts);
  });
}

/** @typedef {ReturnType<typeof build>} Parts */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
function build(root, { store, actions, catalog }) {
  const title = h("h2", { id: "trial-title" });
  const number = h("span", { class: "search-trial-number" });
  const changes = h("dl", { class: "search-changes" });
  const said = h("div", { class: "search-trial-said" });
  const maps = createStartsMaps();
  const curves = createStartsCurves();
  const starts = h("div", { class: "search-trial-starts" }, maps.element, curves.element);
  const hint = h("p", { class: "hint" }, t("Point at a dot to read its settings and its scores; a press keeps it."));
  const body = h("div", { class: "search-trial-body", "data-testid": "search-trial" }, hint, changes, said, starts);
  const open = h("a", { class: "button is-main", "data-testid": "search-open" }, t("Open in the playground"));
  describe(open, {
    title: t("Open in the playground"),
    text: t("The same run: the base with the settings of this trial, from its first start."),
  });
  const pin = createPin(actions);
  const near = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "search-around-trial",
      onclick() {
        const { found } = store.get();
        const trial = shownTrial(store.get());
        if (found && trial) actions.set({ knobs: around(found, trial, catalog) });
      },
    },
    t("Search around here"),
  );
  describe(near, {
    title: t("Search around here"),
    text: t("Makes every range half as wide, with this trial in its middle. The box on the map shows where that is."),
  });
  const ways = h("div", { class: "search-trial-ways" }, open, pin.element, near);
  root.append(h("div", { class: "search-trial-head" }, title, number), body, ways);
  return { title, number, hint, changes, said, starts, maps, curves, body, ways, open, pin };
}

/** @param {Parts} parts */
function showNone({ title, number, hint, changes, said, starts, body, ways }) {
  setText(title, t("A trial"));
  setText(number, "");
  delete body.dataset.trial;
  hint.hidden = false;
  ways.hidden = changes.hidden = said.hidden = starts.hidden = true;
}

/**
 * @param {Parts} parts
 * @param {{found: Found, trial: Trial, band: Band | null, learned: Starts | null}} shown
 * @param {SearchCatalog} catalog
 */
function showTrial(parts, { found, trial, band, learned }, catalog) {
  const { title, number, hint, changes, said, starts, maps, curves, body, ways, open } = parts;
  const rank = found.ranking.indexOf(trial);
  setText(title, rankWords(rank, found));
  setText(number, t("trial {number}", { number: trial.number }));
  body.dataset.trial = String(trial.number);
  hint.hidden = true;
  ways.hidden = changes.hidden = said.hidden = starts.hidden = false;
  changes.replaceChildren(...changeRows(found, trial, catalog));
  said.replaceChildren(...scoreLines(found, trial, alikeLine(found, trial, rank, band)));
  starts.dataset.count = String(found.search.seeds);
  maps.update(trial, found.search.seeds, learned);
  curves.update(found, trial);
  open.href = `./#${formatShort({ spec: withChanges(found.search.base, trial.changes, catalog) }, catalog)}`;
}

/**
 * @param {Found} found
 * @param {Trial} trial
 * @param {SearchCatalog} catalog
 */
const changeRows = (found, trial, catalog) =>
  differences(found, trial, catalog).map(({ path, name, before, after }) =>
    h(
      "div",
      { "data-path": path, "data-value": String(trial.changes[path]) },
      h("dt", {}, name),
      h(
        "dd",
        {},
        before === after ? null : h("s", { "aria-label": t("instead of {before}", { before }) }, before),
        " ",
        h("strong", {}, after),
      ),
    ),
  );

/**
 * @param {Found} found
 * @param {Trial} trial
 * @param {number} rank
 * @param {Band | null} band
 */
function alikeLine(found, trial, rank, band) {
  if (!band || rank <= 0 || !inBand(found, band).includes(trial.number)) return null;
  const words = t("As good as the best, as far as starts can tell.");
  return h("p", { class: "search-alike", "data-testid": "search-alike" }, words);
}

/**
 * @param {number} rank
 * @param {Found} found
 */
const rankWords = (rank, { ranking }) =>
  rank < 0
    ? t("Waiting to be judged")
    : rank === 0
      ? t("The best of {count}", { count: whole(ranking.length) })
      : t("Rank {rank} of {count}", { rank: whole(rank + 1), count: whole(ranking.length) });

/**
 * The score of a trial, between marks, and how far its starts lie apart.
 *
 * @param {Found["search"]} search
 * @param {Trial} trial
 */
function scoreWords({ score }, trial) {
  const [low, high] = rangeOf(trial);
  const { length } = trial.scores;
  const values = { score: scoreText(trial.median), low, high };
  if (length === 1) {
    return score === "error"
      ? t("Misclassified *{score}* (one start)", values)
      : t("Validation loss *{score}* (one start)", values);
  }
  return score === "error"
    ? tn(
        "Misclassified *{score}* ({low} to {high}, {count} start)",
        "Misclassified *{score}* ({low} to {high}, {count} starts)",
        length,
        values,
      )
    : tn(
        "Validation loss *{score}* ({low} to {high}, {count} start)",
        "Validation loss *{score}* ({low} to {high}, {count} starts)",
        length,
        values,
      );
}

/**
 * The same where a line follows, so that both have room: the scores of the starts stand below.
 *
 * @param {Found["search"]} search
 * @param {Trial} trial
 */
const shortWords = ({ score }, { median }) =>
  score === "error"
    ? t("Misclassified *{score}*", { score: scoreText(median) })
    : t("Validation loss *{score}*", { score: scoreText(median) });

/**
 * How good a trial is, and what else is to be said of it.
 *
 * @param {Found} found
 * @param {Trial} trial
 * @param {HTMLElement | null} alike
 */
function scoreLines({ search }, trial, alike) {
  if (trial.scores.length === 0) return [];
  if (trial.diverged !== null) return [divergedLine(trial.diverged)];
  const end = endLine(search, trial) ?? alike;
  const words = end ? shortWords(search, trial) : scoreWords(search, trial);
  const score = h(
    "p",
    { "data-testid": "search-score", "data-value": String(trial.median) },
    ...marked(words, (part) => h("strong", {}, part)),
  );
  return end ? [score, end] : [score];
}

/** @param {number} step */
const divergedLine = (step) =>
  h("p", { class: "search-diverged" }, t("Diverged at update {step}.", { step: whole(step) }));

/**
 * How a trial ended before the others; null where it did not.
 *
 * @param {Found["search"]} search
 * @param {Trial} trial
 */
function endLine({ updates }, { cut, steps }) {
  if (cut) {
    return h("p", { class: "hint" }, t("Cut after {steps} updates: others were ahead.", { steps: whole(steps) }));
  }
  if (steps >= updates) return null;
  return h(
    "p",
    { class: "hint" },
    t("After {steps} of {updates} updates.", { steps: whole(steps), updates: whole(updates) }),
  );
}
