/** The address of what the page shows. */

import { format } from "./link.js";

/** @import {SearchCatalog, SearchPreset, SearchState} from "../types.js" */

/** What it is made of. */
export const ADDRESSED = /** @type {(keyof SearchState)[]} */ ([
  "search",
  "found",
  "phase",
  "chosen",
  "guess",
  "opened",
  "brush",
  "axes",
  "ground",
  "others",
  "mode",
  "against",
  "duels",
  "duelPhase",
  "shownDuel",
  "lesson",
]);

/**
 * @param {Readonly<SearchState>} state
 * @param {SearchCatalog} catalog
 * @param {readonly SearchPreset[]} searches
 * @returns {string} without the leading #
 */
export function addressOf(state, catalog, searches) {
  const { search, found, phase, chosen, guess, opened, mode, against, duels, duelPhase, shownDuel } = state;
  const { brush, axes, ground, others } = state;
  const preset = presetOf(state, searches);
  if (mode === "duel") {
    const fought = duelPhase !== "ready";
    return format(search, catalog, { preset, duel: { against, duels, fought, pair: shownDuel } });
  }
  const searched = phase === "running" || (found !== null && found.asked === search);
  const seen = searched ? { trial: chosen, brush, truth: ground ? others : null } : {};
  return format(search, catalog, { preset, searched, guess, opened, axes, ...seen });
}

/**
 * The preset at hand, as long as nothing of it has been changed.
 *
 * @param {Readonly<SearchState>} state
 * @param {readonly SearchPreset[]} searches
 */
function presetOf({ lesson, search, mode, against, duels }, searches) {
  const preset = searches.find(({ name }) => name === lesson);
  if (!preset || preset.search !== search) return null;
  const isSame = mode === "duel" ? preset.against === against && preset.duels === duels : !preset.against;
  return isSame ? preset : null;
}
