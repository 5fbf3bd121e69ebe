/** Takes back changes of settings, and makes them again. */

import { h, icon, setAttribute } from "../lib/dom.js";
import { valueAt } from "../lib/knobs.js";
import { changeWords } from "../lib/setting-names.js";
import { describe } from "../lib/tooltip.js";
import { changesBetween, createUndo } from "../lib/undo.js";
import { watch } from "../store.js";

/** @import {Catalog, Context, Spec, View} from "../types.js" */

const BACK = "M9 6L4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3";
const FORTH = "M15 6l4.5 4.5L15 15M19 10.5h-9a5 5 0 0 0 0 10h3";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function undoView(root, { store, actions, catalog }) {
  const undo = createUndo();
  const go = (/** @type {Spec | null} */ target) => {
    const changes = target && undo.now && changesBetween(undo.now, target);
    if (changes && Object.keys(changes).length > 0) actions.set(changes);
  };
  const back = button("undo", "Undo", BACK, () => go(undo.before));
  const forth = button("redo", "Redo", FORTH, () => go(undo.after));
  root.append(back, forth);

  const show = () => {
    explain(back, "Undo", "Ctrl+Z", undo.now, undo.before, catalog);
    explain(forth, "Redo", "Ctrl+Shift+Z", undo.now, undo.after, catalog);
  };
  let planned = 0;
  let run = 0;
  watch(store, ["spec", "run", "planned"], (state) => {
    if (state.run === 0) return;
    const travelled = state.run === run && state.planned !== planned;
    ({ planned, run } = state);
    if (travelled) undo.replace(state.spec);
    else undo.see(state.spec);
    show();
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input:not([type=range], [type=checkbox], [type=radio]), textarea, dialog") || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const isBack = key === "z" && !event.shiftKey;
    const isForth = key === "y" || (key === "z" && event.shiftKey);
    if (!isBack && !isForth) return;
    event.preventDefault();
    go(isBack ? undo.before : undo.after);
  });
}

/**
 * @param {string} testid
 * @param {string} label
 * @param {string} path
 * @param {() => void} onclick
 */
function button(testid, label, path, onclick) {
  return h("button", { type: "button", class: "icon-button", "data-testid": testid, "aria-label": label, onclick }, icon(path));
}

/**
 * @param {HTMLElement} element
 * @param {string} title
 * @param {string} keys
 * @param {Spec | null} now
 * @param {Spec | null} then
 * @param {Catalog} catalog
 */
function explain(element, title, keys, now, then, catalog) {
  const paths = now && then ? Object.entries(changesBetween(now, then)) : [];
  const [first, ...others] = paths;
  setAttribute(element, "aria-disabled", first ? null : "true");
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  const what = first && now && `${title}: ${changeWords(first[0], valueAt(now, first[0]), first[1], catalog)}${more}.`;
  describe(element, { title: `${title} (${keys})`, text: what || `There is nothing to ${title.toLowerCase()}.` });
}
