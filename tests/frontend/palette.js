/** Colours for tests. */

import { css, mix } from "../../static/js/draw/colour.js";

/** @import {Palette} from "../../static/js/draw/colour.js" */
/** @import {LandscapeLook} from "../../static/js/landscape/map/look.js" */

/** @type {Palette} */
export const PALETTE = {
  zero: [200, 200, 200],
  negative: [250, 100, 0],
  positive: [0, 100, 250],
  classes: [
    [250, 100, 0],
    [0, 100, 250],
    [0, 150, 100],
  ],
  outline: [255, 255, 255],
  ink: [0, 0, 0],
  surface: [255, 255, 255],
  font: "sans-serif",
};

/** @type {Palette["classes"]} */
const HUES = [
  [245, 147, 34],
  [8, 119, 189],
  [47, 158, 107],
  [194, 67, 127],
  [138, 92, 199],
  [184, 160, 0],
  [59, 179, 195],
  [141, 110, 84],
  [201, 79, 79],
  [111, 127, 149],
];

/** @param {Pick<Palette, "zero" | "outline" | "ink" | "surface">} tones */
function themeOf(tones) {
  const [negative, positive] = /** @type {[Palette["negative"], Palette["positive"]]} */ ([HUES[0], HUES[1]]);
  const palette = { ...tones, negative, positive, classes: HUES, font: "sans-serif" };
  const { ink, surface } = tones;
  const relief = { low: surface, high: tones.zero, ink, surface, basins: HUES, font: "sans-serif" };
  const colours = HUES.slice(0, 8).map(css);
  const look = {
    relief,
    colours,
    rim: css(surface),
    line: css(ink),
    ink: css(ink),
    soft: css(mix(surface, ink, 0.62)),
    font: "sans-serif",
  };
  return {
    palette,
    race: { relief, trail: { colours, rim: css(surface), ink: css(ink) } },
    landscape: /** @type {LandscapeLook} */ (look),
  };
}

export const LIGHT = themeOf({
  zero: [232, 234, 235],
  outline: [255, 255, 255],
  ink: [28, 27, 34],
  surface: [255, 255, 255],
});
export const DARK = themeOf({ zero: [42, 41, 50], outline: [27, 26, 33], ink: [238, 237, 243], surface: [27, 26, 33] });
