import assert from "node:assert/strict";
import { test } from "node:test";

import { isWhole, outputOf, pictureOf } from "../../../static/js/output/shown-picture.js";

/** @param {number} maps @param {number} grid */
const block = (maps, grid) => ({
  data: Int8Array.from({ length: maps * grid * grid }, (_, i) => Math.floor(i / (grid * grid))),
  shape: [maps, grid, grid],
});
/** @param {number} count */
const scale = (count) => ({ data: Float32Array.from({ length: count }, (_, i) => i + 1), shape: [count] });

/** @param {number} outputs @param {boolean} [scored] */
function frames(outputs, scored = false) {
  const arrays = {
    boundary: block(outputs, 4),
    boundary_scale: scale(outputs),
    neurons: block(3 + outputs, 2),
    neuron_scale: scale(3 + outputs),
    ...(scored && { scores: block(outputs, 4), scores_scale: scale(outputs) }),
  };
  return /** @type {any} */ ({
    latest: { arrays },
    scene: { arrays: { feature_maps: block(2, 3), feature_scale: scale(2) } },
  });
}

/** @param {number} index @param {"neuron" | "feature"} [source] */
const pointed = (index, source = "neuron") => ({ source, index, title: "" });

test("the only output is what the network says: its map stays as fine as it is", () => {
  const state = { inspected: pointed(3), units: [2, 3, 1] };
  assert.ok(isWhole(state));
  assert.equal(outputOf(state), null);
  assert.equal(pictureOf(state, frames(1))?.grid, 4);
  assert.deepEqual(pictureOf({ ...state, inspected: null }, frames(1)), pictureOf(state, frames(1)));
});

test("one of several outputs is shown as finely once its map has come", () => {
  const state = { inspected: pointed(4), units: [2, 3, 2] };
  assert.equal(isWhole(state), false);
  assert.equal(outputOf(state), 1);
  assert.equal(pictureOf(state, frames(2))?.grid, 2);
  const fine = pictureOf(state, frames(2, true));
  assert.deepEqual([fine?.grid, fine?.scales[0], fine?.maps[0]], [4, 2, 1]);
});

test("a hidden neuron and a feature have maps of their own", () => {
  const units = [2, 3, 1];
  const neuron = pictureOf({ inspected: pointed(2), units }, frames(1));
  assert.deepEqual([neuron?.grid, neuron?.scales[0], neuron?.maps[0]], [2, 3, 2]);
  assert.equal(pictureOf({ inspected: pointed(1, "feature"), units }, frames(1))?.grid, 3);
  assert.equal(pictureOf({ inspected: pointed(9), units }, frames(1)), null);
  assert.equal(pictureOf({ inspected: null, units }, { latest: null, scene: null }), null);
});
