import assert from "node:assert/strict";
import { test } from "node:test";

import { largestPair, pairOf, pairWords, price, weightAt } from "../../../static/js/insights/pair/pair.js";
import { pairFrame, weightFrame } from "../readings.js";

const LAYOUT = [
  { name: "layers.0.W", offset: 0, shape: [2, 3] },
  { name: "layers.0.b", offset: 6, shape: [3] },
  { name: "output.W", offset: 9, shape: [3, 1] },
  { name: "output.b", offset: 12, shape: [1] },
];

test("a frame has the loss over two weights where they were asked for", () => {
  const pair = pairOf(pairFrame());
  assert.deepEqual([pair?.side, pair?.reach, pair?.place], [9, 2, [0.8, 0.4]]);
  assert.deepEqual(
    [pair?.least, pair?.withPenalty],
    [
      [1, 0.5],
      [0.6, 0],
    ],
  );
  assert.equal(pairOf(weightFrame()), null);
});

test("a penalty is said with both minima", () => {
  const pair = pairOf(pairFrame());
  assert.ok(pair);
  const said = (/** @type {object} */ penalty) => pairWords(pair, { penalty });
  assert.equal(
    said({ l1: 0.1, l2: 0 }),
    "L1 moves the minimum over these weights from (1.00, 0.50) to *(0.60, 0.00)*.",
  );
  assert.match(said({ l1: 0, l2: 0.1 }), /^L2 moves/);
  assert.match(said({ l1: 0.1, l2: 0.1 }), /^L1 and L2 together move/);
  assert.equal(
    said({ l1: 0, l2: 0 }),
    "There is no penalty: over these two weights the loss is least at *(1.00, 0.50)*.",
  );
  assert.match(pairWords({ ...pair, least: [NaN, NaN] }, {}), /no longer a finite number/);
});

test("two weights pay by their sizes and squares", () => {
  assert.equal(price([-2, 1], { l1: 0.5, l2: 0 }), 1.5);
  assert.equal(price([-2, 1], { l1: 0, l2: 0.4 }), 1);
});

test("weights have a place in theta", () => {
  assert.deepEqual(weightAt(LAYOUT, "layers.0.W.1.2"), { index: 5, layer: 0, from: 1, to: 2 });
  assert.deepEqual(weightAt(LAYOUT, "output.W.2.0"), { index: 11, layer: 1, from: 2, to: 0 });
  assert.equal(weightAt(LAYOUT, "output.W.3.0"), null);
  assert.equal(weightAt(LAYOUT, "output.b.0"), null);
});

test("the largest weights of the outputs are the first pair", () => {
  const theta = [9, 9, 9, 9, 9, 9, 0, 0, 0, 0.5, -0.1, -2, 0];
  assert.deepEqual(largestPair(LAYOUT, theta), ["output.W.0.0", "output.W.2.0"]);
  assert.equal(largestPair([{ name: "output.W", offset: 0, shape: [1, 1] }], [1]), null);
});
