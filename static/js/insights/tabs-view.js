/** Below the playground, one thing at a time to look at more closely: a list of tabs and their panels. */

import { watch } from "../base/store.js";
import { createTabs } from "../ui/tabs.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function insightsView(root, { store }) {
  const { tabs, show } = createTabs(root, (tab) => show(tab));
  const [first] = tabs;
  if (first) show(first);

  // Whoever pins a run wants to see it beside the current one.
  const compare = tabs.find((tab) => tab.dataset.testid === "tab-compare");
  watch(store, ["pinned"], ({ pinned }) => {
    if (!compare) return;
    const wasHidden = compare.hidden;
    compare.hidden = pinned.length === 0;
    if (pinned.length > 0 && wasHidden) show(compare);
    else if (pinned.length === 0 && first && compare.ariaSelected === "true") show(first);
  });
}
