/** A surface seen from above as part of a vector picture: its tints are an image in it, all else are lines. */

import { css } from "./colour.js";
import { contour } from "./contour.js";
import { createRelief } from "./height-map.js";
import { number, svg } from "./svg.js";

/** @import {Levels} from "./levels.js" */
/** @import {Ground, ReliefLook} from "./height-map.js" */

/** Pixels of the ground for each unit of the picture. */
const SHARP = 2;

/**
 * @param {Ground} ground
 * @param {Levels} levels
 * @param {ReliefLook} look
 * @param {number} size
 * @returns {string} one group, with its origin at the top left of the map
 */
export function reliefSvg(ground, levels, look, size) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SHARP * size;
  createRelief().paint(/** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")), canvas.width, ground, levels, look);
  const lines = levels.levels.map((level) => {
    const segments = contour(ground.values, ground.grid, level).map((share) => number(share * size));
    let d = "";
    for (let i = 0; i < segments.length; i += 4) d += `M${segments[i]} ${segments[i + 1]}L${segments[i + 2]} ${segments[i + 3]}`;
    return svg("path", { d, fill: "none", stroke: css(look.ink), opacity: 0.3 });
  });
  return svg("g", {}, svg("image", { width: size, height: size, href: canvas.toDataURL("image/png") }), ...lines);
}
