import assert from "node:assert/strict";
import { test } from "node:test";

import { scaleBetween, spreadOf } from "../../../static/js/search/scale.js";

test("a scale goes there and back, logarithmic where that is possible", () => {
  const log = scaleBetween(0.01, 100);
  assert.deepEqual([0.01, 1, 100].map(log.place), [0, 0.5, 1]);
  assert.equal(log.at(0.25), 0.1);
  const even = scaleBetween(0, 4);
  assert.deepEqual([even.place(1), even.at(0.25)], [0.25, 1]);
  assert.equal(scaleBetween(1, 3, false).place(2), 0.5);
});

test("scores spread from the lowest to one that most do not reach", () => {
  assert.deepEqual(spreadOf([5, NaN, 1, 2, Infinity, 3, 4, 6, 7, 8, 9, 10, 999]), [1, 10]);
  assert.deepEqual(spreadOf([3, 1, 2], 0.5), [1, 2]);
  assert.equal(spreadOf([NaN, Infinity]), null);
});
