/** Takes back changes of the settings that a page keeps in its store, and makes them again. */

import { whenQuiet } from "../base/scheduling.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";
import { createUndoButtons } from "../ui/undo-buttons.js";
import { createUndo } from "./undo.js";

/** Changes that follow each other within so many milliseconds, such as those of a drag, are one. */
const ONE = 350;

/**
 * @template {{run: number}} S
 * @template {keyof S} Key
 * @param {HTMLElement} root
 * @param {import("../base/types.js").Store<S>} store
 * @param {Key[]} keys  the settings that can be taken back
 * @param {(moment: Pick<S, Key>) => void} restore
 */
export function createSettingsUndo(root, store, keys, restore) {
  /** @type {ReturnType<typeof createUndo<Pick<S, Key>>>} */
  const undo = createUndo();
  const go = (/** @type {"before" | "after"} */ way) => {
    see();
    const target = undo[way];
    if (target) restore(target);
    see();
  };
  const buttons = createUndoButtons(root, { back: () => go("before"), forth: () => go("after") });
  const see = () => {
    const state = store.get();
    const moment = /** @type {Pick<S, Key>} */ (Object.fromEntries(keys.map((key) => [key, state[key]])));
    if (state.run > 0) undo.see(moment);
    buttons.explain(undo.before && t("the last change"), undo.after && t("the last change"));
  };
  // What the page began with is there at once, so that a quick change is one that can be taken back.
  watch(store, ["run"], see);
  watch(store, keys, whenQuiet(ONE, see));
}
