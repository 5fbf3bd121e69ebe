/** Below the playground, one thing at a time to look at more closely: a list of tabs and their panels. */

import { query } from "../base/dom.js";
import { watch } from "../base/store.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function insightsView(root, { store }) {
  const tabs = [...root.querySelectorAll('[role="tab"]')].filter((tab) => tab instanceof HTMLElement);
  const panelOf = (/** @type {HTMLElement} */ tab) => query(root, `#${tab.getAttribute("aria-controls")}`);

  /** @param {HTMLElement} chosen */
  const choose = (chosen) => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      panelOf(tab).hidden = !isChosen;
    }
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      const next = step && tabs.filter(({ hidden }) => !hidden);
      const target = next && next.at((next.indexOf(tab) + step) % next.length);
      if (!target) return;
      choose(target);
      target.focus();
    });
  }
  const [first] = tabs;
  if (first) choose(first);

  // Whoever pins a run wants to see it beside the current one.
  const compare = tabs.find((tab) => tab.dataset.testid === "tab-compare");
  watch(store, ["pinned"], ({ pinned }) => {
    if (!compare) return;
    const wasHidden = compare.hidden;
    compare.hidden = !pinned;
    if (pinned && wasHidden) choose(compare);
    else if (!pinned && first && compare.ariaSelected === "true") choose(first);
  });
}
