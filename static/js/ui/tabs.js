/** A list of tabs and their panels, as they stand in the document. */

import { query } from "../base/dom.js";

/**
 * @param {HTMLElement} root
 * @param {(tab: HTMLElement) => void} choose  called when a tab is pressed, or an arrow key leads to it
 */
export function createTabs(root, choose) {
  const tabs = [...root.querySelectorAll('[role="tab"]')].filter((tab) => tab instanceof HTMLElement);
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      const next = step && tabs.filter((each) => each.checkVisibility());
      const target = next && next.at((next.indexOf(tab) + step) % next.length);
      if (!target) return;
      choose(target);
      target.focus();
    });
  }
  return {
    tabs,
    /** @param {HTMLElement | undefined} chosen  the only one whose panel is seen; it is a stop of the Tab key, or else the first */
    show(chosen) {
      for (const tab of tabs) {
        const isChosen = tab === chosen;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = tab === (chosen ?? tabs[0]) ? 0 : -1;
        query(root, `#${tab.getAttribute("aria-controls")}`).hidden = !isChosen;
      }
    },
  };
}
