/** Draws a network: edges by weight, a live map in every unit, a mark for its bias. */

import { fitCanvas } from "../base/canvas.js";
import { css, signTable } from "../draw/colour.js";
import { biasMark, drawEdges, edgePaths, edgeStyles, levelsOf } from "./edges.js";
import { createAtlas } from "../draw/heatmap.js";
import { biasName, pointOnEdge } from "./layout.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {EdgePaths} from "./edges.js" */
/** @import {Column, Gap, Layout} from "./layout.js" */

/**
 * More edges than this are drawn over several frames, some 10 µs each on a machine without a graphics
 * card: nobody sees the width of a line lag by 100 ms.
 */
const EDGES_A_FRAME = 140;
const FADED = 0.25;

/**
 * What to draw: nothing in here changes while the network trains.
 *
 * @typedef {object} Plan
 * @property {Layout} layout
 * @property {Gap[]} gaps
 * @property {{name: string, offset: number, shape: number[]}[]} arrays  the places in theta
 * @property {boolean[]} chosen  for each feature, whether the network is given it
 * @property {Set<number>} frozen  the places in theta of what training does not move
 *
 * @typedef {{theta: ArrayLike<number>, maps: ArrayLike<number>, scales: ArrayLike<number>, grid: number,
 *   masks: Masks | null}} Values
 * @typedef {{data: ArrayLike<number>, batch: number}} Masks  of dropout in the next update: a unit's points in a
 *   row, 0 where it is silent
 * @typedef {{maps: ArrayLike<number>, scales: ArrayLike<number>, grid: number}} FeatureMaps
 * @typedef {{gap: number, has: (edge: number) => boolean}} Lit  the edges that are pointed at
 */

/** @param {HTMLCanvasElement} canvas */
export function createNetworkPicture(canvas) {
  const units = createAtlas();
  const features = createAtlas();
  /** @type {{signed: Uint32Array, styles: ReturnType<typeof edgeStyles>, palette: Palette} | null} */
  let look = null;
  /** @type {Plan | null} */
  let plan = null;
  /** @type {EdgePaths[]} */
  let paths = [];
  /** @type {Int8Array[]} of each gap the levels that are on the canvas: most frames change few */
  let drawn = [];
  /** @type {FeatureMaps | null} */
  let featureMaps = null;
  /** @type {Lit | null} */
  let lit = null;
  let next = 0;
  let whole = true;

  const paintFeatures = () => {
    if (look && featureMaps) features.paint(featureMaps.maps, featureMaps.scales, featureMaps.grid, look.signed);
    whole = true;
  };

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Plan} shown
   */
  const drawFeatures = (context, { layout, chosen }) => {
    const [column] = layout.columns;
    if (!column) return;
    for (const unit of column.units) {
      context.globalAlpha = chosen[unit.index] ? 1 : FADED;
      if (featureMaps) features.draw(context, unit.index, corner(column, unit));
    }
    context.globalAlpha = 1;
  };

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Gap} gap
   * @param {number} index
   * @param {Int8Array} levels
   */
  const drawGap = (context, gap, index, levels) => {
    if (!look || !plan) return;
    context.clearRect(gap.x0, 0, gap.x1 - gap.x0, plan.layout.height);
    context.save();
    context.beginPath();
    context.rect(gap.x0, 0, gap.x1 - gap.x0, plan.layout.height);
    context.clip();
    const isLit = lit?.gap === index ? lit.has : undefined;
    drawEdges(context, levels, paths[index] ?? [], look.styles, isLit);
    drawFrozen(context, gap, plan.frozen, look.palette);
    context.restore();
    drawn[index] = levels;
  };

  /**
   * The gaps that look different in turn, as many as a frame has time for; all of them where everything is new.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Gap[]} gaps
   * @param {ArrayLike<number>} theta
   * @returns {boolean} whether there are edges still to draw
   */
  const drawGaps = (context, gaps, theta) => {
    let budget = whole ? Infinity : EDGES_A_FRAME;
    for (let count = 0; count < gaps.length; count++) {
      const index = next % gaps.length;
      const gap = /** @type {Gap} */ (gaps[index]);
      const levels = levelsOf(gap, theta);
      if (whole || !sameLevels(levels, drawn[index])) {
        budget -= levels.length;
        if (budget < 0 && count > 0) return true;
        drawGap(context, gap, index, levels);
      }
      next = index + 1;
    }
    return false;
  };

  return {
    /** @param {{palette: Palette, discretize: boolean}} options */
    setLook({ palette, discretize }) {
      look = { signed: signTable(palette, { discretize }), styles: edgeStyles(palette), palette };
      paintFeatures();
    },

    /** @param {FeatureMaps | null} maps  of all features, in the order of the first column */
    setFeatures(maps) {
      featureMaps = maps;
      paintFeatures();
    },

    /** @param {Plan} next */
    setPlan(next) {
      plan = next;
      paths = next.gaps.map(edgePaths);
      drawn = [];
      lit = null;
      whole = true;
    },

    /** @param {Lit | null} edges */
    setLit(edges) {
      if (edges === lit) return;
      lit = edges;
      whole = true;
    },

    /** Draws everything at the next `draw`. */
    refresh() {
      whole = true;
    },

    /**
     * @param {Values | null} values  null where there are none of this network yet
     * @returns {boolean} whether edges are left for the next call
     */
    draw(values) {
      if (!plan || !look) return false;
      const { layout, gaps, arrays } = plan;
      const { context } = fitCanvas(canvas, layout);
      if (whole) {
        context.clearRect(0, 0, layout.width, layout.height);
        drawFeatures(context, plan);
      }
      const unfinished = values ? drawGaps(context, gaps, values.theta) : false;
      whole = false;
      if (values) units.paint(values.maps, values.scales, values.grid, look.signed);
      for (const column of layout.columns.slice(1)) {
        const bias = arrays.find(({ name }) => name === biasName(column));
        for (const unit of column.units) {
          const at = corner(column, unit);
          if (values) units.draw(context, column.first + unit.index, at);
          else fillTile(context, at, look.palette);
          if (!values || !bias) continue;
          if (values.masks && column.role === "hidden") drawMask(context, at, column.first + unit.index, values.masks, look.palette);
          const place = bias.offset + unit.index;
          drawBias(context, at, values.theta[place] ?? 0, look.palette, plan.frozen.has(place));
        }
      }
      return unfinished;
    },
  };
}

/**
 * @param {Int8Array} levels
 * @param {Int8Array | undefined} others
 */
const sameLevels = (levels, others) => others !== undefined && levels.every((level, edge) => level === others[edge]);

/**
 * @param {Column} column
 * @param {{x: number, y: number}} unit
 */
function corner({ tile }, { x, y }) {
  return { x: Math.round(x - tile / 2), y: Math.round(y - tile / 2), size: tile };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, size: number}} at
 * @param {Palette} palette
 */
function fillTile(context, { x, y, size }, palette) {
  context.fillStyle = css(palette.zero);
  context.fillRect(x, y, size, size);
}

/** Of a larger batch the first points are shown: more could not be told apart. */
const MOST_CELLS = 12;
const CELL_HEIGHT = 3;

/**
 * Dropout's next mask over a unit, outside its map: one cell for each point of the batch, dark where the unit is
 * silent for it.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, size: number}} at
 * @param {number} unit
 * @param {Masks} masks
 * @param {Palette} palette
 */
function drawMask(context, { x, y, size }, unit, { data, batch }, palette) {
  const cells = Math.min(batch, MOST_CELLS);
  const mask = Array.from({ length: cells }, (_, cell) => data[unit * batch + cell] ?? 1);
  if (mask.every((value) => value === 1)) return; // A layer without dropout.
  const top = y - CELL_HEIGHT - 1;
  mask.forEach((value, cell) => {
    const [left, right] = [Math.round((cell / cells) * size), Math.round(((cell + 1) / cells) * size)];
    context.fillStyle = css(value === 0 ? palette.ink : palette.surface);
    context.fillRect(x + left, top, right - left, CELL_HEIGHT);
  });
}

/** Side of the mark on a frozen edge. */
const FROZEN_MARK = 7;

/**
 * A small square on the middle of every frozen edge.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Gap} gap
 * @param {Set<number>} frozen
 * @param {Palette} palette
 */
function drawFrozen(context, { x0, x1, y0, y1, weight }, frozen, palette) {
  if (frozen.size === 0) return;
  context.fillStyle = css(palette.surface);
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1.5;
  weight.forEach((place, edge) => {
    if (!frozen.has(place)) return;
    const [x, y] = pointOnEdge({ x0, x1, y0: y0[edge] ?? NaN, y1: y1[edge] ?? NaN }, 0.5);
    context.beginPath();
    context.rect(x - FROZEN_MARK / 2, y - FROZEN_MARK / 2, FROZEN_MARK, FROZEN_MARK);
    context.fill();
    context.stroke();
  });
}

/**
 * A disc below the left corner, outside the map: as large as the bias, its colour the sign, and a bar in it where it
 * is negative. Where it is frozen it is a square.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, size: number}} at
 * @param {number} bias
 * @param {Palette} palette
 * @param {boolean} isFrozen
 */
function drawBias(context, { x, y, size }, bias, palette, isFrozen) {
  const { largest, radius } = biasMark(bias, size);
  const [middleX, middleY] = [x + largest, y + size + largest + 1];
  context.clearRect(x - 1, y + size + 1, 2 * largest + 2, 2 * largest + 1); // what it was before
  context.beginPath();
  if (isFrozen) context.rect(middleX - radius, middleY - radius, 2 * radius, 2 * radius);
  else context.arc(middleX, middleY, radius, 0, 2 * Math.PI);
  context.fillStyle = css(bias < 0 ? palette.negative : palette.positive);
  context.fill();
  if (bias < 0 && radius > 2) {
    context.fillStyle = css(palette.surface);
    context.fillRect(middleX - radius * 0.6, middleY - 0.6, radius * 1.2, 1.2);
  }
}
