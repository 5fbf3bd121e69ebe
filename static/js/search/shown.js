/** Which trial is looked at. */

import { keptBy } from "./brush/brush.js";
import { bestOf } from "./found.js";

/** @import {SearchState, Trial} from "./types.js" */

/** @typedef {Readonly<Pick<SearchState, "found" | "pointed" | "chosen" | "brush">>} Looked */

/**
 * The trial under the pointer, or else the chosen one, or else the best that the brush keeps.
 *
 * @param {Looked} state
 * @returns {Trial | null}
 */
export function shownTrial({ found, pointed, chosen, brush }) {
  const at = (/** @type {number | null} */ number) => (number === null ? undefined : found?.trials[number]);
  return at(pointed) ?? at(chosen) ?? keptBy(found, brush)?.best ?? bestOf(found);
}

/**
 * The trial so many ranks further on, from the one that is looked at.
 *
 * @param {Looked} state
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
