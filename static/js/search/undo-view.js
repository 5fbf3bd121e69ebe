/** Takes back changes of what is searched and how, and makes them again. What has been found stays. */

import { whenQuiet } from "../base/scheduling.js";
import { createUndo } from "../run/undo.js";
import { createUndoButtons } from "../ui/undo-buttons.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {SearchContext, SearchMoment} from "./types.js" */

/** Changes that follow each other within so many milliseconds, such as those of a dragged box, are one. */
const ONE = 350;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function undoView(root, { store, actions }) {
  /** @type {ReturnType<typeof createUndo<SearchMoment>>} */
  const undo = createUndo();
  const go = (/** @type {-1 | 1} */ by) => {
    see();
    const target = by < 0 ? undo.before : undo.after;
    if (target) actions.restore(target);
    see();
  };
  const buttons = createUndoButtons(root, { back: () => go(-1), forth: () => go(1) });
  const see = () => {
    const { search, against, duels, lesson, run } = store.get();
    if (run > 0) undo.see({ search, against, duels, lesson });
    buttons.explain(undo.before && t("the last change"), undo.after && t("the last change"));
  };
  // What the page began with is there at once, so that a quick change is one that can be taken back.
  watch(store, ["run"], see);
  watch(store, ["search", "against", "duels", "lesson"], whenQuiet(ONE, see));
}
