/** Beside the map, one thing at a time to look at more closely. */

import { watch } from "../../base/store.js";
import { createTabs } from "../../ui/tabs.js";

/** @import {RaceContext, RaceState, RaceView} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function tabsView(root, { store, actions }) {
  const nameOf = (/** @type {HTMLElement} */ tab) => /** @type {RaceState["tab"]} */ (tab.id.replace("tab-", ""));
  const { tabs, show } = createTabs(root, (tab) => actions.setTab(nameOf(tab)));
  watch(store, ["tab"], ({ tab: chosen }) => show(tabs.find((tab) => nameOf(tab) === chosen)));
}
