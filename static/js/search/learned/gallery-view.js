/** What the best trials learned: the small map of each, the best first, lit together with its dot and its curve. */

import { h } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { keptBy } from "../brush/brush.js";
import { shownTrial } from "../shown.js";
import { scoreText } from "../words.js";
import { createSmallMaps } from "./small-maps.js";

/** @import {SearchContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function galleryView(root, { store, actions }) {
  const list = h("div", { class: "learned-maps", "data-testid": "search-gallery" });
  root.append(h("h2", { id: "learned-title" }, t("What did the best ones learn?")), list);
  /** @type {{number: number, button: HTMLElement, canvas: HTMLCanvasElement}[]} */
  let tiles = [];

  const drawSoon = createSmallMaps(() => ({
    together: store.get().gallery,
    canvases: tiles.map(({ canvas }) => canvas),
  }));
  const light = () => {
    const shown = shownTrial(store.get())?.number;
    const kept = keptBy(store.get().found, store.get().brush);
    for (const { number, button } of tiles) {
      button.setAttribute("aria-pressed", String(number === shown));
      button.classList.toggle("is-faded", kept !== null && !kept.has(number));
    }
  };

  watch(store, ["gallery", "mode"], ({ gallery, found, mode }) => {
    root.hidden = mode === "duel" || !gallery;
    if (!gallery) return;
    tiles = gallery.numbers.map((number) => createTile(number, found?.trials[number]?.median ?? NaN));
    list.replaceChildren(...tiles.map(({ button }) => button));
    light();
    drawSoon();
  });
  watch(store, ["pointed", "chosen", "brush", "found"], light);

  /**
   * @param {number} number
   * @param {number} score
   */
  function createTile(number, score) {
    const canvas = h("canvas", { class: "learned-map", "aria-hidden": "true" });
    const button = h(
      "button",
      {
        type: "button",
        class: "learned-tile",
        "data-trial": String(number),
        "aria-label": t("Trial {number}, score {score}", { number, score: scoreText(score) }),
        onclick: () => actions.choose(number),
        onpointerenter: () => actions.point(number),
        onpointerleave: () => actions.point(null),
      },
      canvas,
    );
    return { number, button, canvas };
  }
}
