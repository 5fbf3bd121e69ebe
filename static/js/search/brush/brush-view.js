/** Over the pictures of all settings: which picture, what the brush keeps in sight, and the way out of it. */

import { h } from "../../base/dom.js";
import { marked } from "../../base/marked.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { createSegments } from "../../ui/segments.js";
import { LEAST_KNOBS } from "../parallel/picture.js";
import { keptBy } from "./brush.js";
import { FOLLOW, inTurn } from "./turns.js";
import { markedWords } from "./words.js";

/** @import {Together, SearchContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function brushView(root, { store, actions }) {
  /** @type {{value: Together, label: string, text: string}[]} */
  const pictures = [
    {
      value: "parallel",
      label: t("All at once"),
      text: t("Parallel coordinates: a line through the settings and the score of each trial."),
    },
    { value: "slices", label: t("One by one"), text: t("Slices: the score against each setting by itself.") },
  ];
  const segments = createSegments(t("Picture"), pictures, actions.showTogether, "search-together");
  const clear = h(
    "button",
    { type: "button", class: "text-button", "data-testid": "search-brush-clear", onclick: () => actions.setBrush({}) },
    t("Clear the brush"),
  );
  const words = h("p", { class: "common-words", role: "status", "data-testid": "search-brush" });
  const section = root.closest("section");
  root.append(h("div", { class: "common-head" }, segments.element, clear), words);

  watch(store, ["found", "mode"], ({ found, mode }) => {
    if (section) section.hidden = mode === "duel" || !found;
  });
  watch(store, ["together", "found"], ({ together, found }) => {
    // Lines through a single setting or two say less than the map.
    const isFew = found !== null && found.search.knobs.length < LEAST_KNOBS;
    const shown = isFew ? "slices" : together;
    segments.element.hidden = isFew;
    segments.update(shown);
    for (const { value } of pictures) {
      const picture = section?.querySelector(`[data-view="${value}"]`);
      if (picture instanceof HTMLElement) picture.hidden = value !== shown;
    }
  });
  const say = () => {
    const state = store.get();
    const kept = keptBy(state.found, state.brush);
    words.dataset.best = kept?.best ? String(kept.best.number) : "";
    const text = markedWords(state);
    if (text === words.dataset.text) return;
    words.dataset.text = text;
    words.replaceChildren(...marked(text, (part) => best(part, kept?.best?.number ?? null)));
  };
  watch(store, ["found", "brush"], ({ found, brush }) => {
    const kept = keptBy(found, brush);
    clear.style.visibility = kept ? "visible" : "hidden";
    words.dataset.kept = kept ? String(kept.count) : "";
  });
  watch(store, ["found"], say);
  watch(store, ["brush"], inTurn(FOLLOW, say));

  /**
   * @param {string} text
   * @param {number | null} number
   */
  function best(text, number) {
    return h(
      "button",
      {
        type: "button",
        class: "link-button",
        onclick: () => actions.choose(number),
        onpointerenter: () => actions.point(number),
        onpointerleave: () => actions.point(null),
      },
      text,
    );
  }
}
