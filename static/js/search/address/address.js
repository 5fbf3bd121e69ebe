/** The address of what the page shows. */

import { format } from "./link.js";

/** @import {SearchCatalog, SearchState} from "../types.js" */

/** What it is made of. */
export const ADDRESSED = /** @type {(keyof SearchState)[]} */ ([
  "search",
  "found",
  "phase",
  "chosen",
  "mode",
  "against",
  "duels",
  "duelPhase",
  "shownDuel",
  "opened",
]);

/**
 * @param {Readonly<SearchState>} state
 * @param {SearchCatalog} catalog
 * @returns {string} without the leading #
 */
export function addressOf(
  { search, found, phase, chosen, mode, against, duels, duelPhase, shownDuel, opened },
  catalog,
) {
  if (mode === "duel") {
    return format(search, catalog, { duel: { against, duels, fought: duelPhase !== "ready", pair: shownDuel } });
  }
  const searched = phase === "running" || (found !== null && found.asked === search);
  return format(search, catalog, { searched, trial: searched ? chosen : null, opened });
}
