/** Takes back changes, and makes them again: the run, the step and all that was there come back with them. */

import { isFree } from "../base/classroom.js";
import { whole } from "../base/format.js";
import { valueAt } from "../settings/paths.js";
import { createMoments, isNear, weightsOf } from "./moments.js";
import { changeWords } from "../settings/names.js";
import { changesBetween } from "./undo.js";
import { createUndoButtons } from "../ui/undo-buttons.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Catalog, Changes, Context, View} from "../base/types.js" */
/** @import {Moment} from "./moments.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function undoView(root, { store, frames, actions, catalog }) {
  const moments = createMoments(() => frames.latest);

  /** @param {-1 | 1} by */
  const go = async (by) => {
    const target = by < 0 ? moments.before : moments.after;
    if (!target || moments.isComing || store.get().dragging || !isFree(store.get().classroom, "undo")) return;
    moments.leave(by, store.get());
    const changes = changesBetween(store.get().spec, target.spec);
    const isThere =
      moments.now && isNear(target, moments.now) && Object.keys(changes).length > 0
        ? await actions.change(changes)
        : await actions.restore(target.wanted);
    // Where it is as it was already, the server had nothing to tell.
    if (isThere) moments.arrive();
    else moments.stay();
    if (isThere) store.set({ lesson: target.lesson });
    explain();
  };
  const buttons = createUndoButtons(root, { back: () => go(-1), forth: () => go(1) });
  const explain = () => {
    const { now, before, after } = moments;
    const here = now && { ...now, spec: store.get().spec };
    buttons.explain(wordsFor(here, before, catalog), wordsFor(here, after, catalog));
  };
  store.subscribe(moments.see);
  watch(store, ["spec", "members", "run", "edits", "dragging"], explain);
}

/**
 * What leads from one moment to another, in words.
 *
 * @param {Moment | null} now
 * @param {Moment | null} then
 * @param {Catalog} catalog
 */
function wordsFor(now, then, catalog) {
  if (!now || !then) return null;
  const what = differenceWords(now, then, catalog);
  const { step } = then.wanted;
  if (step === 0) return what ?? t("back to the start");
  return what
    ? t("{change}, at step {step}", { change: what, step: whole(step) })
    : t("back to step {step}", { step: whole(step) });
}

/**
 * @param {Moment} now
 * @param {Moment} then
 * @param {Catalog} catalog
 */
function differenceWords(now, then, catalog) {
  if (!isSame(now.members, then.members)) return memberWords(now.members, then.members);
  const [first, ...others] = Object.entries(changesBetween(now.spec, then.spec));
  if (first) {
    const change = changeWords(first[0], valueAt(now.spec, first[0]), first[1], catalog);
    return others.length > 0 ? t("{change} and {count} more", { change, count: others.length }) : change;
  }
  return isSame(weightsOf(now.wanted.edits), weightsOf(then.wanted.edits)) ? null : t("other weights");
}

/**
 * @param {readonly Changes[]} now
 * @param {readonly Changes[]} then
 */
function memberWords(now, then) {
  // One network alone is the spec itself.
  const [from, to] = [now, then].map(({ length }) => Math.max(1, length));
  if (from !== to) return t("Networks {before} → {after}", { before: String(from), after: String(to) });
  const network = now.findIndex((changes, index) => !isSame(changes, then[index])) + 1;
  return t("Settings of network {network}", { network });
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);
