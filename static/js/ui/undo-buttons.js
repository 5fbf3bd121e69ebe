/** Two buttons and two keys: back to what was, and forth again. */

import { h, icon, setAttribute } from "../base/dom.js";
import { describe } from "./tooltip.js";
import { t } from "../base/words.js";

const BACK = "M9 6L4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3";
const FORTH = "M15 6l4.5 4.5L15 15M19 10.5h-9a5 5 0 0 0 0 10h3";

/** What is said of each. @typedef {{title: string, none: string, some: (change: string) => string}} Words */

/** @type {Words} */
const UNDO = {
  title: t("Undo (Ctrl+Z)"),
  none: t("There is nothing to undo."),
  some: (change) => t("Undo: {change}.", { change }),
};

/** @type {Words} */
const REDO = {
  title: t("Redo (Ctrl+Shift+Z)"),
  none: t("There is nothing to redo."),
  some: (change) => t("Redo: {change}.", { change }),
};

/**
 * @param {HTMLElement} root
 * @param {{back: () => void, forth: () => void}} go
 */
export function createUndoButtons(root, go) {
  const back = button("undo", t("Undo"), BACK, go.back);
  const forth = button("redo", t("Redo"), FORTH, go.forth);
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
     * @param {string | null} backwards  what Undo takes back, null where there is nothing
     * @param {string | null} forwards   what Redo makes again
     */
    explain(backwards, forwards) {
      explain(back, UNDO, backwards);
      explain(forth, REDO, forwards);
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
 * @param {Words} words
 * @param {string | null} change
 */
function explain(element, { title, none, some }, change) {
  setAttribute(element, "aria-disabled", change ? null : "true");
  describe(element, { title, text: change ? some(change) : none });
}
