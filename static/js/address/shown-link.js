/** The address of the run that the page shows, as short as it can be said. */

import { isRunOf } from "../presets/related.js";
import { shortSpec } from "../settings/minimal-spec.js";
import { withMode } from "./mode-link.js";
import { format, formatPreset } from "./run-link.js";

/** @import {Catalog, Preset, State} from "../base/types.js" */

/**
 * A preset keeps its short address until something is changed; of any other run the address says what is not as usual.
 * How the network is shown stands beside it.
 *
 * @param {Pick<State, "startSpec" | "edits" | "lesson" | "training">} state
 * @param {Catalog} catalog
 * @param {readonly Preset[]} presets  those that may stand for all of their settings
 * @returns {string} without the leading #
 */
export function shownRun({ startSpec, edits, lesson, training }, catalog, presets) {
  const preset = presets.find(({ name }) => name === lesson);
  const isPreset = preset && isRunOf(preset, { startSpec, edits });
  return withMode(isPreset ? formatPreset(preset) : format({ spec: shortSpec(startSpec, catalog), edits }), training);
}
