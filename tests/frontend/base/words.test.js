import assert from "node:assert/strict";
import test from "node:test";

import { all, either, t, tc, tn } from "../../../static/js/base/words.js";

test("a sentence without a catalogue is its English, with its holes filled", () => {
  assert.equal(t("Layer {layer} of {layers}", { layer: 1, layers: 3 }), "Layer 1 of 3");
  assert.equal(tc("learning rate schedule", "Step"), "Step");
});

test("braces that are no holes stay", () => {
  assert.equal(t("max{0, x}"), "max{0, x}");
  assert.equal(t("{a} and {b}", { a: 1 }), "1 and {b}");
});

test("a number of things takes the form of its number", () => {
  /** @param {number} count @param {{count: string}} [values] */
  const units = (count, values) => tn("{count} unit", "{count} units", count, values);
  assert.deepEqual(
    [0, 1, 2].map((count) => units(count)),
    ["0 units", "1 unit", "2 units"],
  );
  assert.equal(units(1500, { count: "1,500" }), "1,500 units");
});

test("lists read as the language writes them", () => {
  assert.equal(all(["a", "b", "c"]), "a, b, and c");
  assert.equal(either(["a", "b"]), "a or b");
});
