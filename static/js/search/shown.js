/** Which trial is looked at. */

import { bestOf } from "./found.js";

/** @import {SearchState, Trial} from "./types.js" */

/**
 * The trial under the pointer, or else the chosen one, or else the best.
 *
 * @param {Readonly<Pick<SearchState, "found" | "pointed" | "chosen">>} state
 * @returns {Trial | null}
 */
export function shownTrial({ found, pointed, chosen }) {
  const at = (/** @type {number | null} */ number) => (number === null ? undefined : found?.trials[number]);
  return at(pointed) ?? at(chosen) ?? bestOf(found);
}

/**
 * The trial so many ranks further on, from the one that is looked at.
 *
 * @param {Readonly<Pick<SearchState, "found" | "pointed" | "chosen">>} state
 * @param {number} step
 * @returns {number | null}
 */
export function neighbour(state, step) {
  const { found } = state;
  if (!found || found.ranking.length === 0) return null;
  const trial = shownTrial(state);
  const rank = trial ? found.ranking.indexOf(trial) : -1;
  return found.ranking[Math.min(found.ranking.length - 1, Math.max(0, rank + step))]?.number ?? null;
}
