/** The sealed points: what they are, the one look at them, and what it says of the best trial. */

import { h, setText } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { bestOf } from "../found.js";
import { scoreText } from "../words.js";
import { sealWords } from "./words.js";

/** @import {SearchContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function sealView(root, { store, actions }) {
  const title = h("h2", { id: "seal-title" }, t("How good is it, really?"));
  const text = h("p", { class: "seal-text" });
  const rows = [t("Validation"), t("Test")].map((name) => {
    const bar = h("span", { class: "seal-bar", "aria-hidden": "true" }, h("span", {}));
    const value = h("dd", {});
    return { bar, value, element: h("div", {}, h("dt", {}, name), bar, value) };
  });
  const scores = h("dl", { class: "seal-scores", "data-testid": "seal-scores" }, ...rows.map(({ element }) => element));
  const button = h("button", {
    type: "button",
    class: "button",
    "data-testid": "seal-open",
    onclick: actions.openSeal,
  });
  root.append(title, text, scores, button);

  watch(store, ["mode", "found", "phase", "opened", "verdict"], (state) => {
    const { mode, found, phase, opened, verdict } = state;
    root.hidden = mode === "duel" || !found;
    if (!found) return;
    const words = sealWords(state);
    setText(text, words.text);
    setText(button, words.button);
    button.disabled = phase !== "done" || !bestOf(found) || verdict !== null;
    root.dataset.opened = String(opened);
    root.dataset.optimism = verdict ? String(verdict.optimism) : "";
    const told = verdict ? [verdict.validation, verdict.test].map(middle) : [];
    const most = Math.max(...told.filter(Number.isFinite), 0);
    rows.forEach(({ bar, value }, i) => {
      const score = told[i];
      setText(value, score === undefined ? "" : scoreText(score));
      bar.style.setProperty("--share", String(score === undefined || most === 0 ? 0 : Math.min(1, score / most)));
    });
  });
}

/** @param {number[]} scores */
function middle(scores) {
  const sorted = scores.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted[half] ?? NaN;
}
