/** Takes back changes of settings, and makes them again. */

import { valueAt } from "../lib/knobs.js";
import { changeWords } from "../lib/setting-names.js";
import { changesBetween, createUndo } from "../lib/undo.js";
import { createUndoButtons } from "../lib/undo-buttons.js";
import { watch } from "../store.js";

/** @import {Catalog, Context, Spec, View} from "../types.js" */

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
  const buttons = createUndoButtons(root, { back: () => go(undo.before), forth: () => go(undo.after) });

  let planned = 0;
  let run = 0;
  watch(store, ["spec", "run", "planned"], (state) => {
    if (state.run === 0) return;
    const travelled = state.run === run && state.planned !== planned;
    ({ planned, run } = state);
    if (travelled) undo.replace(state.spec);
    else undo.see(state.spec);
    buttons.explain(wordsFor(undo.now, undo.before, catalog), wordsFor(undo.now, undo.after, catalog));
  });
}

/**
 * @param {Spec | null} now
 * @param {Spec | null} then
 * @param {Catalog} catalog
 */
function wordsFor(now, then, catalog) {
  const [first, ...others] = now && then ? Object.entries(changesBetween(now, then)) : [];
  if (!first || !now) return null;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `${changeWords(first[0], valueAt(now, first[0]), first[1], catalog)}${more}`;
}
