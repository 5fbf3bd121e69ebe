/** Lines of equal value on a grid: marching squares, whose pieces are joined into lines. */

/** @import {Surface} from "./surface.js" */

/**
 * For each edge of a grid the one or two that a line leads on to, plus one; 0 where there is none. All is 0 between
 * calls: a frame draws many fields, and room for each would have to be cleared away.
 */
let joined = new Int32Array(0);

/**
 * The lines of one level. Each goes from border to border, or comes back to where it began.
 *
 * A line crosses an edge of the grid once at most. The edge from a sample to the next one in its row has the number of
 * the sample; that to the sample below comes after all of those.
 *
 * @param {ArrayLike<number>} field  (grid, grid), row 0 at the top; no line comes near what is no number
 * @param {number} grid
 * @param {number} [level]
 * @returns {number[][]}  of each line x0, y0, x1, y1, …, from 0 at the left and top to 1
 */
export function contourLines(field, grid, level = 0) {
  const crossed = joinCells(field, grid, level);
  /** @type {number[][]} */
  const lines = [];
  // From the ends of open lines first: what is left then are rings.
  for (const edge of crossed) {
    if (joined[2 * edge] !== 0 && joined[2 * edge + 1] === 0) lines.push(follow(edge, field, grid, level));
  }
  for (const edge of crossed) if (joined[2 * edge] !== 0) lines.push(follow(edge, field, grid, level));
  return lines;
}

/**
 * @param {ArrayLike<number>} field
 * @param {number} grid
 * @param {number} level
 * @returns {number[]} the edges that are crossed
 */
function joinCells(field, grid, level) {
  const area = grid * grid;
  const last = grid - 1;
  if (joined.length < 4 * area) joined = new Int32Array(4 * area);
  /** @type {number[]} */
  const crossed = [];
  for (let row = 0; row < last; row++) {
    let at = row * grid;
    let b = (field[at] ?? 0) - level;
    let c = (field[at + grid] ?? 0) - level;
    for (const end = at + last; at < end; at++) {
      // corners a (top left), b, c, d clockwise: the right side of a cell is the left side of the next
      const a = b;
      const d = c;
      b = (field[at + 1] ?? 0) - level;
      c = (field[at + grid + 1] ?? 0) - level;
      const above = a > 0;
      if (above === b > 0 && above === c > 0 && above === d > 0) continue;
      const sum = a + b + c + d;
      if (!Number.isFinite(sum)) continue;
      const from = crossed.length;
      if (above !== b > 0) crossed.push(at);
      if (b > 0 !== c > 0) crossed.push(area + at + 1);
      if (c > 0 !== d > 0) crossed.push(at + grid);
      if (d > 0 !== above) crossed.push(area + at);
      if (crossed.length === from + 2) {
        join(crossed, from, from + 1);
      } else {
        // A saddle: where its middle is like a, the lines cut off b and d, else a and c.
        const turn = sum > 0 === above ? 0 : 1;
        join(crossed, from + turn, from + 1 + turn);
        join(crossed, from + 2 + turn, turn ? from : from + 3);
      }
    }
  }
  return crossed;
}

/**
 * @param {number[]} edges
 * @param {number} one  index among the edges
 * @param {number} other
 */
function join(edges, one, other) {
  const from = edges[one] ?? 0;
  const to = edges[other] ?? 0;
  joined[2 * from + (joined[2 * from] === 0 ? 0 : 1)] = to + 1;
  joined[2 * to + (joined[2 * to] === 0 ? 0 : 1)] = from + 1;
}

/**
 * The line that begins at an edge; its edges lead nowhere any more.
 *
 * @param {number} edge
 * @param {ArrayLike<number>} field
 * @param {number} grid
 * @param {number} level
 */
function follow(edge, field, grid, level) {
  /** @type {number[]} */
  const line = [];
  const [area, last] = [grid * grid, grid - 1];
  for (let at = edge + 1, before = 0; at !== 0;) {
    const isDown = at > area;
    const sample = (at - 1) % area;
    const start = (field[sample] ?? 0) - level;
    const share = start / (start - (field[sample + (isDown ? grid : 1)] ?? 0) + level);
    const column = sample % grid;
    const row = (sample - column) / grid;
    line.push((isDown ? column : column + share) / last, (isDown ? row + share : row) / last);
    const next = joined[2 * at - 2] !== before ? joined[2 * at - 2] : joined[2 * at - 1];
    joined[2 * at - 2] = joined[2 * at - 1] = 0;
    before = at;
    at = next ?? 0;
  }
  return line;
}

/**
 * Adds the lines of a level to the path of a surface.
 *
 * @param {Surface} surface
 * @param {number} size  side of the map
 * @param {{values: ArrayLike<number>, grid: number}} field
 * @param {number} [level]
 */
export function addContour(surface, size, { values, grid }, level) {
  for (const line of contourLines(values, grid, level)) {
    surface.moveTo((line[0] ?? 0) * size, (line[1] ?? 0) * size);
    for (let i = 2; i < line.length; i += 2) surface.lineTo((line[i] ?? 0) * size, (line[i + 1] ?? 0) * size);
  }
}

/**
 * How many lines a level has.
 *
 * @param {{values: ArrayLike<number>, grid: number}} ground
 * @param {number} level
 */
export const countContours = ({ values, grid }, level) => contourLines(values, grid, level).length;

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
