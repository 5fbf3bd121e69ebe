/** The trial under the pointer, or the chosen one, or else the best: its settings, its scores, and the way to it. */

import { h } from "../base/dom.js";
import { whole } from "../base/format.js";
import { shortSpec } from "../settings/minimal-spec.js";
import { format } from "../address/run-link.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { shownTrial } from "./shown.js";
import { withChanges } from "./space.js";
import { differences, rangeOf, scoreText } from "./words.js";

/** @import {Found, SearchContext, Trial} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function trialView(root, { store, catalog }) {
  const title = h("h2", { id: "trial-title" });
  const number = h("span", { class: "search-trial-number" });
  const body = h("div", { class: "search-trial-body", "data-testid": "search-trial" });
  const open = h("a", { class: "button is-main", "data-testid": "search-open" }, "Open in the playground");
  describe(open, {
    title: "Open in the playground",
    text: "The same run: the base with the settings of this trial, from its first start.",
  });
  root.append(h("div", { class: "search-trial-head" }, title, number), body, open);

  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode === "duel";
  });
  watch(store, ["found", "pointed", "chosen"], (state) => {
    const { found } = state;
    const trial = shownTrial(state);
    open.hidden = !trial;
    if (!found || !trial) {
      title.textContent = "A trial";
      number.textContent = "";
      body.replaceChildren(
        h("p", { class: "hint" }, "Point at a dot to read its settings and its scores; a press keeps it."),
      );
      return;
    }
    const rank = found.ranking.indexOf(trial);
    title.textContent = rankWords(rank, found);
    number.textContent = `trial ${trial.number}`;
    body.dataset.trial = String(trial.number);
    body.replaceChildren(changesTable(found, trial), ...scoreLines(found, trial));
    open.href = `./#${format(shortSpec(withChanges(found.search.base, trial.changes, catalog), catalog), [])}`;
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
          before === after ? null : h("s", { "aria-label": `instead of ${before}` }, before),
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
    ? "Waiting to be judged"
    : rank === 0
      ? `The best of ${whole(ranking.length)}`
      : `Rank ${whole(rank + 1)} of ${whole(ranking.length)}`;

/**
 * @param {Found} found
 * @param {Trial} trial
 */
function scoreLines({ search }, trial) {
  const { scores, median, diverged, cut, steps } = trial;
  const name = search.score === "error" ? "Told wrong" : "Validation loss";
  const lines = [];
  if (scores.length > 0) {
    const [low, high] = rangeOf(trial);
    const range = scores.length > 1 ? ` (${low} to ${high}, ${scores.length} starts)` : " (one start)";
    lines.push(
      h(
        "p",
        { "data-testid": "search-score", "data-value": String(median) },
        `${name} `,
        h("strong", {}, scoreText(median)),
        range,
      ),
    );
  }
  if (diverged !== null) lines.push(h("p", { class: "search-diverged" }, `Diverged at update ${whole(diverged)}.`));
  else if (cut) lines.push(h("p", { class: "hint" }, `Cut after ${whole(steps)} updates: others were ahead.`));
  else if (scores.length > 0 && steps < search.updates) {
    lines.push(h("p", { class: "hint" }, `After ${whole(steps)} of ${whole(search.updates)} updates.`));
  }
  return lines;
}
