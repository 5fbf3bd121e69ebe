/** Takes back changes of the race's settings, and makes them again. */

import { createSettingsUndo } from "../run/settings-undo.js";

/** @import {RaceContext, RaceView} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function undoView(root, { store, actions }) {
  createSettingsUndo(root, store, ["race", "looks"], ({ race, looks }) => actions.load(race, looks));
}
