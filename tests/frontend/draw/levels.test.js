import assert from "node:assert/strict";
import { test } from "node:test";

import { levelsAfter, levelsAround, levelsOf, niceStep, ticks } from "../../../static/js/draw/levels.js";

/** @param {(x: number, y: number) => number} f @param {number} reach */
const grid = (f, reach) =>
  Array.from({ length: 41 * 41 }, (_, i) =>
    f((((i % 41) - 20) / 20) * reach, ((20 - Math.floor(i / 41)) / 20) * reach),
  );

test("steps along an axis are 1, 2 and 5 times powers of ten", () => {
  assert.deepEqual([0.7, 1, 1.4, 3, 7, 0.03, 180].map(niceStep), [1, 1, 2, 5, 10, 0.05, 200]);
  assert.deepEqual(ticks(-3, 3, 6), [-3, -2, -1, 0, 1, 2, 3]);
  assert.deepEqual(ticks(-0.25, 0.35, 6), [-0.2, -0.1, 0, 0.1, 0.2, 0.3]);
});

test("a gentle surface has even levels, among them round numbers", () => {
  const { levels, logarithmic, low, high, share } = levelsOf(grid((x, y) => x * x - y * y, 2));
  assert.equal(logarithmic, false);
  assert.deepEqual([low, high], [-4, 4]);
  assert.deepEqual(levels, [-4, -3, -2, -1, 0, 1, 2, 3, 4]);
  assert.equal(share(0), 0.5);
});

test("a steep surface has levels by powers of ten, of which some are near the ground", () => {
  const { levels, logarithmic, share } = levelsOf(grid((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, 2));
  assert.equal(logarithmic, true);
  assert.ok(levels.filter((level) => level < 30).length >= 2, String(levels));
  assert.ok(levels.length >= 5 && levels.length <= 16, String(levels));
  assert.ok(share(10) > 0.15, "what is low is told apart");
  assert.equal(share(0), 0);
  assert.equal(share(1e9), 1);
});

test("what is no number has no height, and is not counted", () => {
  const { low, high, share } = levelsOf([NaN, 1, 2, Infinity, 3]);
  assert.deepEqual([low, high], [1, 3]);
  assert.ok(Number.isNaN(share(NaN)));
});

test("a plain has a level nowhere and is no trouble", () => {
  const { levels, share } = levelsOf(new Float32Array(100).fill(7));
  assert.ok(levels.every(Number.isFinite));
  assert.equal(share(7), 0);
});

test("a picture that follows another keeps its scale for as long as that fits", () => {
  const ramp = (/** @type {number} */ low, /** @type {number} */ high) =>
    Array.from({ length: 101 }, (_, i) => low + (i / 100) * (high - low));
  const first = levelsAfter(null, levelsOf(ramp(0, 10)));
  assert.equal(first.high, 10);
  assert.equal(levelsAfter(first, levelsOf(ramp(0.5, 9))), first);
  assert.equal(levelsAfter(first, levelsOf(ramp(-0.5, 10.9))), first);
  // heights that leave it, or fill little of it, get one of their own
  assert.equal(levelsAfter(first, levelsOf(ramp(0, 12))).high, 12);
  assert.equal(levelsAfter(first, levelsOf(ramp(0, 3))).high, 3);
});

test("where half of the ground matters most, it has most of the lines and shades", () => {
  // a plain at 1 to 2 in the middle of walls up to 100
  const ground = grid((x, y) => 1 + Math.max(0, Math.hypot(x, y) - 1) * 60 + Math.min(1, Math.hypot(x, y)), 2);
  const near = ground.filter((value) => value < 2);
  const [plain, around] = [levelsOf(ground), levelsAround(ground, near)];
  const inside = (/** @type {number[]} */ levels) => levels.filter((level) => level < 2).length;
  assert.ok(inside(around.levels) > inside(plain.levels), String(around.levels));
  assert.ok(around.share(2) - around.share(1) > 0.3);
  const shares = [1, 1.5, 2, 10, 50, plain.high].map(around.share);
  assert.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
    "higher is never darker",
  );
  assert.deepEqual([shares[0], shares.at(-1)], [0, 1]);
  assert.ok(Number.isNaN(around.share(NaN)));
});

test("with nothing that matters most, the levels are those of the ground", () => {
  const ground = grid((x, y) => x * x + y * y, 2);
  assert.deepEqual(levelsAround(ground, []).levels, levelsOf(ground).levels);
});
