/** Where the outputs change their answer: straight lines in the plane of the last hidden layer. Geometry only. */

/** @import {Block} from "../../base/types.js" */

/** @typedef {[x: number, y: number, x1: number, y1: number]} Line  from −1 to 1 */
/** @typedef {{x: number, y: number, c: number}} Half  the half-plane where x·X + y·Y + c is above 0 */

/** The square that is drawn. */
const SQUARE = [
  { x: 1, y: 0, c: 1 },
  { x: -1, y: 0, c: 1 },
  { x: 0, y: 1, c: 1 },
  { x: 0, y: -1, c: 1 },
];

/**
 * The lines between any two outputs where these two are the largest; of one output, where it is 0.
 *
 * @param {Block} border  of each output the two slopes and the constant
 * @param {number} reach  what 1 is in these
 * @returns {Line[]}
 */
export function linesOf({ data, shape }, reach) {
  const sums = Array.from({ length: shape[0] ?? 0 }, (_, output) => ({
    x: reach * (data[3 * output] ?? NaN),
    y: reach * (data[3 * output + 1] ?? NaN),
    c: data[3 * output + 2] ?? NaN,
  }));
  if (sums.length === 1) sums.push({ x: 0, y: 0, c: 0 });
  return sums.flatMap((one, index) =>
    sums.slice(index + 1).flatMap((other) => {
      const others = sums.filter((each) => each !== one && each !== other);
      const line = cut(minus(one, other), [...SQUARE, ...others.map((each) => minus(one, each))]);
      return line ? [line] : [];
    }),
  );
}

/** @param {Half} one @param {Half} other @returns {Half} */
const minus = (one, other) => ({ x: one.x - other.x, y: one.y - other.y, c: one.c - other.c });

/**
 * What of a line lies within half-planes.
 *
 * @param {Half} line  where it is 0
 * @param {Half[]} halves
 * @returns {Line | null}
 */
function cut(line, halves) {
  const size = Math.hypot(line.x, line.y);
  if (!(size > 0) || !Number.isFinite(size + line.c)) return null;
  const [nx, ny, away] = [line.x / size, line.y / size, -line.c / size];
  const [x, y] = [nx * away, ny * away];
  let [from, to] = [-Infinity, Infinity];
  for (const half of halves) {
    // along the line (x − s·ny, y + s·nx) it is at + s·slope
    const at = half.x * x + half.y * y + half.c;
    const slope = half.y * nx - half.x * ny;
    if (Math.abs(slope) < 1e-12 * (Math.abs(half.x) + Math.abs(half.y))) {
      if (at < 0) return null;
    } else if (slope > 0) from = Math.max(from, -at / slope);
    else to = Math.min(to, -at / slope);
  }
  return from < to ? [x - from * ny, y + from * nx, x - to * ny, y + to * nx] : null;
}
