import assert from "node:assert/strict";
import { test } from "node:test";

import { contourLines, leadOf } from "../../../static/js/draw/contour.js";

test("the contour of a slope is one straight line", () => {
  const field = [-1, 0, 1, -1, 0, 1, -1, 0, 1].map((value) => value + 0.5);
  assert.deepEqual(contourLines(field, 3), [[0.25, 0, 0.25, 0.5, 0.25, 1]]);
});

test("a hill has a ring around it, which comes back to where it began", () => {
  const field = [-1, -1, -1, -1, 1, -1, -1, -1, -1];
  assert.deepEqual(contourLines(field, 3), [[0.5, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 0.5, 0.5, 0.25]]);
});

test("a saddle is cut into two lines that do not cross", () => {
  assert.deepEqual(contourLines([3, -1, -1, 3], 2), [
    [0.75, 0, 1, 0.25],
    [0.25, 1, 0, 0.75],
  ]);
  assert.deepEqual(contourLines([1, -3, -3, 1], 2), [
    [0.25, 0, 0, 0.25],
    [1, 0.75, 0.75, 1],
  ]);
});

test("no contour where nothing changes sign, nor beside what is no number", () => {
  assert.deepEqual(contourLines(new Int8Array(16).fill(5), 4), []);
  assert.deepEqual(contourLines([1, NaN, -1, 1], 2), []);
});

test("lines pass through every crossing of the grid once, whatever the field before was", () => {
  // x² − y² and its like on grids of several sizes, with levels between the values
  for (const grid of [2, 5, 17, 8, 3]) {
    const field = Array.from(
      { length: grid * grid },
      (_, i) => (((i % grid) * 7 + Math.floor(i / grid) * 5) * 13) % 29,
    );
    for (const level of [3.5, 14.5, 20.5]) {
      const above = field.map((value) => value > level);
      /** @type {number[][]} */
      const wanted = [];
      above.forEach((is, i) => {
        const [column, row] = [i % grid, Math.floor(i / grid)];
        const share = (/** @type {number} */ other) =>
          (level - (field[i] ?? 0)) / ((field[other] ?? 0) - (field[i] ?? 0));
        if (column + 1 < grid && is !== above[i + 1]) wanted.push([column + share(i + 1), row]);
        if (row + 1 < grid && is !== above[i + grid]) wanted.push([column, row + share(i + grid)]);
      });
      const found = contourLines(field, grid, level).flatMap((line) => {
        const points = Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i] ?? NaN, line[2 * i + 1] ?? NaN]);
        const isRing = String(points[0]) === String(points.at(-1));
        return isRing ? points.slice(1) : points;
      });
      const text = (/** @type {number[][]} */ points, size = 1) =>
        points.map((point) => point.map((value) => (value * size).toFixed(9)).join(" ")).sort();
      assert.deepEqual(text(found, grid - 1), text(wanted));
    }
  }
});

test("the lead of a class is what it is ahead of the best other", () => {
  const maps = Int8Array.of(10, 20, 30);
  assert.deepEqual([...leadOf(maps, [1, 1, 1], 1, 0)], [-20]);
  assert.deepEqual([...leadOf(Int8Array.of(10, 30, 0), [2, 1, 1], 1, 1)], [10]);
});
