import assert from "node:assert/strict";
import { test } from "node:test";

import { endsOf, parameterLabel } from "../../../static/js/base/unit-names.js";
import { CATALOG } from "../catalog.js";

/** @import {Scene} from "../../../static/js/base/types.js" */

/** Two features, hidden layers of 3 and so on, and outputs. @param {number[]} units */
const layoutOf = (units) =>
  units
    .slice(1)
    .map((width, layer) => ({
      name: layer === units.length - 2 ? "output.W" : `layers.${layer}.W`,
      offset: 0,
      shape: [units[layer] ?? 0, width],
    }));

/** @param {number[]} units @param {string[]} [classes] */
const named = (units, classes = []) => {
  const scene = /** @type {Scene} */ (/** @type {unknown} */ ({ class_names: classes }));
  const ends = endsOf({ features: ["x1", "x2"] }, layoutOf(units), scene, CATALOG);
  return (/** @type {string} */ name) => parameterLabel(name, ends);
};

test("weights of a network with one hidden layer are called by what they connect", () => {
  const label = named([2, 3, 1]);
  assert.deepEqual(["layers.0.W.1.2", "output.W.0.0"].map(label), ["x₂ → unit 3", "unit 1 → output"]);
  assert.deepEqual(["layers.0.b.1", "layers.0.gamma.0", "layers.0.beta.2", "output.b.0"].map(label), [
    "bias of unit 2",
    "γ of unit 1",
    "β of unit 3",
    "bias of output",
  ]);
});

test("where there are several, they have their layer", () => {
  const label = named([2, 3, 4, 3], ["cat", "dog"]);
  assert.deepEqual(["layers.0.W.0.1", "layers.1.W.2.3", "output.W.3.1", "output.W.3.2"].map(label), [
    "layer 1: x₁ → 2",
    "layer 2: 3 → 4",
    "unit 4 → dog",
    "unit 4 → New class 3",
  ]);
  assert.deepEqual(["layers.1.b.0", "layers.1.gamma.3", "output.b.0"].map(label), [
    "bias of layer 2, unit 1",
    "γ of layer 2, unit 4",
    "bias of cat",
  ]);
});

test("a network without hidden layers leads from its inputs to its outputs", () => {
  assert.deepEqual(["output.W.0.0", "output.W.1.0"].map(named([2, 1])), ["x₁ → output", "x₂ → output"]);
  assert.deepEqual(["output.W.1.0"].map(named([2, 3])), ["x₂ → Class 0"]);
});

test("what is no parameter keeps its name", () => {
  assert.equal(named([2, 1])("theta"), "theta");
});
