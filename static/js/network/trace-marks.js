/** What a step of one point shows in the diagram: values beside units, numbers on links, a ring around a unit. */

import { h, setText } from "../base/dom.js";
import { pointOnEdge } from "./layout.js";

/** @import {Tracing} from "../base/types.js" */
/** @import {Column, Gap, Layout} from "./layout.js" */
/** @import {Traced} from "./picture.js" */

/** Between tiles that are closer than this a value stands above its tile, and a link's number in short. */
const ROOM = { beside: 64, long: 270, least: 44 };

/** Numbers on links that are closer than this would cover each other, in pixels down. */
const PITCH = 20;

/** Where on a link its number may stand, the best place first. */
const PLACES = [0.5, 0.36, 0.64];

/**
 * @typedef {{layout: Layout, gaps: Gap[]}} Shape
 *
 * @param {HTMLElement} parent
 */
export function createTraceMarks(parent) {
  const ring = h("span", { class: "trace-ring", hidden: true });
  const texts = h("div");
  parent.append(ring, texts);
  /** @type {HTMLElement[]} */
  const pool = [];

  /**
   * @param {number} index
   * @param {{text: string, x: number, y: number, kind: string}} mark
   */
  const put = (index, { text, x, y, kind }) => {
    const element = (pool[index] ??= h("span"));
    if (!element.isConnected) texts.append(element);
    element.className = `trace-text is-${kind}`;
    setText(element, text);
    element.style.left = `${Math.round(x)}px`;
    element.style.top = `${Math.round(y)}px`;
  };

  return {
    /**
     * @param {Tracing | null} tracing
     * @param {Shape} shape
     * @param {number[]} chosen  for each input its row among all features
     */
    update(tracing, shape, chosen) {
      const marks = tracing ? [...valueMarks(tracing, shape, chosen), ...linkMarks(tracing, shape)] : [];
      marks.forEach((mark, index) => put(index, mark));
      for (const extra of pool.slice(marks.length)) extra.remove();
      const column = tracing?.present && columnOf(shape.layout, tracing.present.layer);
      const unit = column?.units[tracing?.present?.unit ?? -1];
      ring.hidden = !unit;
      if (!column || !unit) return;
      ring.style.setProperty("--tile", `${column.tile}px`);
      ring.style.left = `${unit.x}px`;
      ring.style.top = `${unit.y}px`;
    },
  };
}

/**
 * The edges that a step is about, gap by gap. It is another function only where they are others: for each new one the
 * whole network is drawn.
 *
 * @param {() => Gap[]} gapsNow
 * @returns {(tracing: Tracing | null) => Traced | null}
 */
export function createTracedEdges(gapsNow) {
  let known = "";
  /** @type {Traced | null} */
  let traced = null;
  return (tracing) => {
    const names = tracing && tracing.links.map(({ layer, from, to }) => `${layer} ${from} ${to}`);
    if (JSON.stringify(names) === known) return traced;
    known = JSON.stringify(names);
    const all = new Set(names);
    traced =
      names
      && ((index) => (edge) => {
        const gap = gapsNow()[index];
        return all.has(`${gap?.layer} ${gap?.from[edge]} ${gap?.to[edge]}`);
      });
    return traced;
  };
}

/**
 * @param {Layout} layout
 * @param {number} layer
 * @returns {Column | undefined}
 */
const columnOf = ({ columns }, layer) => columns.find((column) => column.layer === layer && column.role !== "fold");

/**
 * @param {Tracing} tracing
 * @param {Shape} shape
 * @param {number[]} chosen
 */
function valueMarks({ units }, { layout, gaps }, chosen) {
  return units.flatMap(({ layer, unit, text }) => {
    const column = columnOf(layout, layer);
    const place = column?.units[layer < 0 ? (chosen[unit] ?? -1) : unit];
    if (!column || !place) return [];
    const half = column.tile / 2;
    const isLast = column.role === "outputs";
    // right of an output stands the mark of its class
    const gap = gaps[layout.columns.indexOf(column) - (isLast ? 1 : 0)];
    const isRoomy = gap !== undefined && gap.x1 - gap.x0 >= ROOM.beside;
    if (!isRoomy) return [{ text, x: place.x, y: place.y - half, kind: "above" }];
    return isLast
      ? [{ text, x: place.x - half, y: place.y - half, kind: "before" }]
      : [{ text, x: place.x + half, y: place.y - half, kind: "beside" }];
  });
}

/**
 * The numbers on links, the largest first; what would cover one of these is left out.
 *
 * @param {Tracing} tracing
 * @param {Shape} shape
 */
function linkMarks({ links }, { gaps }) {
  const gap = gaps.find(({ layer }) => layer === links[0]?.layer);
  const width = gap ? gap.x1 - gap.x0 : 0;
  if (!gap || width < ROOM.least) return [];
  /** @type {{text: string, x: number, y: number, kind: string}[]} */
  const marks = [];
  for (const { from, to, text, long } of [...links].sort((one, other) => other.size - one.size)) {
    const edge = gap.from.findIndex((each, index) => each === from && gap.to[index] === to);
    if (edge < 0) continue;
    const ends = { x0: gap.x0, x1: gap.x1, y0: gap.y0[edge] ?? NaN, y1: gap.y1[edge] ?? NaN };
    const free = PLACES.map((t) => pointOnEdge(ends, t)).find(([, y]) =>
      marks.every((mark) => Math.abs(mark.y - y) >= PITCH),
    );
    if (free) marks.push({ text: width >= ROOM.long ? long : text, x: free[0], y: free[1], kind: "link" });
  }
  return marks;
}
