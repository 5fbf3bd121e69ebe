/** Asks for the truth behind the map, says what it costs before that, and how to read it afterwards. */

import { h, setAttribute, setText } from "../../base/dom.js";
import { whole } from "../../base/format.js";
import { watch } from "../../base/store.js";
import { sentences, t } from "../../base/words.js";
import { describe } from "../../ui/tooltip.js";
import { wrongAt } from "../field.js";
import { truthCost } from "./truth.js";
import { besideWords, costWords, shadeWords } from "./words.js";

/** @import {SearchContext, SearchState} from "../types.js" */

/** @param {SearchContext} context */
export function createTruthControls({ store, actions, catalog }) {
  const button = h(
    "button",
    { type: "button", class: "button", "data-testid": "search-truth", onclick: actions.toggleTruth },
    t("Show the truth"),
  );
  describe(button, {
    title: t("The truth behind the dots"),
    text: t("Trains every setting of a grid of both knobs and shows what the search could have found, and where."),
  });
  const others = h(
    "select",
    {
      "aria-label": t("Other settings"),
      "data-testid": "search-others",
      onchange: () => actions.setOthers(/** @type {SearchState["others"]} */ (others.value)),
    },
    h("option", { value: "best" }, t("others as in the best")),
    h("option", { value: "base" }, t("others as in the base")),
  );
  const bar = h("progress", { class: "search-progress", max: "1", "aria-label": t("Updates spent"), hidden: true });
  const words = h("p", { class: "hint", "data-testid": "search-truth-words" });
  const low = h("span", {});
  const high = h("span", {});
  const shades = h("p", { class: "search-shades hint", hidden: true }, low, h("span", { "aria-hidden": "true" }), high);
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const row = h("div", { class: "search-truth-row" }, button, others, bar, shades);
  const element = h("div", { class: "search-truth" }, row, words, error);

  watch(
    store,
    ["found", "phase", "axes", "others", "ground", "truth", "truthPhase", "faults"],
    (/** @type {Readonly<SearchState>} */ state) => {
      const { found, phase, ground, truth, truthPhase, faults } = state;
      const isRunning = truthPhase === "running";
      const isShown = ground && truth !== null && truth.done;
      button.disabled = phase !== "done" || truthCost(found, state.axes) === null;
      setText(button, isRunning ? t("Stop") : isShown ? t("Hide the truth") : t("Show the truth"));
      setAttribute(button, "aria-pressed", String(isRunning || isShown));
      button.dataset.phase = truthPhase;
      button.dataset.cells = String(truth?.scores.filter((score) => !Number.isNaN(score)).length ?? 0);
      others.hidden = (found?.search.knobs.length ?? 0) < 3;
      others.value = state.others;
      bar.hidden = !isRunning;
      shades.hidden = !isShown;
      const ends = truth && shadeWords(truth);
      setText(low, ends?.low ?? "");
      setText(high, ends?.high ?? "");
      setAttribute(bar, "value", truth ? truth.spent / truth.updates : 0);
      const wrong = wrongAt(faults, (path) => path.startsWith("truth"));
      setText(words, wrong ? "" : said(state));
      setText(error, wrong);
      error.hidden = wrong === "";
    },
  );

  /** @param {Readonly<SearchState>} state */
  function said({ found, phase, axes, ground, truth, truthPhase }) {
    const cost = phase === "done" ? truthCost(found, axes) : null;
    if (!found || !cost) return t("After a search of two settings or more, every place of this map can be trained.");
    if (truthPhase === "running") {
      const values = { spent: whole(truth?.spent ?? 0), updates: whole(cost.updates) };
      return t("Training every place of this map: {spent} of {updates} updates.", values);
    }
    if (!ground || !truth) return costWords(cost, found.search.seeds);
    return sentences(shadeWords(truth)?.lines, besideWords(truth, found, catalog));
  }

  return element;
}
