/** A surface seen from above: tints from low to high, lines of equal height, and which minimum is reached from where. */

import { css, mix, pack, parseColour } from "./colour.js";
import { addContour, countContours } from "./contour.js";
import { createBuffer, sample } from "./heatmap.js";
import { readFont } from "./palette.js";

/** @import {Rgb} from "./colour.js" */
/** @import {Levels} from "./levels.js" */
/** @import {Surface} from "./surface.js" */

const TINTS = 256;
const LINE_STRENGTH = 0.3;
const BASIN_STRENGTH = 0.42;

/** More lines than this are scratches. */
const MOST_LINES = 120;

/**
 * @typedef {{low: Rgb, high: Rgb, ink: Rgb, surface: Rgb, basins: Rgb[], font: string}} ReliefLook
 * @typedef {{values: ArrayLike<number>, grid: number}} Ground  row 0 at the top; NaN where there is no number
 */

/**
 * The colours of the theme in force.
 *
 * @param {Element} [element]
 * @returns {ReliefLook}
 */
export function readReliefLook(element = document.documentElement) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => parseColour(style.getPropertyValue(name));
  return {
    low: read("--relief-low"),
    high: read("--relief-high"),
    ink: read("--ink"),
    surface: read("--surface"),
    basins: Array.from({ length: 10 }, (_, index) => read(`--class-${index}`)),
    font: readFont(style),
  };
}

/** @typedef {ReturnType<typeof createRelief>} Painter */

export function createRelief() {
  const buffer = createBuffer();
  const tint = createBuffer();

  return {
    /**
     * @param {Surface} surface
     * @param {number} size
     * @param {Ground} ground
     * @param {Levels} levels
     * @param {ReliefLook} look
     */
    paint(surface, size, { values, grid }, levels, look) {
      const table = Uint32Array.from({ length: TINTS }, (_, i) => pack(mix(look.low, look.high, i / (TINTS - 1))));
      const nothing = pack(mix(look.surface, look.ink, 0.12));
      buffer.resize(grid, grid);
      for (let i = 0; i < grid * grid; i++) {
        const value = values[i] ?? NaN;
        buffer.pixels[i] = Number.isFinite(value)
          ? (table[Math.round(levels.share(value) * (TINTS - 1))] ?? nothing)
          : nothing;
      }
      buffer.flush();
      buffer.draw(surface, { left: 0, top: 0, side: grid }, { x: 0, y: 0, size });
    },

    /**
     * @param {Surface} surface
     * @param {number} size
     * @param {{which: ArrayLike<number>, grid: number}} basins  which minimum is reached, −1 for none
     * @param {ReliefLook} look
     */
    paintBasins(surface, size, { which, grid }, look) {
      tint.resize(grid, grid);
      const alpha = Math.round(255 * BASIN_STRENGTH) << 24;
      const table = look.basins.map((colour) => ((pack(colour) & 0xffffff) | alpha) >>> 0);
      const none = ((pack(look.ink) & 0xffffff) | (38 << 24)) >>> 0;
      for (let i = 0; i < grid * grid; i++) {
        const index = which[i] ?? -1;
        tint.pixels[i] = index < 0 ? none : (table[index % table.length] ?? none);
      }
      tint.flush();
      // Each start is a place of its own: nothing lies between two colours.
      surface.imageSmoothingEnabled = false;
      tint.draw(surface, { left: 0, top: 0, side: grid }, { x: 0, y: 0, size });
      surface.imageSmoothingEnabled = true;
    },
  };
}

/**
 * Lines of equal height. Ground of many minima, where every level has many rings, has fewer of them, and fainter ones.
 *
 * @param {Surface} surface
 * @param {number} size
 * @param {Ground} ground
 * @param {Levels} levels
 * @param {ReliefLook} look
 */
export function drawLines(surface, size, ground, { levels }, look) {
  const every = thinning(levels.map((level) => countContours(ground, level)));
  surface.strokeStyle = css(look.ink);
  surface.globalAlpha = LINE_STRENGTH / Math.sqrt(every);
  surface.lineWidth = 1;
  surface.lineJoin = "round";
  surface.beginPath();
  levels.forEach((level, i) => {
    if (i % every === every - 1) addContour(surface, size, ground, level);
  });
  surface.stroke();
  surface.globalAlpha = 1;
}

/**
 * So that of levels with so many lines each no more are drawn than can be followed: every how many of the levels.
 *
 * @param {number[]} counts
 */
export function thinning(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Math.min(Math.max(1, Math.ceil(total / MOST_LINES)), Math.max(1, Math.ceil(counts.length / 2)));
}

/**
 * The height at a place of the map, between the points that are known.
 *
 * @param {Ground} ground
 * @param {number} across  from 0 at the left to 1
 * @param {number} down    from 0 at the top to 1
 */
export const heightAt = ({ values, grid }, across, down) => sample(values, { from: 0, grid, scale: 127 }, across, down);
