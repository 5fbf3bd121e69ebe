/** What a search had found after so many updates. */

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
