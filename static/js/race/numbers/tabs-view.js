/** Beside the map, one thing at a time to look at more closely. */

import { query } from "../../base/dom.js";
import { watch } from "../../base/store.js";

/** @import {RaceContext, RaceState, RaceView} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function tabsView(root, { store, actions }) {
  const tabs = [...root.querySelectorAll('[role="tab"]')].filter((tab) => tab instanceof HTMLElement);
  const nameOf = (/** @type {HTMLElement} */ tab) => /** @type {RaceState["tab"]} */ (tab.id.replace("tab-", ""));
  for (const tab of tabs) {
    tab.addEventListener("click", () => actions.setTab(nameOf(tab)));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      const target = step && tabs.at((tabs.indexOf(tab) + step) % tabs.length);
      if (!target) return;
      actions.setTab(nameOf(target));
      target.focus();
    });
  }
  watch(store, ["tab"], ({ tab: chosen }) => {
    for (const tab of tabs) {
      const isChosen = nameOf(tab) === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      query(root, `#${tab.getAttribute("aria-controls")}`).hidden = !isChosen;
    }
  });
}
