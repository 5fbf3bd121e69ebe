/** The curves of one trial's starts, as a part of its card. */

import { h } from "../../base/dom.js";
import { whole } from "../../base/format.js";
import { t, tn } from "../../base/words.js";
import { watchPalette } from "../../draw/palette.js";
import { createLayers } from "../brush/layers.js";
import { readSearchLook } from "../map/look.js";
import { rangeOf, scoreText } from "../words.js";
import { drawStarts } from "./curves-picture.js";

/** @import {Found, Trial} from "../types.js" */

export function createStartsCurves() {
  const element = h("div", { class: "starts-curves", role: "img", "data-testid": "search-starts-curves" });
  let look = readSearchLook();
  /** @type {{found: Found, trial: Trial} | null} */
  let shown = null;
  const layers = createLayers(element, {
    curves(context, size) {
      if (shown) drawStarts(context, size, shown.found, shown.trial, look);
    },
  });
  watchPalette(() => {
    look = readSearchLook();
    layers.redraw();
  });
  return {
    element,
    /**
     * @param {Found} found
     * @param {Trial} trial
     */
    update(found, trial) {
      if (shown?.found === found && shown.trial === trial) return;
      shown = { found, trial };
      element.dataset.starts = String(trial.scores.length);
      element.dataset.looks = String(trial.curve.length);
      element.setAttribute("aria-label", curveWords(trial));
      layers.redraw();
    },
  };
}

/**
 * What the picture shows, in words.
 *
 * @param {Trial} trial
 */
export function curveWords(trial) {
  const { curve, scores, steps } = trial;
  const first = curve[0];
  if (!first) return t("No score yet.");
  const [low, high] = rangeOf(trial);
  const values = { first: scoreText(first[1]), steps: whole(steps), median: scoreText(trial.median), low, high };
  return scores.length === 1
    ? t("Score against updates, one start: {first} at first, {median} after {steps} updates.", values)
    : tn(
        "Score against updates, {count} start: median {first} at first, {median} ({low} to {high}) after {steps} updates.",
        "Score against updates, {count} starts: median {first} at first, {median} ({low} to {high}) after {steps} updates.",
        scores.length,
        values,
      );
}
