/** The strip above the race. */

import { createLessonStrip } from "../ui/lesson-strip.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {RaceContext, RaceView} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function lessonView(root, { store, actions, presets }) {
  const strip = createLessonStrip(root, t("Hides this note. Your race is not affected."), actions.closeLesson);
  watch(store, ["lesson"], ({ lesson }) => strip.show(presets.find(({ name }) => name === lesson)));
}
