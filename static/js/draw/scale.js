/** From the coordinates of a map to the pixels it is drawn with, and back; with a size of 1, to shares of its sides. */

/** @typedef {readonly [xMin: number, xMax: number, yMin: number, yMax: number]} Bounds */

/**
 * @param {Bounds} bounds
 * @param {number} [size]  side of the map in CSS pixels
 */
export function createScale([xMin, xMax, yMin, yMax], size = 1) {
  const across = (/** @type {number} */ x) => ((x - xMin) / (xMax - xMin)) * size;
  const down = (/** @type {number} */ y) => ((yMax - y) / (yMax - yMin)) * size;
  return {
    size,
    bounds: /** @type {Bounds} */ ([xMin, xMax, yMin, yMax]),
    across,
    down,

    /**
     * @param {number} px
     * @param {number} py
     * @returns {[x: number, y: number]}
     */
    point: (px, py) => [xMin + (px / size) * (xMax - xMin), yMax - (py / size) * (yMax - yMin)],

    /**
     * @param {number} x
     * @param {number} y
     */
    holds: (x, y) => x >= xMin && x <= xMax && y >= yMin && y <= yMax,

    /**
     * Where a point is shown: itself, or at the border in its direction from the middle where it is outside.
     *
     * @param {number} x
     * @param {number} y
     * @param {number} margin  how far inside of the border, in pixels
     */
    inside(x, y, margin) {
      const half = size / 2;
      const [dx, dy] = [across(x) - half, down(y) - half];
      const reach = Math.max(Math.abs(dx), Math.abs(dy));
      const room = half - margin;
      const share = reach > half ? room / reach : 1;
      return { x: half + dx * share, y: half + dy * share, away: reach > half, angle: Math.atan2(dy, dx) };
    },
  };
}

/** @typedef {ReturnType<typeof createScale>} Scale */

/**
 * A coordinate in as many digits as a person would read from the map: steps of about a 500th of its width.
 *
 * @param {number} value
 * @param {number} width  of the view
 */
export function rounded(value, width) {
  const digits = Math.max(0, Math.ceil(-Math.log10(width / 500)));
  return Number(value.toFixed(digits));
}
