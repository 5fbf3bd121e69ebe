/** The trials of a search from the worst to the best, in groups of nearly one rank that are drawn at a stroke. */

/** @import {Found, Trial} from "../types.js" */

/** More colours than these nobody tells apart. */
const GROUPS = 32;

/** `share` is 0 for the best and 1 for the worst. @typedef {{share: number, trials: Trial[]}} Group */

/**
 * Trials that have not been judged yet are the worst.
 *
 * @param {Found} found
 * @returns {Group[]}
 */
export function groupsOf({ ranking, trials }) {
  const waiting = trials.filter(({ scores }) => scores.length === 0);
  const all = [...waiting, ...ranking.toReversed()];
  const count = Math.min(GROUPS, all.length);
  return Array.from({ length: count }, (_, i) => ({
    share: count > 1 ? 1 - i / (count - 1) : 0,
    trials: all.slice(Math.round((i * all.length) / count), Math.round(((i + 1) * all.length) / count)),
  }));
}
