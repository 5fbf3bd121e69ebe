import assert from "node:assert/strict";
import { test } from "node:test";

import { paintClasses, paintSigned, refine, sample, shownGain } from "../../../static/js/draw/heatmap.js";

/** A table that gives every index back. */
const INDEX = Uint32Array.from({ length: 256 }, (_, index) => index);

test("vanishing activations fade, large ones fill the scale", () => {
  assert.equal(shownGain(0.25), 0.25);
  assert.equal(shownGain(1), 1);
  assert.equal(shownGain(36), 1);
  assert.equal(shownGain(Number.NaN), 0);
});

test("a signed map is looked up sample by sample, at its place in the atlas", () => {
  const pixels = new Uint32Array(12);
  paintSigned(pixels, { at: 2, stride: 4 }, Int8Array.of(9, -127, 0, 127, 64), { from: 1, grid: 2, gain: 1 }, INDEX);
  assert.deepEqual([...pixels], [0, 0, 1, 128, 0, 0, 255, 192, 0, 0, 0, 0]);
});

test("gain scales towards the neutral entry", () => {
  const pixels = new Uint32Array(4);
  paintSigned(pixels, { at: 0, stride: 2 }, Int8Array.of(127, -127, 0, 64), { from: 0, grid: 2, gain: 0.5 }, INDEX);
  assert.deepEqual([...pixels], [192, 65, 128, 160]);
});

test("the pixel of several classes is the winner's, as strong as its lead", () => {
  const pixels = new Uint32Array(4);
  const maps = Int8Array.of(127, 0, 64, 0, /* second class */ 0, 127, 64, 64);
  const tables = [INDEX, INDEX.map((index) => 1000 + index)];
  paintClasses(pixels, maps, [1, 1], 2, tables);
  assert.deepEqual([...pixels], [255, 1255, 0, 1129]);
});

test("values between samples are interpolated, and the ends of the grid are the ends of the square", () => {
  const map = Int8Array.of(0, 127, 0, 127);
  const source = { from: 0, grid: 2, scale: 2 };
  assert.equal(sample(map, source, 0, 0), 0);
  assert.equal(sample(map, source, 1, 1), 2);
  assert.equal(sample(map, source, 0.25, 0.5), 0.5);
  assert.equal(sample(map, source, 5, 0), 2);
});

test("a finer map keeps the samples of the coarse one", () => {
  const { maps, grid } = refine(Int8Array.of(0, 100, 50, 100), 2, 2);
  assert.equal(grid, 3);
  assert.deepEqual([...maps], [0, 50, 100, 25, 63, 100, 50, 75, 100]);
});
