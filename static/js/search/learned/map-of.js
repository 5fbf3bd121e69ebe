/** One map of several that came together. */

/** @import {Picture} from "../../draw/class-map.js" */

/**
 * @param {{grid: number, maps: ArrayLike<number>, scales: ArrayLike<number>}} together  one after the other
 * @param {number} count  how many there are
 * @param {number} index
 * @returns {Picture}
 */
export function mapOf({ grid, maps, scales }, count, index) {
  const each = scales.length / count;
  const cells = each * grid * grid;
  return {
    grid,
    maps: Array.from({ length: cells }, (_, i) => maps[index * cells + i] ?? 0),
    scales: Array.from({ length: each }, (_, i) => scales[index * each + i] ?? 0),
  };
}
