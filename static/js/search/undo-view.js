/** Takes back changes of what is searched and how, and makes them again. What has been found stays. */

import { createSettingsUndo } from "../run/settings-undo.js";

/** @import {SearchContext} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function undoView(root, { store, actions }) {
  createSettingsUndo(root, store, ["search", "against", "duels", "lesson"], actions.restore);
}
