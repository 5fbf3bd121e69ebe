import assert from "node:assert/strict";
import { test } from "node:test";

import { draggedWeight } from "../../../static/js/network/edge-drag.js";

test("sixty pixels up add 1 to a small weight, sixty down take it away", () => {
  assert.equal(draggedWeight(0.25, 60), 1.25);
  assert.equal(draggedWeight(0.25, -60), -0.75);
  assert.equal(draggedWeight(0, 30), 0.5);
});

test("a large weight moves by as much as it is", () => {
  assert.equal(draggedWeight(20, 30), 30);
  assert.equal(draggedWeight(-20, 60), 0);
});

test("a drag that comes back to where it began leaves the weight as it was", () => {
  assert.equal(draggedWeight(0.123456789, 0), 0.123456789);
});

test("the weight of a drag has two decimals", () => {
  assert.equal(draggedWeight(0.123456789, 1), 0.14);
});
