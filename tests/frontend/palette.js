/** A palette for tests. */

/** @type {import("../../static/js/draw/colour.js").Palette} */
export const PALETTE = {
  zero: [200, 200, 200],
  negative: [250, 100, 0],
  positive: [0, 100, 250],
  classes: [[250, 100, 0], [0, 100, 250], [0, 150, 100]],
  outline: [255, 255, 255],
  ink: [0, 0, 0],
  surface: [255, 255, 255],
};
