/** What the presets have to do with each other and with a run. */

/** @import {Edit, Lesson, Preset, Spec} from "../base/types.js" */

/**
 * The lessons in order, each with its presets.
 *
 * @param {Lesson[]} lessons
 * @param {Preset[]} presets
 */
export function byLesson(lessons, presets) {
  return lessons.map((lesson) => ({ lesson, members: presets.filter((preset) => preset.lesson === lesson.name) }));
}

/**
 * The others of the same family: what the page offers beside a preset.
 *
 * @param {Preset[]} presets
 * @param {Preset} preset
 */
export function relatives(presets, preset) {
  return presets.filter(({ name, family }) => preset.family !== "" && family === preset.family && name !== preset.name);
}

/**
 * Whether a run is still this preset's: nothing has been changed before it or under way.
 *
 * @param {Preset | undefined} preset
 * @param {{startSpec: Spec, edits: Edit[]}} run
 */
export function isRunOf(preset, { startSpec, edits }) {
  return preset !== undefined && edits.length === 0 && JSON.stringify(startSpec) === JSON.stringify(preset.spec);
}

/**
 * Where the points of a preset's small picture come from: those of a run of that noise and balance.
 *
 * @param {Preset} preset
 */
export function previewUrl({
  spec: {
    data: { noise, balance, seed },
  },
}) {
  return `api/previews?${new URLSearchParams({ noise, balance, seed })}`;
}
