/**
 * All of the playground's address: its run, how the network is shown, and what is said to a class. Every link to this
 * page is written and read here, one for a class, too: that is the link of a run with a few keys more.
 */

import { isRunOf } from "../presets/related.js";
import { CLASS_KEYS, readClass, withClass } from "./class-link.js";
import { pairsIn } from "./link-text.js";
import { MODE_KEYS, readMode, withMode } from "./mode-link.js";
import { formatPreset, formatShort, parse, presetIn } from "./run-link.js";

/** @import {Catalog, Preset, State} from "../base/types.js" */
/** @import {Part} from "./class-link.js" */

const BESIDE_THE_RUN = [...CLASS_KEYS, ...MODE_KEYS];

/**
 * A preset keeps its short address until something is changed; of any other run the address says what is not as usual.
 *
 * @param {Pick<State, "startSpec" | "edits" | "lesson" | "training" | "classroom">} state
 * @param {Catalog} catalog
 * @param {readonly Preset[]} presets  those that may stand for all of their settings
 * @param {readonly Part[]} parts
 * @returns {string} without the leading #
 */
export function formatShown({ startSpec, edits, lesson, training, classroom }, catalog, presets, parts) {
  const preset = presets.find(({ name }) => name === lesson);
  const isPreset = preset && isRunOf(preset, { startSpec, edits });
  const run = isPreset ? formatPreset(preset) : formatShort({ spec: startSpec, edits }, catalog);
  return withClass(withMode(run, training), classroom, parts);
}

/**
 * What an address asks for; `problems` are those of all its parts.
 *
 * @param {string} hash  with or without the leading #
 * @param {Catalog} catalog
 * @param {Preset[]} presets
 * @param {readonly Part[]} parts
 */
export function parseShown(hash, catalog, presets, parts) {
  const ofRun = pairsIn(hash).filter(([key]) => !BESIDE_THE_RUN.includes(key));
  const { problems, look, notice = null, ...wanted } = parse(ofRun, catalog, presets);
  const { classroom, problems: ofClass } = readClass(hash, parts);
  const { training, problems: ofMode } = readMode(hash);
  const preset = presetIn(ofRun, presets);
  return {
    wanted: preset ? { ...wanted, speed: preset.speed } : wanted,
    lesson: preset?.name ?? null,
    problems: [...problems, ...ofClass, ...ofMode],
    look: { ...look, training },
    notice,
    classroom,
  };
}
