/** Two buttons and two keys: back to what was, and forth again. */

import { h, icon, setAttribute } from "../base/dom.js";
import { describe } from "./tooltip.js";

const BACK = "M9 6L4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3";
const FORTH = "M15 6l4.5 4.5L15 15M19 10.5h-9a5 5 0 0 0 0 10h3";

/**
 * @param {HTMLElement} root
 * @param {{back: () => void, forth: () => void}} go
 */
export function createUndoButtons(root, go) {
  const back = button("undo", "Undo", BACK, go.back);
  const forth = button("redo", "Redo", FORTH, go.forth);
  root.append(back, forth);

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (
      target?.closest("input:not([type=range], [type=checkbox], [type=radio]), textarea, dialog")
      || document.querySelector("dialog[open]")
    ) {
      return;
    }
    const key = event.key.toLowerCase();
    const isBack = key === "z" && !event.shiftKey;
    const isForth = key === "y" || (key === "z" && event.shiftKey);
    if (!isBack && !isForth) return;
    event.preventDefault();
    (isBack ? go.back : go.forth)();
  });

  return {
    /**
     * @param {string | null} backwards  what Undo does, null where there is nothing
     * @param {string | null} forwards   what Redo does
     */
    explain(backwards, forwards) {
      explain(back, "Undo", "Ctrl+Z", backwards);
      explain(forth, "Redo", "Ctrl+Shift+Z", forwards);
    },
  };
}

/**
 * @param {string} testid
 * @param {string} label
 * @param {string} path
 * @param {() => void} onclick
 */
function button(testid, label, path, onclick) {
  return h(
    "button",
    { type: "button", class: "icon-button", "data-testid": testid, "aria-label": label, onclick },
    icon(path),
  );
}

/**
 * @param {HTMLElement} element
 * @param {string} title
 * @param {string} keys
 * @param {string | null} what
 */
function explain(element, title, keys, what) {
  setAttribute(element, "aria-disabled", what ? null : "true");
  describe(element, {
    title: `${title} (${keys})`,
    text: what ? `${title}: ${what}.` : `There is nothing to ${title.toLowerCase()}.`,
  });
}
