/** The headline: which settings were the best, and how far that is to be trusted. */

import { h, setText } from "../base/dom.js";
import { watch } from "../base/store.js";
import { bestOf } from "./found.js";
import { answerWords } from "./words.js";

/** @import {SearchContext} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function answerView(root, { store, catalog }) {
  const title = h("h2", { id: "answer-title", class: "search-headline" });
  const text = h("p", { class: "search-answer" });
  const best = h("div", { class: "search-best", "data-testid": "search-best" }, title, text);
  root.append(best);
  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode === "duel";
  });
  watch(store, ["found", "phase", "connection", "band", "guess"], (state) => {
    const words = answerWords(state, catalog);
    setText(title, words.title);
    setText(text, words.text);
    const trial = bestOf(state.found);
    best.dataset.phase = state.phase;
    best.dataset.trial = trial ? String(trial.number) : "";
    best.dataset.score = trial ? String(trial.median) : "";
  });
}
