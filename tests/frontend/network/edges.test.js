import assert from "node:assert/strict";
import { test } from "node:test";

import { drawEdges, edgeStyles } from "../../../static/js/network/edges.js";
import { LIGHT } from "../palette.js";

/** Widths that the edges of a crowded gap are drawn with, from the weakest. @param {boolean} bold */
function widths(bold) {
  /** @type {number[]} */
  const seen = [];
  /** @type {any} */
  const surface = { lineWidth: 0, strokeStyle: "", stroke: () => seen.push(surface.lineWidth) };
  const levels = Int8Array.from({ length: 256 }, (_, edge) => (edge % 20) + 1);
  const path = /** @type {any} */ ({ solid: null, dashed: null });
  drawEdges(surface, levels, Array(256).fill(path), edgeStyles({ ...LIGHT.palette, bold }));
  return seen;
}

test("the stronger an edge, the wider", () => {
  const seen = widths(false);
  assert.ok(seen.every((width, index) => index === 0 || width >= (seen[index - 1] ?? 0)));
  assert.ok((seen[0] ?? 0) < 1);
});

test("no edge is too thin for a projector", () => {
  assert.equal(Math.min(...widths(true)), 1.4);
  assert.equal(Math.max(...widths(true)), Math.max(...widths(false)));
});
