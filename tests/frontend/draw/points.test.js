import assert from "node:assert/strict";
import { test } from "node:test";

import { pointColour, SQUARE } from "../../../static/js/draw/points.js";
import { createScale } from "../../../static/js/draw/scale.js";
import { describeValues } from "../../../static/js/output/reading.js";
import { PALETTE } from "../palette.js";

test("x1 grows to the right and x2 upwards", () => {
  const { across, down } = createScale(SQUARE);
  assert.deepEqual([-6, 0, 6].map(across), [0, 0.5, 1]);
  assert.deepEqual([6, 3, -6].map(down), [0, 0.25, 1]);
});

test("a place on the square leads back to its coordinates", () => {
  for (const [x1, x2] of [
    [0, 0],
    [-6, 6],
    [1.5, -4.25],
  ]) {
    const { across, down, point } = createScale(SQUARE);
    assert.deepEqual(point(across(x1 ?? 0), down(x2 ?? 0)), [x1, x2]);
  }
});

test("points have the hue of their class, or of their target", () => {
  assert.notDeepEqual(pointColour(PALETTE, "two_class", 0), pointColour(PALETTE, "two_class", 1));
  assert.deepEqual(pointColour(PALETTE, "regression", -1), pointColour(PALETTE, "two_class", 0));
  assert.deepEqual(pointColour(PALETTE, "regression", 1), pointColour(PALETTE, "two_class", 1));
});

test("the reading says where and what", () => {
  const scene = /** @type {any} */ ({ task: "two_class" });
  assert.equal(describeValues(1, -2, [-0.5], scene, null), "(+1.0, −2.0)  output −0.50 → Class 0");
  assert.equal(
    describeValues(0, 0, [0.1, 0.7, 0.2, 0], scene, null),
    "(+0.0, +0.0)  Class 1 70 %, Class 2 20 %, Class 0 10 %",
  );
  const inspected = /** @type {const} */ ({ source: "neuron", index: 0, title: "" });
  assert.equal(describeValues(0, 0, [0.25], scene, inspected), "(+0.0, +0.0)  activation +0.25");
});
