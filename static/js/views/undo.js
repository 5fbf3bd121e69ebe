/** Takes back changes of settings, and makes them again. */

import { valueAt } from "../lib/knobs.js";
import { changeWords } from "../lib/setting-names.js";
import { changesBetween, createUndo } from "../lib/undo.js";
import { createUndoButtons } from "../lib/undo-buttons.js";
import { watch } from "../store.js";

/** @import {Catalog, Changes, Context, Spec, View} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function undoView(root, { store, actions, catalog }) {
  const undo = createUndo();
  const go = async (/** @type {Spec | null} */ target) => {
    const { now } = undo;
    if (!target || !now) return;
    if (isSame(now.members, target.members)) {
      const changes = changesBetween(now.spec, target.spec);
      if (Object.keys(changes).length > 0) actions.set(changes);
      return;
    }
    const { phase } = store.get();
    await actions.load(target.spec, [], [], target.members);
    if (phase === "playing") actions.play();
  };
  const buttons = createUndoButtons(root, { back: () => go(undo.before), forth: () => go(undo.after) });

  let planned = 0;
  let run = 0;
  watch(store, ["spec", "members", "run", "planned"], (state) => {
    if (state.run === 0) return;
    const travelled = state.run === run && state.planned !== planned;
    ({ planned, run } = state);
    const settings = { spec: state.spec, members: state.members };
    if (travelled) undo.replace(settings);
    else undo.see(settings);
    buttons.explain(wordsFor(undo.now, undo.before, catalog), wordsFor(undo.now, undo.after, catalog));
  });
}

/**
 * @param {Spec | null} now
 * @param {Spec | null} then
 * @param {Catalog} catalog
 */
function wordsFor(now, then, catalog) {
  if (!now || !then) return null;
  if (!isSame(now.members, then.members)) return memberWords(now.members, then.members);
  const [first, ...others] = Object.entries(changesBetween(now.spec, then.spec));
  if (!first) return null;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `${changeWords(first[0], valueAt(now.spec, first[0]), first[1], catalog)}${more}`;
}

/**
 * @param {readonly Changes[]} now
 * @param {readonly Changes[]} then
 */
function memberWords(now, then) {
  // One network alone is the spec itself.
  const [from, to] = [now, then].map(({ length }) => Math.max(1, length));
  if (from !== to) return `Networks ${from} → ${to}`;
  return `Settings of network ${now.findIndex((changes, index) => !isSame(changes, then[index])) + 1}`;
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);
