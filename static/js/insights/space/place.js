/** Where the frames stand: under the columns of the network, or by themselves beside one large picture. Geometry only. */

/** @import {ColumnPlace} from "../../base/types.js" */

/** Below a frame two lines of text. */
export const CAPTION = 30;
const GAP = 8;
/** Room for the names of the lines, right of the last frame. */
const NAMES = 76;

/**
 * @typedef {{x: number, y: number, side: number}} Box  x is the left, y the top
 * @typedef {{frames: Box[], large: Box | null, names: number}} Film  names: the left of the names of the lines
 */

/**
 * @param {{width: number, height: number}} size
 * @param {readonly ColumnPlace[]} columns  of the network
 * @param {number} count  of the frames
 * @returns {Film}
 */
export function placeFilm({ width, height }, columns, count) {
  const here = columns.filter(({ role }) => role !== "outputs").map(({ x }) => x);
  const isFolded = columns.some(({ role }) => role === "fold") || here.length !== count;
  const last = columns.at(-1)?.x ?? width;
  const isSeen = !isFolded && (here[0] ?? -1) > 0 && last <= width;
  const pitch = isSeen ? (here[1] ?? last) - (here[0] ?? 0) : (width - NAMES) / count;
  const middles = isSeen ? here : Array.from({ length: count }, (_, index) => (index + 0.5) * pitch);
  const side = Math.max(8, Math.min(pitch - GAP, height - CAPTION - 2, 2 * (middles[0] ?? 0)));
  const frames = middles.map((x) => ({ x: x - side / 2, y: 1, side }));
  return { frames, large: null, names: (middles.at(-1) ?? 0) + side / 2 + GAP };
}

/**
 * On a phone: one large picture, and the frames beside it in rows.
 *
 * @param {{width: number, height: number}} size
 * @param {number} count
 * @returns {Film}
 */
export function placeBeside({ width, height }, count) {
  const large = Math.min(height - 2, width / 2);
  const room = { x: large + 2 * GAP, width: width - large - 2 * GAP };
  const across = count <= 4 ? 2 : count <= 9 ? 3 : 4;
  const down = Math.ceil(count / across);
  const side = Math.min(room.width / across, height / down) - GAP;
  const frames = Array.from({ length: count }, (_, index) => ({
    x: room.x + (index % across) * (side + GAP),
    y: 1 + Math.floor(index / across) * (side + GAP),
    side,
  }));
  return { frames, large: { x: 1, y: 1, side: large - 2 }, names: NaN };
}
