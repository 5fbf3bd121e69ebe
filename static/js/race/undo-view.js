/** Takes back changes of the race's settings, and makes them again. */

import { whenQuiet } from "../base/scheduling.js";
import { createUndo } from "../run/undo.js";
import { createUndoButtons } from "../ui/undo-buttons.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {RaceContext, RaceView} from "./types.js" */

/** Changes that follow each other within so many milliseconds, such as those of a dragged start, are one. */
const ONE = 350;

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function undoView(root, { store, actions }) {
  const undo = createUndo();
  const go = (/** @type {import("../base/types.js").Spec | null} */ target) => {
    see();
    if (target) actions.load(target.race, target.looks);
    see();
  };
  const buttons = createUndoButtons(root, { back: () => go(undo.before), forth: () => go(undo.after) });
  const see = () => {
    const { race, looks, run } = store.get();
    if (run > 0) undo.see({ race, looks });
    buttons.explain(undo.before && t("the last change"), undo.after && t("the last change"));
  };
  // What the race began with is there at once, so that a quick change is one that can be taken back.
  watch(store, ["run"], see);
  watch(store, ["race", "looks"], whenQuiet(ONE, see));
}
