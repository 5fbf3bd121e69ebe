/** Draws a network: edges by weight, a live map in every unit, a mark for its bias. */

import { fitCanvas } from "../base/canvas.js";
import { signTable } from "../draw/colour.js";
import { edgePaths, edgeStyles, levelsOf } from "./edges.js";
import { createAtlas } from "../draw/heatmap.js";
import { drawFeatures, drawGap, drawUnits } from "./tiles.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {EdgePaths, EdgeStyles} from "./edges.js" */
/** @import {Gap} from "./layout.js" */
/** @import {Plan, Values} from "./tiles.js" */

/**
 * More edges than this are drawn over several frames, some 10 µs each on a machine without a graphics
 * card: nobody sees the width of a line lag by 100 ms.
 */
const EDGES_A_FRAME = 140;

/**
 * @typedef {{maps: ArrayLike<number>, scales: ArrayLike<number>, grid: number}} FeatureMaps
 * @typedef {{gap: number, has: (edge: number) => boolean}} Lit  the edges that are pointed at
 * @typedef {(gap: number) => (edge: number) => boolean} Traced  whether an edge of a gap is one that a step is about
 */

/** @param {HTMLCanvasElement} canvas */
export function createNetworkPicture(canvas) {
  const units = createAtlas();
  const features = createAtlas();
  /** @type {{signed: Uint32Array, styles: EdgeStyles, palette: Palette} | null} */
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
  /** @type {Traced | null} */
  let traced = null;
  let next = 0;
  let whole = true;

  const paintFeatures = () => {
    if (look && featureMaps) features.paint(featureMaps.maps, featureMaps.scales, featureMaps.grid, look.signed);
    whole = true;
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
        const pointed = lit?.gap === index ? lit.has : undefined;
        const isLit = pointed ?? traced?.(index);
        const edges = { gap, levels, paths: paths[index] ?? [] };
        if (plan && look) drawGap(context, edges, plan, look, isLit, traced !== null && !pointed);
        drawn[index] = levels;
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

    /** @param {Traced | null} edges  those that a step is about; the others are dimmed */
    setTraced(edges) {
      if (edges === traced) return;
      traced = edges;
      whole = true;
    },

    /**
     * One unit alone, over a whole canvas.
     *
     * @param {HTMLCanvasElement} alone
     * @param {number} index  of the unit among all but the inputs
     */
    drawUnit(alone, index) {
      const { context, width } = fitCanvas(alone);
      units.draw(context, index, { x: 0, y: 0, size: width });
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
      const { layout, gaps } = plan;
      const { context } = fitCanvas(canvas, layout);
      if (whole) {
        context.clearRect(0, 0, layout.width, layout.height);
        drawFeatures(context, plan, featureMaps && features);
      }
      const unfinished = values ? drawGaps(context, gaps, values.theta) : false;
      whole = false;
      if (values) units.paint(values.maps, values.scales, values.grid, look.signed);
      drawUnits(context, plan, values, units, look.palette);
      return unfinished;
    },
  };
}

/**
 * @param {Int8Array} levels
 * @param {Int8Array | undefined} others
 */
const sameLevels = (levels, others) => others !== undefined && levels.every((level, edge) => level === others[edge]);
