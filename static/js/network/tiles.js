/** What stands in the units and on the edges of a network. */

import { css } from "../draw/colour.js";
import { circle } from "../draw/surface.js";
import { biasMark, drawEdges } from "./edges.js";
import { pointOnEdge, biasName } from "./layout.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Atlas} from "../draw/heatmap.js" */
/** @import {Surface} from "../draw/surface.js" */
/** @import {EdgePaths, EdgeStyles} from "./edges.js" */
/** @import {Column, Gap, Layout} from "./layout.js" */
/** @import {Frame} from "../base/types.js" */

/** How clear a feature is that the network is not given. */
export const FADED = 0.25;

/**
 * What to draw: nothing in here changes while the network trains.
 *
 * @typedef {object} Plan
 * @property {Layout} layout
 * @property {Gap[]} gaps
 * @property {{name: string, offset: number, shape: number[]}[]} arrays  the places in theta
 * @property {boolean[]} chosen  for each feature, whether the network is given it
 * @property {number} [faded]  how clear those are that it is not given
 * @property {Set<number>} frozen  the places in theta of what training does not move
 *
 * @typedef {{theta: ArrayLike<number>, maps: ArrayLike<number>, scales: ArrayLike<number>, grid: number,
 *   masks: Masks | null}} Values
 * @typedef {{data: ArrayLike<number>, batch: number}} Masks  of dropout in the next update: a unit's points in a
 *   row, 0 where it is silent
 */

/**
 * @param {Frame} frame
 * @returns {Values}
 */
export function valuesOf({ arrays }) {
  const { theta, neurons, neuron_scale: scales, masks } = arrays;
  const maps = { maps: neurons.data, scales: scales.data, grid: neurons.shape[1] ?? 0 };
  return { theta: theta.data, ...maps, masks: masks ? { data: masks.data, batch: masks.shape[1] ?? 0 } : null };
}

/**
 * The inputs, those that the network is not given faintly.
 *
 * @param {Surface} surface
 * @param {Plan} plan
 * @param {Atlas | null} maps  of all features, as far as they are known
 */
export function drawFeatures(
  surface,
  {
    layout: {
      columns: [column],
    },
    chosen,
    faded = FADED,
  },
  maps,
) {
  for (const unit of column?.units ?? []) {
    surface.globalAlpha = chosen[unit.index] ? 1 : faded;
    if (column) maps?.draw(surface, unit.index, cornerOf(column, unit));
  }
  surface.globalAlpha = 1;
}

/**
 * The edges between two columns.
 *
 * @param {Surface} surface
 * @param {{gap: Gap, levels: Int8Array, paths: EdgePaths}} edges
 * @param {Plan} plan
 * @param {{palette: Palette, styles: EdgeStyles}} look
 * @param {(edge: number) => boolean} [isLit]
 * @param {boolean} [dimmed]
 */
export function drawGap(surface, { gap, levels, paths }, { layout, frozen }, { palette, styles }, isLit, dimmed) {
  surface.clearRect(gap.x0, 0, gap.x1 - gap.x0, layout.height);
  surface.save();
  surface.beginPath();
  surface.rect(gap.x0, 0, gap.x1 - gap.x0, layout.height);
  surface.clip();
  drawEdges(surface, levels, paths, styles, isLit, dimmed);
  drawFrozen(surface, gap, frozen, palette);
  surface.restore();
}

/**
 * All units but the inputs, each with its map, dropout's mask and its bias.
 *
 * @param {Surface} surface
 * @param {Plan} plan
 * @param {Values | null} values
 * @param {Atlas} maps
 * @param {Palette} palette
 */
export function drawUnits(surface, { layout, arrays, frozen }, values, maps, palette) {
  for (const column of layout.columns.slice(1)) {
    const bias = arrays.find(({ name }) => name === biasName(column));
    for (const unit of column.units) {
      const at = cornerOf(column, unit);
      if (values) maps.draw(surface, column.first + unit.index, at);
      else fillTile(surface, at, palette);
      if (!values || !bias) continue;
      if (values.masks && column.role === "hidden") {
        drawMask(surface, at, column.first + unit.index, values.masks, palette);
      }
      const place = bias.offset + unit.index;
      drawBias(surface, at, values.theta[place] ?? 0, palette, frozen.has(place));
    }
  }
}

/**
 * @param {Column} column
 * @param {{x: number, y: number}} unit
 */
export function cornerOf({ tile }, { x, y }) {
  return { x: Math.round(x - tile / 2), y: Math.round(y - tile / 2), size: tile };
}

/**
 * @param {Surface} surface
 * @param {{x: number, y: number, size: number}} at
 * @param {Palette} palette
 */
function fillTile(surface, { x, y, size }, palette) {
  surface.fillStyle = css(palette.zero);
  surface.fillRect(x, y, size, size);
}

/** Of a larger batch the first points are shown: more could not be told apart. */
const MOST_CELLS = 12;
const CELL_HEIGHT = 3;

/**
 * Dropout's next mask over a unit, outside its map: one cell for each point of the batch, dark where the unit is
 * silent for it.
 *
 * @param {Surface} surface
 * @param {{x: number, y: number, size: number}} at
 * @param {number} unit
 * @param {Masks} masks
 * @param {Palette} palette
 */
function drawMask(surface, { x, y, size }, unit, { data, batch }, palette) {
  const cells = Math.min(batch, MOST_CELLS);
  const mask = Array.from({ length: cells }, (_, cell) => data[unit * batch + cell] ?? 1);
  if (mask.every((value) => value === 1)) return; // A layer without dropout.
  const top = y - CELL_HEIGHT - 1;
  mask.forEach((value, cell) => {
    const [left, right] = [Math.round((cell / cells) * size), Math.round(((cell + 1) / cells) * size)];
    surface.fillStyle = css(value === 0 ? palette.ink : palette.surface);
    surface.fillRect(x + left, top, right - left, CELL_HEIGHT);
  });
}

/** Side of the mark on a frozen edge. */
const FROZEN_MARK = 7;

/**
 * A small square on the middle of every frozen edge.
 *
 * @param {Surface} surface
 * @param {Gap} gap
 * @param {Set<number>} frozen
 * @param {Palette} palette
 */
function drawFrozen(surface, { x0, x1, y0, y1, weight }, frozen, palette) {
  if (frozen.size === 0) return;
  surface.fillStyle = css(palette.surface);
  surface.strokeStyle = css(palette.ink);
  surface.lineWidth = 1.5;
  weight.forEach((place, edge) => {
    if (!frozen.has(place)) return;
    const [x, y] = pointOnEdge({ x0, x1, y0: y0[edge] ?? NaN, y1: y1[edge] ?? NaN }, 0.5);
    surface.beginPath();
    surface.rect(x - FROZEN_MARK / 2, y - FROZEN_MARK / 2, FROZEN_MARK, FROZEN_MARK);
    surface.fill();
    surface.stroke();
  });
}

/**
 * A disc below the left corner, outside the map: as large as the bias, its colour the sign, and a bar in it where it
 * is negative. Where it is frozen it is a square.
 *
 * @param {Surface} surface
 * @param {{x: number, y: number, size: number}} at
 * @param {number} bias
 * @param {Palette} palette
 * @param {boolean} isFrozen
 */
function drawBias(surface, { x, y, size }, bias, palette, isFrozen) {
  const { largest, radius } = biasMark(bias, size);
  const [middleX, middleY] = [x + largest, y + size + largest + 1];
  surface.clearRect(x - 1, y + size + 1, 2 * largest + 2, 2 * largest + 1); // what it was before
  circle(surface, middleX, middleY, radius);
  if (isFrozen) {
    surface.beginPath();
    surface.rect(middleX - radius, middleY - radius, 2 * radius, 2 * radius);
  }
  surface.fillStyle = css(bias < 0 ? palette.negative : palette.positive);
  surface.fill();
  if (bias < 0 && radius > 2) {
    surface.fillStyle = css(palette.surface);
    surface.fillRect(middleX - radius * 0.6, middleY - 0.6, radius * 1.2, 1.2);
  }
}
