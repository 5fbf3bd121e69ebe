/** The colours of ranks and of what stands around them, in the theme in force. */

import { css, mix, parseColour } from "../../draw/colour.js";
import { readPalette } from "../../draw/palette.js";

const STOPS = 5;

/** Ranks near the best differ more in colour than those near the worst. */
const BEND = 0.75;

const STRATEGIES = /** @type {{[kind: string]: {racer: number, dash: number[]}}} */ ({
  grid: { racer: 0, dash: [7, 3] },
  random: { racer: 5, dash: [] },
  latin_hypercube: { racer: 2, dash: [2, 3] },
  coarse_to_fine: { racer: 4, dash: [8, 3, 2, 3] },
  halving: { racer: 3, dash: [4, 4] },
});

/** How far the ground goes from paper to ink. */
const DARKEST = 0.3;

export function readSearchLook() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => parseColour(style.getPropertyValue(name));
  const { ink, surface, font } = readPalette();
  /** @type {Map<number, string>} said once, for all that is drawn again */
  const ranks = new Map();
  const stops = Array.from({ length: STOPS }, (_, i) => read(`--rank-${i}`));
  return {
    /** What borders and ticks are drawn with. */
    frame: { ink, surface, font },
    ink: css(ink),
    soft: css(mix(surface, ink, 0.62)),
    faint: css(mix(surface, ink, 0.1)),
    /** The line of one start, beside the median in ink. */
    start: css(read("--rank-2")),
    surface: css(surface),
    /** The truth behind the dots has no colour. @param {number} share  0 for the best, 1 for the worst */
    ground: (share) => css(mix(surface, ink, DARKEST * share)),
    /** Lines on it. */
    line: css(mix(surface, ink, 0.42)),
    font,
    /** Each strategy has a colour and a dash of its own. @param {string} kind */
    strategy(kind) {
      const { racer, dash } = STRATEGIES[kind] ?? { racer: 7, dash: [] };
      return { colour: css(read(`--racer-${racer}`)), dash };
    },
    /** The two strategies of a duel. */
    sides: /** @type {[string, string]} */ ([css(read("--racer-0")), css(read("--racer-5"))]),
    /** @param {number} share  0 for the best, 1 for the worst */
    rank(share) {
      const known = ranks.get(share);
      if (known) return known;
      const at = share ** BEND * (STOPS - 1);
      const from = Math.min(STOPS - 2, Math.floor(at));
      const colour = css(mix(stops[from] ?? ink, stops[from + 1] ?? ink, at - from));
      ranks.set(share, colour);
      return colour;
    },
  };
}

/** @typedef {ReturnType<typeof readSearchLook>} SearchLook */
