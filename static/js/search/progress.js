/** What searches had found after so many updates: one line for each strategy that was tried on a question. */

/** @import {Found, Tried} from "./types.js" */

/** What two searches must have in common to be compared: all but how they go. @param {Found["search"]} search */
const questionOf = ({ strategy: _strategy, search_seed: _seed, ...question }) => JSON.stringify(question);

/**
 * The lines of the strategies so far, and that of a search that is done: in place of an older one of the same strategy,
 * and of all those of another question.
 *
 * @param {readonly Tried[]} tried
 * @param {Found} found
 * @returns {readonly Tried[]}
 */
export function withTried(tried, { search, progress, spent }) {
  if (!progress) return tried;
  const question = questionOf(search);
  const { kind } = search.strategy;
  const others = tried.filter((each) => each.question === question && each.kind !== kind);
  return [...others, { question, kind, progress, spent }];
}

/**
 * The lines that are shown beside a search: of other strategies first, its own last.
 *
 * @param {Found | null} found
 * @param {readonly Tried[]} tried
 * @returns {readonly Tried[]}
 */
export function linesOf(found, tried) {
  if (!found) return [];
  const question = questionOf(found.search);
  const { kind } = found.search.strategy;
  return found.progress
    ? withTried(tried, found)
    : tried.filter((each) => each.question === question && each.kind !== kind);
}

/**
 * The points of a line that goes down in steps, where there is a score.
 *
 * @param {{spent: number[], score: number[]}} progress
 * @returns {[spent: number, score: number][]}
 */
export const stepsOf = ({ spent, score }) => {
  /** @type {[number, number][]} */
  const points = [];
  score.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const before = points.at(-1)?.[1];
    if (before !== undefined && before !== value) points.push([spent[i] ?? 0, before]);
    points.push([spent[i] ?? 0, value]);
  });
  return points;
};
