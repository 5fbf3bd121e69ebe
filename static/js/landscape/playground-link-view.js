/** The way from a run to the landscape of its loss: the same network at the same step, on another page. */

import { formatLandscape } from "./link.js";
import { describe } from "../ui/tooltip.js";
import { INITIAL, watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root  a link
 * @param {Context} context
 * @returns {View}
 */
export function toLandscapeView(root, { store, frames, catalog }) {
  describe(root, {
    title: t("Show its landscape"),
    text: t(
      "The loss around this network as a map, with the network's path on it and other optimizers that start from the same weights.",
    ),
  });
  const write = () => {
    const { run, startSpec, edits } = store.get();
    const step = frames.latest?.run === run ? frames.latest.step : 0;
    const { landscape } = INITIAL;
    const there = formatLandscape({ startSpec, edits, members: [], member: 0, landscape }, step, catalog);
    root.setAttribute("href", `landscape#${there}`);
  };
  watch(store, ["startSpec", "edits", "phase"], write);
  // The step goes on without a word to the store: what counts is when it is pressed.
  for (const type of ["pointerdown", "focus", "click"]) root.addEventListener(type, write);
}
