/** What each start of a trial learned: a small map for each, with its score. There is a place for them before they come. */

import { h, setText } from "../../base/dom.js";
import { ABSENT, whole } from "../../base/format.js";
import { t } from "../../base/words.js";
import { createSmallMaps } from "../learned/small-maps.js";
import { scoreText } from "../words.js";

/** @import {Starts, Trial} from "../types.js" */

/** @typedef {{place: HTMLElement, canvas: HTMLCanvasElement, lost: HTMLElement, score: HTMLElement}} Tile */

export function createStartsMaps() {
  const element = h("ol", { class: "starts-maps", "data-testid": "search-starts" });
  /** @type {Tile[]} */
  let tiles = [];
  /** @type {{trial: Trial, starts: Starts | null} | null} */
  let shown = null;

  const drawSoon = createSmallMaps(() => ({
    together: shown?.starts ?? null,
    canvases: tiles.map(({ canvas }) => canvas),
  }));

  /** @param {number} count */
  const withTiles = (count) => {
    if (tiles.length === count) return;
    tiles = Array.from({ length: count }, (_, i) => createTile(i + 1));
    element.dataset.count = String(count);
    element.replaceChildren(...tiles.map(({ place, score }) => h("li", { class: "starts-tile" }, place, score)));
  };

  return {
    element,
    /**
     * @param {Trial} trial
     * @param {number} count  of its starts
     * @param {Starts | null} starts  what came of them
     */
    update(trial, count, starts) {
      if (shown?.trial === trial && shown.starts === starts) return;
      shown = { trial, starts };
      withTiles(count);
      element.dataset.trial = starts ? String(trial.number) : "";
      tiles.forEach((tile, i) => fill(tile, trial.scores[i], starts, starts?.diverged[i] ?? null));
      drawSoon();
    },
  };
}

/** @param {number} start @returns {Tile} */
function createTile(start) {
  const canvas = h("canvas", {
    class: "starts-map",
    role: "img",
    "aria-label": t("Decision boundary of start {start}", { start }),
  });
  const lost = h("p", { class: "starts-lost" });
  return {
    canvas,
    lost,
    place: h("div", { class: "starts-place" }, canvas, lost),
    score: h("p", { class: "starts-score" }),
  };
}

/**
 * @param {Tile} tile
 * @param {number | undefined} score
 * @param {Starts | null} starts
 * @param {number | null} diverged
 */
function fill({ canvas, lost, score: label }, score, starts, diverged) {
  const isLost = score === Infinity;
  canvas.hidden = !starts || isLost;
  lost.hidden = !isLost;
  if (isLost) {
    setText(lost, diverged === null ? t("diverged") : t("diverged at update {step}", { step: whole(diverged) }));
  }
  setText(label, score === undefined || isLost ? ABSENT : scoreText(score));
  label.dataset.value = score === undefined ? "" : String(score);
}
