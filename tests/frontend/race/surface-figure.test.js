import assert from "node:assert/strict";
import { test } from "node:test";

import { levelsOf } from "../../../static/js/draw/levels.js";
import { meshHeight, pathTraces, surfaceTrace, thinned } from "../../../static/js/race/map/surface-figure.js";

/** @import {Track} from "../../../static/js/race/record.js" */

const BOUNDS = /** @type {const} */ ([-2, 2, -1, 1]);
const GRID = 160;
const f = (/** @type {number} */ x, /** @type {number} */ y) => x * x + 40 * y * y;

const values = Array.from({ length: GRID * GRID }, (_, i) =>
  f(-2 + (4 * (i % GRID)) / (GRID - 1), 1 - (2 * Math.floor(i / GRID)) / (GRID - 1)),
);
const levels = levelsOf(values);
const ground = thinned({ values, grid: GRID });

test("the mesh has the height of its points, and is flat between them", () => {
  const { x, y, z, i, j, k } = surfaceTrace(ground, BOUNDS, levels, { low: "#fff", high: "#000" });
  for (const at of [0, 500, 1000, 2000, i.length - 1]) {
    const corners = [i[at] ?? 0, j[at] ?? 0, k[at] ?? 0];
    const middle = (/** @type {number[]} */ all) => corners.reduce((sum, corner) => sum + (all[corner] ?? NaN), 0) / 3;
    assert.ok(Math.abs(meshHeight(ground, BOUNDS, levels, middle(x), middle(y)) - middle(z)) < 1e-9);
    for (const corner of corners) {
      const found = meshHeight(ground, BOUNDS, levels, x[corner] ?? NaN, y[corner] ?? NaN);
      assert.ok(Math.abs(found - (z[corner] ?? NaN)) < 1e-9);
    }
  }
});

test("paths are above the surface that is drawn, also where that is above the true one", () => {
  const path = Array.from({ length: 41 }, (_, step) => [1.9 * 0.93 ** step, (step % 2 ? 0.8 : -0.8) * 0.9 ** step]);
  const track = /** @type {Track} */ (
    /** @type {unknown} */ ({
      at: (/** @type {string} */ name, /** @type {number} */ step, /** @type {number} */ _, part = 0) => {
        const [x = NaN, y = NaN] = path[step] ?? [];
        return name === "value" ? f(x, y) : part === 0 ? x : y;
      },
    })
  );
  const runner = { member: 0, look: 0, chosen: true, faint: false };
  const { line, heads } = pathTraces(track, [runner], 40, { ground, bounds: BOUNDS, levels }, ["#f00"]);
  const heights = path.map(([x = NaN, y = NaN]) => meshHeight(ground, BOUNDS, levels, x, y));
  const shares = path.map(([x = NaN, y = NaN]) => levels.share(f(x, y)));
  assert.ok(
    heights.some((height, step) => height > (shares[step] ?? NaN)),
    "the drawn surface is above the true one",
  );
  heights.forEach((height, step) => {
    assert.ok((line.z[step] ?? NaN) > height);
    assert.ok((line.z[step] ?? NaN) > (shares[step] ?? NaN));
  });
  assert.ok((heads.z[0] ?? NaN) > (line.z[40] ?? NaN));
});
