/** A picture in layers, one canvas above the other: those that changed are drawn, once a frame, while they are seen. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h } from "../../base/dom.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { onSight } from "../../base/visibility.js";

/** @typedef {{width: number, height: number}} Size */

/**
 * @template {string} Name
 * @param {HTMLElement} frame  whose size they take
 * @param {{[name in Name]: (context: CanvasRenderingContext2D, size: Size) => void}} painters  the lowest first
 */
export function createLayers(frame, painters) {
  const names = /** @type {Name[]} */ (Object.keys(painters));
  const canvases = new Map(names.map((name) => [name, h("canvas", { class: "search-layer", "aria-hidden": "true" })]));
  frame.prepend(...canvases.values());
  let size = { width: 0, height: 0 };
  let isSeen = false;
  /** @type {Set<Name>} */
  const stale = new Set(names);

  const draw = () => {
    if (!isSeen || size.width <= 0 || size.height <= 0) return;
    for (const [name, canvas] of canvases) {
      if (!stale.delete(name)) continue;
      const { context } = fitCanvas(canvas, size);
      context.clearRect(0, 0, size.width, size.height);
      painters[name](context, size);
    }
  };
  const drawSoon = oncePerFrame(draw);
  /** @param {...Name} changed  all of them where none is named */
  const redraw = (...changed) => {
    for (const name of changed.length > 0 ? changed : names) stale.add(name);
    drawSoon();
  };
  /** @param {...Name} changed  in the frame that is being made */
  const redrawNow = (...changed) => {
    for (const name of changed) stale.add(name);
    draw();
  };
  onResize(frame, ({ width, height }) => {
    size = { width: Math.floor(width), height: Math.floor(height) };
    redraw();
  });
  onSight(frame, (seen) => {
    isSeen = seen;
    drawSoon();
  });
  return { redraw, redrawNow, size: () => size };
}
