/** Draws weights as curves: as wide as the weight is large, dashed where it is negative. */

import { css, mix } from "../draw/colour.js";
import { Shape } from "../draw/surface.js";
import { pointOnEdge } from "./layout.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Surface} from "../draw/surface.js" */
/** @import {Gap} from "./layout.js" */

/** Widths and colours are rounded to so many levels, so that edges of a level share one style. */
const LEVELS = 20;
const WIDEST = 4.8;
const THINNEST = 0.4;
const THINNEST_LIT = 2;

/** What a projector still shows. */
const THINNEST_BOLD = 1.4;

/** Where more edges than this run between two layers, all are thinner, so that they stay apart. */
const CROWD = 80;

/** The weight that is drawn at 63 % of the full strength. */
const TYPICAL = 1.4;
const DASH = 5;

/** How much is left of edges beside those that a step is about. */
const DIMMED = 0.12;

const LARGEST_BIAS_MARK = 4.5;
const LEAST_BIAS_MARK = 1.5;

/**
 * How strong an edge looks, from 0 to 1. It grows steeply where weights usually are, and never stops.
 *
 * @param {number} weight
 */
export const strength = (weight) => 1 - Math.exp(-Math.abs(weight) / TYPICAL);

/**
 * The radius of the mark that stands for a bias in the corner of its unit.
 *
 * @param {number} bias
 * @param {number} size  side of the unit's tile
 */
export function biasMark(bias, size) {
  const largest = Math.min(LARGEST_BIAS_MARK, size / 7);
  return { largest, radius: LEAST_BIAS_MARK + (largest - LEAST_BIAS_MARK) * strength(2 * bias) };
}

/**
 * @typedef {{solid: Shape, dashed: Shape}[]} EdgePaths
 *
 * @param {Gap} gap
 * @returns {EdgePaths}
 */
export function edgePaths({ x0, x1, y0, y1 }) {
  return Array.from(y0, (start, index) => {
    const edge = { x0, x1, y0: start, y1: y1[index] ?? NaN };
    const middle = (x0 + x1) / 2;
    const solid = new Shape((path) => {
      path.moveTo(x0, edge.y0);
      path.bezierCurveTo(middle, edge.y0, middle, edge.y1, x1, edge.y1);
    });
    return { solid, dashed: dash(edge) };
  });
}

/**
 * Straight pieces: stroking a curve with a dash pattern costs twice as much.
 *
 * @param {{x0: number, x1: number, y0: number, y1: number}} edge
 */
function dash(edge) {
  const length = Math.hypot(edge.x1 - edge.x0, edge.y1 - edge.y0) * 1.08;
  const count = Math.max(3, Math.round(length / (2 * DASH)));
  return new Shape((path) => {
    for (let i = 0; i < count; i++) {
      path.moveTo(...pointOnEdge(edge, i / count));
      path.lineTo(...pointOnEdge(edge, (i + 0.58) / count));
    }
  });
}

/**
 * @typedef {{positive: string[], negative: string[], faint: string, thinnest: number}} EdgeStyles
 *
 * @param {Palette} palette
 * @returns {EdgeStyles}
 */
export function edgeStyles(palette) {
  const colours = (/** @type {import("../draw/colour.js").Rgb} */ end) =>
    Array.from({ length: LEVELS }, (_, level) => css(mix(palette.zero, end, 0.35 + (0.65 * (level + 1)) / LEVELS)));
  return {
    positive: colours(palette.positive),
    negative: colours(palette.negative),
    faint: css(palette.zero),
    thinnest: palette.bold ? THINNEST_BOLD : 0,
  };
}

/**
 * Draws all edges of a gap, the weakest first.
 *
 * @param {Surface} surface
 * @param {Int8Array} levels  from `levelsOf`
 * @param {EdgePaths} paths
 * @param {EdgeStyles} styles
 * @param {(edge: number) => boolean} [isLit]  where given, the others are drawn faintly
 * @param {boolean} [dimmed]  whether they keep their colours then, and are a hint alone
 */
export function drawEdges(surface, levels, paths, styles, isLit, dimmed = false) {
  const others = isLit && !dimmed ? styles.faint : null;
  surface.globalAlpha = dimmed ? DIMMED : 1;
  for (let level = 1; level <= LEVELS; level++) {
    surface.lineWidth = Math.max(styles.thinnest, edgeWidth(level, levels.length));
    for (let edge = 0; edge < levels.length; edge++) {
      const signed = /** @type {number} */ (levels[edge]);
      if (signed !== level && signed !== -level) continue;
      const path = /** @type {EdgePaths[number]} */ (paths[edge]);
      const colours = signed < 0 ? styles.negative : styles.positive;
      surface.strokeStyle = others ?? colours[level - 1] ?? styles.faint;
      surface.stroke(signed < 0 ? path.dashed : path.solid);
    }
  }
  surface.globalAlpha = 1;
  if (isLit) drawLit(surface, levels, paths, styles, isLit);
}

/**
 * The edges that are pointed at, over the others and never too thin to be seen.
 *
 * @param {Surface} surface
 * @param {Int8Array} levels
 * @param {EdgePaths} paths
 * @param {EdgeStyles} styles
 * @param {(edge: number) => boolean} isLit
 */
function drawLit(surface, levels, paths, styles, isLit) {
  paths.forEach((path, edge) => {
    if (!isLit(edge)) return;
    const signed = levels[edge] ?? 0;
    const level = Math.max(1, Math.abs(signed));
    surface.lineWidth = Math.max(THINNEST_LIT, widthOf(level));
    surface.strokeStyle = (signed < 0 ? styles.negative : styles.positive).at(-1) ?? styles.faint;
    surface.stroke(signed < 0 ? path.dashed : path.solid);
  });
}

/**
 * @param {number} level
 * @param {number} count  how many edges run between the two layers
 */
const edgeWidth = (level, count) => Math.min(1, Math.sqrt(CROWD / count)) * widthOf(level);

/** @param {number} level */
const widthOf = (level) => THINNEST + (level / LEVELS) * (WIDEST - THINNEST);

/**
 * The level of each edge, negative for a negative weight. Only a weight of exactly 0 has none.
 *
 * @param {Gap} gap
 * @param {ArrayLike<number>} theta
 */
export function levelsOf({ weight }, theta) {
  const levels = new Int8Array(weight.length);
  for (let edge = 0; edge < levels.length; edge++) {
    const value = theta[weight[edge] ?? -1] ?? 0;
    const level = value === 0 ? 0 : Math.max(1, Math.round(strength(value) * LEVELS));
    levels[edge] = value < 0 ? -level : level;
  }
  return levels;
}
