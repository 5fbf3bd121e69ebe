/** The way from a run to a search around it: the same settings from the start, of which some are varied. */

import { t } from "../base/words.js";
import { shortSpec } from "../settings/minimal-spec.js";
import { format } from "../address/run-link.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root  a link
 * @param {Context} context
 * @returns {View}
 */
export function toSearchView(root, { store, catalog }) {
  describe(root, {
    title: t("Search around this"),
    text: t("Trains many networks like this one at once, each with other settings, and shows which are good."),
  });
  watch(store, ["spec"], ({ spec }) => {
    // All trials are trained for the same number of updates.
    const { stop: _stop, ...rest } = spec;
    root.setAttribute("href", `search#${format({ spec: shortSpec(rest, catalog) })}`);
  });
}
