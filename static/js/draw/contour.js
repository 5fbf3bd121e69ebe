/** Lines of equal value on a grid: marching squares. */

/**
 * @param {ArrayLike<number>} field  (grid, grid), row 0 at the top
 * @param {number} grid
 * @param {number} [level]
 * @returns {number[]}  segments x0, y0, x1, y1, …, from 0 at the left and top to 1
 */
export function contour(field, grid, level = 0) {
  /** @type {number[]} */
  const segments = [];
  const last = grid - 1;
  for (let row = 0; row < last; row++) {
    for (let column = 0; column < last; column++) {
      const at = row * grid + column;
      const a = (field[at] ?? 0) - level;
      const b = (field[at + 1] ?? 0) - level;
      const c = (field[at + grid + 1] ?? 0) - level;
      const d = (field[at + grid] ?? 0) - level;
      const above = a > 0;
      if (above === b > 0 && above === c > 0 && above === d > 0) continue;
      const crossings = crossCell(a, b, c, d);
      for (let i = 0; i + 3 < crossings.length; i += 4) {
        segments.push(
          (column + (crossings[i] ?? 0)) / last,
          (row + (crossings[i + 1] ?? 0)) / last,
          (column + (crossings[i + 2] ?? 0)) / last,
          (row + (crossings[i + 3] ?? 0)) / last,
        );
      }
    }
  }
  return segments;
}

/**
 * Where the line enters and leaves one cell with corners a (top left), b, c, d (clockwise).
 *
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
function crossCell(a, b, c, d) {
  const above = a > 0;
  /** @type {number[]} */
  const points = [];
  if (above !== b > 0) points.push(a / (a - b), 0);
  if (b > 0 !== c > 0) points.push(1, b / (b - c));
  if (c > 0 !== d > 0) points.push(d / (d - c), 1);
  if (d > 0 !== above) points.push(0, a / (a - d));
  // A saddle: the pairs cut off b and d. Where the middle is unlike a, they must cut off a and c.
  if (points.length === 8 && a + b + c + d > 0 !== above) points.unshift(...points.splice(6, 2));
  return points;
}

/**
 * How far class `index` is ahead of the best other class; 0 where the decision changes.
 *
 * @param {ArrayLike<number>} maps  one map after the other
 * @param {ArrayLike<number>} scales
 * @param {number} grid
 * @param {number} index
 */
export function leadOf(maps, scales, grid, index) {
  const area = grid * grid;
  const lead = new Float32Array(area);
  for (let pixel = 0; pixel < area; pixel++) {
    let other = -Infinity;
    for (let k = 0; k < scales.length; k++) {
      if (k !== index) other = Math.max(other, (maps[k * area + pixel] ?? 0) * (scales[k] ?? 0));
    }
    lead[pixel] = (maps[index * area + pixel] ?? 0) * (scales[index] ?? 0) - other;
  }
  return lead;
}
