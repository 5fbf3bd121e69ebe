/** The way from a run to a search around it: the same settings from the start, of which some are varied. */

import { sentences, t } from "../base/words.js";
import { formatShort } from "../address/run-link.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";

/** @import {Context, Edit, Spec, View} from "../base/types.js" */

const PARAMETERS = /^theta(\.|$)/;

/**
 * @param {HTMLElement} root  a link
 * @param {Context} context
 * @returns {View}
 */
export function toSearchView(root, { store, catalog }) {
  watch(store, ["spec", "edits", "run"], ({ spec, edits, run }) => {
    if (run === 0) return;
    describe(root, { title: t("Search around this"), text: toSearchWords(spec, edits) });
    // All trials are trained for the same number of updates.
    const { stop: _stop, ...rest } = spec;
    root.setAttribute("href", `search#${formatShort({ spec: rest }, catalog)}`);
  });
}

/**
 * What the search does, and what of this run it does not take along.
 *
 * @param {Spec} spec
 * @param {readonly Edit[]} edits
 */
export function toSearchWords({ stop }, edits) {
  const paths = edits.flatMap(({ changes }) => Object.keys(changes));
  return sentences(
    t("Trains many networks like this one at once, each with other settings, and shows which are good."),
    paths.some((path) => !PARAMETERS.test(path))
      && t("All of them have the current settings from step 0 on: changes made while training are not replayed."),
    paths.some((path) => PARAMETERS.test(path)) && t("Weights set by hand are drawn anew."),
    stop.kind !== "none" && t("None of them stops early: all train for the same number of updates."),
  );
}
