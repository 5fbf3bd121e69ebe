/** The strip above the search. */

import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { createLessonStrip } from "../../ui/lesson-strip.js";

/** @import {SearchContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function lessonView(root, { store, actions, searches }) {
  const strip = createLessonStrip(root, t("Hides this note. Your search is not affected."), actions.closeLesson);
  watch(store, ["lesson"], ({ lesson }) => strip.show(searches.find(({ name }) => name === lesson)));
}
