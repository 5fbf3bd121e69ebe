/** What scores come to that somebody drags: the engine's own softmax and information, for a handful of numbers. */

/** @import {Information} from "./trace.js" */

/** The example that the course works by hand: it comes to (0.289, 0.581, 0.130). */
export const WORKED_SCORES = [0.5, 1.2, -0.3];

/**
 * Each e^z, their sum, and what share of it each is. Shares are worked out with the largest score taken off first, so that
 * none overflows.
 *
 * @param {ArrayLike<number>} scores
 */
export function softmax(scores) {
  const all = Array.from(scores);
  const exponentials = all.map(Math.exp);
  const largest = Math.max(...all);
  const scaled = all.map((score) => Math.exp(score - largest));
  const total = sum(scaled);
  return { exponentials, sum: sum(exponentials), probabilities: scaled.map((each) => each / total) };
}

/**
 * H(p, q) = H(p) + KL(p‖q) in nats, for a label p and the softmax q of scores.
 *
 * @param {ArrayLike<number>} label  a share of each class
 * @param {ArrayLike<number>} scores
 * @returns {Information}
 */
export function informationOf(label, scores) {
  const all = Array.from(scores);
  const largest = Math.max(...all);
  const logSum = largest + Math.log(sum(all.map((score) => Math.exp(score - largest))));
  const p = Array.from(label);
  const mean = (/** @type {(place: number) => number} */ of) =>
    sum(p.map((share, place) => (share === 0 ? 0 : share * of(place))));
  const entropy = mean((place) => -Math.log(p[place] ?? NaN));
  const crossEntropy = mean((place) => logSum - (all[place] ?? NaN));
  return { entropy, kl: Math.max(0, crossEntropy - entropy), crossEntropy };
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
