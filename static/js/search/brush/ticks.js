/** Numbers along an axis, as many as have room. */

/** About so wide are letters of 11 pixels, and those of writings that fill a square. */
const LETTER = 6.8;
const SQUARE = 11;
const GAP = 4;

/** @param {string} text */
const widthOf = (text) => [...text].reduce((width, letter) => width + (letter > "\u2E80" ? SQUARE : LETTER), 0);

/**
 * Those that do not touch the one before. Names of values are all there, pressed together where they have to be.
 *
 * @param {readonly (readonly [share: number, text: string])[]} ticks
 * @param {number} length  of the axis, in pixels
 * @param {number | null} names  how many values there are to name
 * @returns {(readonly [share: number, text: string])[]}
 */
export function spaced(ticks, length, names) {
  let end = -Infinity;
  const sorted = ticks.toSorted(([a], [b]) => a - b);
  if (names !== null) return sorted;
  return sorted.filter(([share, text]) => {
    const half = widthOf(text) / 2;
    if (share * length - half < end + GAP) return false;
    end = share * length + half;
    return true;
  });
}

/**
 * How long the text of a tick may be.
 *
 * @param {number} length
 * @param {number | null} names
 */
export const mostOf = (length, names) => (names === null ? length : length / names - GAP);
