/** The trial under the pointer, or the chosen one, or else the best: its settings, its scores, and the way to it. */

import { h } from "../base/dom.js";
import { whole } from "../base/format.js";
import { marked } from "../base/marked.js";
import { t, tn } from "../base/words.js";
import { formatShort } from "../address/run-link.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { around } from "./box/box.js";
import { inBand } from "./found.js";
import { shownTrial } from "./shown.js";
import { withChanges } from "./space.js";
import { differences, rangeOf, scoreText } from "./words.js";

/** @import {Found, SearchContext, Trial} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function trialView(root, { store, actions, catalog }) {
  const title = h("h2", { id: "trial-title" });
  const number = h("span", { class: "search-trial-number" });
  const body = h("div", { class: "search-trial-body", "data-testid": "search-trial" });
  const open = h("a", { class: "button is-main", "data-testid": "search-open" }, t("Open in the playground"));
  describe(open, {
    title: t("Open in the playground"),
    text: t("The same run: the base with the settings of this trial, from its first start."),
  });
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
  const ways = h("div", { class: "search-trial-ways" }, open, near);
  root.append(h("div", { class: "search-trial-head" }, title, number), body, ways);

  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode === "duel";
  });
  /** @type {unknown[]} */
  let before = [];
  watch(store, ["found", "pointed", "chosen", "brush", "band"], (state) => {
    const { found, band } = state;
    const trial = shownTrial(state);
    const now = [found, band, trial];
    if (now.every((each, i) => i in before && each === before[i])) return;
    before = now;
    open.hidden = near.hidden = !trial;
    if (!found || !trial) {
      title.textContent = t("A trial");
      number.textContent = "";
      body.replaceChildren(
        h("p", { class: "hint" }, t("Point at a dot to read its settings and its scores; a press keeps it.")),
      );
      return;
    }
    const rank = found.ranking.indexOf(trial);
    title.textContent = rankWords(rank, found);
    number.textContent = t("trial {number}", { number: trial.number });
    body.dataset.trial = String(trial.number);
    const same = band && rank > 0 && inBand(found, band).includes(trial.number);
    const words = t("As good as the best, as far as starts can tell.");
    body.replaceChildren(
      changesTable(found, trial),
      ...scoreLines(found, trial),
      ...(same ? [h("p", { class: "search-alike", "data-testid": "search-alike" }, words)] : []),
    );
    open.href = `./#${formatShort({ spec: withChanges(found.search.base, trial.changes, catalog) }, catalog)}`;
  });

  /**
   * @param {Found} found
   * @param {Trial} trial
   */
  function changesTable(found, trial) {
    const rows = differences(found, trial, catalog).map(({ path, name, before, after }) =>
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
    return h("dl", { class: "search-changes" }, ...rows);
  }
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
 * @param {Found} found
 * @param {Trial} trial
 */
function scoreLines({ search }, trial) {
  const { scores, median, diverged, cut, steps } = trial;
  const lines = [];
  if (scores.length > 0) {
    const words = scoreWords(search, trial);
    lines.push(
      h(
        "p",
        { "data-testid": "search-score", "data-value": String(median) },
        ...marked(words, (score) => h("strong", {}, score)),
      ),
    );
  }
  if (diverged !== null) {
    lines.push(h("p", { class: "search-diverged" }, t("Diverged at update {step}.", { step: whole(diverged) })));
  } else if (cut) {
    lines.push(h("p", { class: "hint" }, t("Cut after {steps} updates: others were ahead.", { steps: whole(steps) })));
  } else if (scores.length > 0 && steps < search.updates) {
    lines.push(
      h(
        "p",
        { class: "hint" },
        t("After {steps} of {updates} updates.", { steps: whole(steps), updates: whole(search.updates) }),
      ),
    );
  }
  return lines;
}
