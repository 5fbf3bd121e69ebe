/** Paints one large map: a signed one, or one of several classes. */

import { classTables, css, signTable } from "./colour.js";
import { addContour, leadOf } from "./contour.js";
import { createBuffer, paintClasses, paintSigned, refine, sample, shownGain } from "./heatmap.js";

/** @import {Palette} from "./colour.js" */
/** @import {Surface} from "./surface.js" */

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
     * @param {Surface} surface
     * @param {number} size
     * @param {Picture} picture
     * @param {{palette: Palette, discretize: boolean}} look
     */
    paint(surface, size, picture, look) {
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
      buffer.draw(surface, { left: 0, top: 0, side: grid }, { x: 0, y: 0, size });
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

/**
 * Lines where the decision changes.
 *
 * @param {Surface} surface
 * @param {number} size
 * @param {Picture} picture
 * @param {Palette} palette
 */
export function drawDecisions(surface, size, { maps, scales, grid }, palette) {
  const fields = scales.length === 1 ? [maps] : Array.from(scales, (_, index) => leadOf(maps, scales, grid, index));
  surface.beginPath();
  for (const values of fields) addContour(surface, size, { values, grid });
  surface.globalAlpha = 0.55;
  surface.lineWidth = 1.25;
  surface.lineCap = surface.lineJoin = "round";
  surface.strokeStyle = css(palette.ink);
  surface.stroke();
  surface.globalAlpha = 1;
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
