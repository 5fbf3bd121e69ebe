import assert from "node:assert/strict";
import { test } from "node:test";

import { lossLayout, lossTraces, spread } from "../../static/js/lib/loss-figure.js";

const LOOK = {
  train: "#111", test: "#222", ink: "#000", soft: "#333", line: "#eee", tip: "#000", onTip: "#fff", font: "sans-serif",
};

/** @param {number} length */
function curves(length) {
  const row = (/** @type {(i: number) => number} */ value) =>
    Float64Array.from({ length: length + 5 }, (_, i) => value(i));
  const metrics = [row((i) => 1 / (i + 1)), row(() => NaN)];
  return { run: 1, length, steps: row((i) => i), epochs: row((i) => i / 10), metrics };
}

test("a long curve is thinned to a bounded number of points, both ends kept", () => {
  const at = spread(100_000);
  assert.equal(at.length, 400);
  assert.equal(at[0], 0);
  assert.equal(at.at(-1), 99_999);
  assert.deepEqual(spread(3), [0, 1, 2]);
  assert.deepEqual(spread(1), [0]);
  assert.deepEqual(spread(0), []);
});

test("only what is known is drawn: no points beyond the length, gaps where there is no number", () => {
  const [train, test] = lossTraces(curves(3), LOOK);
  assert.deepEqual(train?.x, [0, 0.1, 0.2]);
  assert.deepEqual(train?.y, [1, 1 / 2, 1 / 3]);
  assert.deepEqual(test?.y, [null, null, null]);
});

test("both axes are titled, and the logarithmic one is Plotly's", () => {
  const size = { width: 300, height: 160 };
  const linear = lossLayout(LOOK, { logarithmic: false, ...size });
  assert.equal(linear.xaxis.title.text, "Epoch");
  assert.equal(linear.yaxis.title.text, "Loss");
  assert.equal(linear.yaxis.type, "linear");
  assert.equal(lossLayout(LOOK, { logarithmic: true, ...size }).yaxis.type, "log");
});
