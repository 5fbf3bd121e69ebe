/** From numbers to shares of the way between two of them, and back; and between which scores are drawn. */

/** Scores that are worse than so many of all stand at the end. */
const WORST = 0.9;

/**
 * Where both ends are alike there is no way between them.
 *
 * @param {number} low  above 0 on a logarithmic scale
 * @param {number} high
 * @param {boolean} [isLog]  of scores, wherever that is possible
 */
export const scaleBetween = (low, high, isLog = low > 0) => ({
  /** From 0 at `low` to 1 at `high`. @param {number} value */
  place: (value) => (isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)),
  /** @param {number} share */
  at: (share) => (isLog ? low * (high / low) ** share : low + share * (high - low)),
});

/**
 * From the lowest score to one that most do not reach; null where none is known.
 *
 * @param {readonly number[]} scores
 * @param {number} [most]  of them, as a share
 * @returns {[low: number, high: number] | null}
 */
export function spreadOf(scores, most = WORST) {
  const sorted = scores.filter((score) => Number.isFinite(score)).toSorted((a, b) => a - b);
  const [low, high] = [sorted[0], sorted[Math.floor(most * (sorted.length - 1))]];
  return low === undefined || high === undefined ? null : [low, high];
}
