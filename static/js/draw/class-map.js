/** Paints one large map: a signed one, or one of several classes. */

import { classTables, signTable } from "./colour.js";
import { createBuffer, paintClasses, paintSigned, refine, sample, shownGain } from "./heatmap.js";

/** @import {Palette} from "./colour.js" */

/** Samples between two of the map when only the decision is shown: its edge must be sharp. */
const SHARP = 4;
const SHARP_ABOVE = 72;

/**
 * One map, or one for each class, of the square [−6, 6]².
 *
 * @typedef {{maps: ArrayLike<number>, scales: ArrayLike<number>, grid: number}} Picture
 */
export function createMap() {
  const buffer = createBuffer();
  const tables = createTables();

  return {
    /**
     * @param {CanvasRenderingContext2D} context
     * @param {number} size
     * @param {Picture} picture
     * @param {{palette: Palette, discretize: boolean}} look
     */
    paint(context, size, picture, look) {
      const shown = look.discretize ? sharpened(picture) : picture;
      const { maps, scales, grid } = shown;
      buffer.resize(grid, grid);
      if (scales.length === 1) {
        const gain = shownGain(scales[0] ?? 0);
        paintSigned(buffer.pixels, { at: 0, stride: grid }, maps, { from: 0, grid, gain }, tables.signed(look));
      } else {
        paintClasses(buffer.pixels, maps, scales, grid, tables.classes(look, scales.length));
      }
      buffer.flush();
      buffer.draw(context, { left: 0, top: 0, side: grid }, { x: 0, y: 0, size });
    },

    /**
     * @param {Picture} picture
     * @param {number} across
     * @param {number} down
     */
    valuesAt: ({ maps, scales, grid }, across, down) =>
      Array.from(scales, (scale, index) => sample(maps, { from: index * grid * grid, grid, scale }, across, down)),
  };
}

/** @param {Picture} picture */
function sharpened({ maps, scales, grid }) {
  return { ...refine(maps, grid, grid > SHARP_ABOVE ? 2 : SHARP), scales };
}

/** Makes tables when the look changes, not when the picture does. */
function createTables() {
  /** @type {Palette | null} */
  let palette = null;
  let discretize = false;
  /** @type {Uint32Array | null} */
  let signed = null;
  /** @type {Uint32Array[]} */
  let classes = [];

  /** @param {{palette: Palette, discretize: boolean}} look */
  const renew = (look) => {
    if (look.palette === palette && look.discretize === discretize) return;
    ({ palette, discretize } = look);
    signed = null;
    classes = [];
  };

  return {
    /** @param {{palette: Palette, discretize: boolean}} look */
    signed(look) {
      renew(look);
      return (signed ??= signTable(look.palette, look));
    },
    /**
     * @param {{palette: Palette, discretize: boolean}} look
     * @param {number} count
     */
    classes(look, count) {
      renew(look);
      if (classes.length !== count) classes = classTables(look.palette, count, look);
      return classes;
    },
  };
}
