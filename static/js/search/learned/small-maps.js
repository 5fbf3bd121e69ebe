/** Small maps of what networks learned, several that came together: one for each canvas. */

import { fitCanvas } from "../../base/canvas.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { createMap } from "../../draw/class-map.js";
import { readPalette, watchPalette } from "../../draw/palette.js";

/** @import {Picture} from "../../draw/class-map.js" */

/** @typedef {{grid: number, maps: ArrayLike<number>, scales: ArrayLike<number>}} Together  one after the other */

/**
 * @param {() => {together: Together | null, canvases: readonly HTMLCanvasElement[]}} shown  as many as there are maps
 * @returns {() => void}  draws them soon; other colours do so too
 */
export function createSmallMaps(shown) {
  const map = createMap();
  const drawSoon = oncePerFrame(() => {
    const { together, canvases } = shown();
    if (!together) return;
    const palette = readPalette();
    canvases.forEach((canvas, i) => {
      const { clientWidth: size } = canvas;
      if (canvas.hidden || size === 0) return;
      const { context } = fitCanvas(canvas, { width: size, height: size });
      map.paint(context, size, mapOf(together, canvases.length, i), { palette, discretize: false });
    });
  });
  watchPalette(drawSoon);
  return drawSoon;
}

/**
 * @param {Together} together
 * @param {number} count  how many there are
 * @param {number} index
 * @returns {Picture}
 */
function mapOf({ grid, maps, scales }, count, index) {
  const each = scales.length / count;
  const cells = each * grid * grid;
  return {
    grid,
    maps: Array.from({ length: cells }, (_, i) => maps[index * cells + i] ?? 0),
    scales: Array.from({ length: each }, (_, i) => scales[index * each + i] ?? 0),
  };
}
