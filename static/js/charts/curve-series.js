/** What the curves of a run say: their points along an axis, smoothed if asked for, and the best one. */

import { finite, spread } from "./layout.js";

/** @import {Curves} from "../base/types.js" */

/**
 * Curves to draw. `other` is a run that the first is compared with: it is drawn thinner, and in its own colour.
 *
 * @typedef {{name: string, curves: Curves, other?: boolean, colour?: string}} CurveRun
 * @typedef {"epochs" | "steps"} Along
 * @typedef {(number | null)[]} Values  null where there is no number
 */

export const ROWS = { trainLoss: 0, testLoss: 1, trainAccuracy: 2, testAccuracy: 3, penalty: 4 };

/**
 * The points to draw: at most `most` of them, evenly spread, with the last. A logarithmic axis has
 * no place for 0.
 *
 * @param {Curves} curves
 * @param {{along: Along, logarithmic: boolean, most: number}} options
 */
export function chosenPoints(curves, { along, logarithmic, most }) {
  const at = spread(curves.length, most).filter((index) => !logarithmic || (curves[along][index] ?? 0) > 0);
  return { at, x: at.map((index) => curves[along][index] ?? NaN) };
}

/**
 * @param {ArrayLike<number> | undefined} row
 * @param {number[]} at  indices
 * @returns {Values}
 */
export const valuesAt = (row, at) => at.map((index) => finite(row?.[index]));

/**
 * The exponential moving average that begins without a bias: mᵢ = s·mᵢ₋₁ + (1 − s)·yᵢ, divided by
 * 1 − sⁱ. Gaps stay gaps and weigh nothing.
 *
 * @param {Values} values
 * @param {number} share  s, from 0 (nothing is smoothed) to below 1
 * @returns {Values}
 */
export function smooth(values, share) {
  if (share === 0) return values;
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    if (value === null) return null;
    mean = share * mean + (1 - share) * value;
    weight = share * weight + (1 - share);
    return mean / weight;
  });
}

/**
 * Where the test loss is lowest, for the first time; null while there is no finite one.
 *
 * @param {Curves} curves
 */
export function bestPoint({ length, steps, epochs, metrics }) {
  const losses = metrics[ROWS.testLoss] ?? new Float64Array(0);
  let best = -1;
  for (let index = 0; index < length; index++) {
    const loss = losses[index] ?? NaN;
    if (Number.isFinite(loss) && (best < 0 || loss < (losses[best] ?? NaN))) best = index;
  }
  if (best < 0) return null;
  return { index: best, step: steps[best] ?? NaN, epoch: epochs[best] ?? NaN, loss: losses[best] ?? NaN };
}

/**
 * The index of the point of a curve that is nearest to a step.
 *
 * @param {Curves} curves
 * @param {number} step
 */
export function nearest({ length, steps }, step) {
  let found = 0;
  for (let index = 1; index < length; index++) {
    if (Math.abs((steps[index] ?? NaN) - step) < Math.abs((steps[found] ?? NaN) - step)) found = index;
  }
  return found;
}

/**
 * Whether a row has any number above zero, as the penalty has where there is one.
 *
 * @param {ArrayLike<number> | undefined} row
 * @param {number} length
 */
export function isUsed(row, length) {
  for (let index = 0; index < length; index++) if ((row?.[index] ?? 0) > 0) return true;
  return false;
}

/**
 * Whether a row has any number.
 *
 * @param {ArrayLike<number> | undefined} row
 * @param {number} length
 */
export function isKnown(row, length) {
  for (let index = 0; index < length; index++) if (Number.isFinite(row?.[index] ?? NaN)) return true;
  return false;
}
