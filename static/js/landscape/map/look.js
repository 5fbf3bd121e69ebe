/** The colours of a landscape in the theme in force. */

import { readLook } from "../../charts/layout.js";
import { css, mix } from "../../draw/colour.js";
import { readRacerColours } from "../../draw/markers.js";
import { readReliefLook } from "../../draw/height-map.js";

/** How far the rings where paths begin stand out from the highest ground. */
const RING = 0.6;
/** And the lines of equal loss in three dimensions. */
const LEVEL = 0.35;

/** @param {HTMLElement} root */
export function readLandscapeLook(root) {
  const relief = readReliefLook(root);
  const colours = readRacerColours(root);
  const chart = readLook(root);
  return {
    relief,
    colours,
    rim: css(relief.surface),
    line: css(mix(relief.high, relief.ink, RING)),
    ink: css(relief.ink),
    soft: chart.soft,
    font: relief.font,
    figure: {
      chart,
      low: css(relief.low),
      high: css(relief.high),
      line: css(mix(relief.high, relief.ink, LEVEL)),
      colours,
    },
  };
}

/** @typedef {ReturnType<typeof readLandscapeLook>} LandscapeLook */
