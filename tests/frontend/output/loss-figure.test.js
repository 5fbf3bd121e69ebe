import assert from "node:assert/strict";
import { test } from "node:test";

import { spread } from "../../../static/js/charts/layout.js";
import { bestPoint, chosenPoints, smooth } from "../../../static/js/charts/curve-series.js";
import { alongAxis, axis, logTicks, powerTicks, readout } from "../../../static/js/charts/layout.js";
import { lossLayout, lossTraces } from "../../../static/js/output/loss-figure.js";

const LOOK = {
  train: "#111",
  test: "#222",
  ink: "#000",
  soft: "#333",
  line: "#eee",
  tip: "#000",
  onTip: "#fff",
  font: "sans-serif",
};

/** @param {number} length */
function curves(length) {
  const row = (/** @type {(i: number) => number} */ value) =>
    Float64Array.from({ length: length + 5 }, (_, i) => value(i));
  const metrics = [row((i) => 1 / (i + 1)), row(() => NaN)];
  const learningRates = row(() => 0.03);
  return { run: 1, length, steps: row((i) => i), epochs: row((i) => i / 10), metrics, learningRates };
}

test("a long curve is thinned to a bounded number of points, both ends kept", () => {
  const at = spread(100_000, 400);
  assert.equal(at.length, 400);
  assert.equal(at[0], 0);
  assert.equal(at.at(-1), 99_999);
  assert.deepEqual(spread(3, 400), [0, 1, 2]);
  assert.deepEqual(spread(1, 400), [0]);
  assert.deepEqual(spread(0, 400), []);
});

test("only what is known is drawn: no points beyond the length, gaps where there is no number", () => {
  const [train, test] = lossTraces([{ name: "This run", curves: curves(3) }], LOOK);
  assert.deepEqual(train?.x, [0, 0.1, 0.2]);
  assert.deepEqual(train?.y, [1, 1 / 2, 1 / 3]);
  assert.deepEqual(test?.y, [null, null, null]);
});

test("both axes are titled, and the logarithmic one is Plotly's", () => {
  const linear = lossLayout(LOOK, { logarithmic: false });
  assert.equal(linear.xaxis.title.text, "Epoch");
  assert.equal(linear.yaxis.title.text, "Loss");
  assert.equal(linear.yaxis.type, "linear");
  assert.equal(lossLayout(LOOK, { logarithmic: true }).yaxis.type, "log");
  assert.ok(lossLayout(LOOK, { logarithmic: false, largest: 1e17 }).margin.l > linear.margin.l, "room for 1.5×10¹⁷");
});

test("a run to compare with is drawn beside the first, and unlike it", () => {
  const traces = lossTraces(
    [
      { name: "A", curves: curves(4), other: true },
      { name: "This run", curves: curves(3) },
    ],
    LOOK,
  );
  assert.deepEqual(
    traces.map(({ x }) => x.length),
    [4, 4, 1, 3, 3],
  );
  const [pale, , name, live] = /** @type {any[]} */ (traces);
  assert.ok(pale.opacity < live.opacity && pale.line.width > live.line.width, "pale, and seen under the other");
  assert.deepEqual([name.text, name.x, name.y], [["A"], pale.x.slice(-1), pale.y.slice(-1)]);
  const [, , high] = /** @type {any[]} */ (lossTraces([{ name: "B", curves: curves(2), other: true }], LOOK));
  const [, , higher] = /** @type {any[]} */ (lossTraces([{ name: "B", curves: curves(1), other: true }], LOOK));
  assert.deepEqual(
    [name, high, higher].map(({ textposition }) => textposition),
    ["top left", "top left", "bottom left"],
  );
});

test("a logarithmic axis leaves out what it has no place for", () => {
  const options = /** @type {const} */ ({ along: "steps", most: 10 });
  assert.deepEqual(chosenPoints(curves(3), { ...options, logarithmic: false }).x, [0, 1, 2]);
  assert.deepEqual(chosenPoints(curves(3), { ...options, logarithmic: true }).x, [1, 2]);
});

test("smoothing is a mean that begins without a bias, and keeps gaps", () => {
  assert.deepEqual(smooth([1, 3, null, 5], 0), [1, 3, null, 5]);
  assert.deepEqual(
    smooth([2, 2, null, 2], 0.9)?.map((value) => value && Math.round(value * 1e9) / 1e9),
    [2, 2, null, 2],
  );
  const [first, second] = smooth([1, 3], 0.5);
  assert.equal(first, 1);
  assert.equal(second, (0.25 * 1 + 0.5 * 3) / 0.75);
});

test("the best point is the first with the lowest test loss", () => {
  const run = curves(5);
  assert.equal(bestPoint(run), null);
  run.metrics[1] = Float64Array.of(0.5, 0.2, NaN, 0.2, 0.3);
  assert.deepEqual(bestPoint(run), { index: 1, step: 1, epoch: 0.1, loss: 0.2 });
});

test("an axis of very large or small numbers has powers of ten, each its own", () => {
  const { tickvals, ticktext } = /** @type {any} */ (lossLayout(LOOK, { logarithmic: false, largest: 1.1e17 })).yaxis;
  assert.deepEqual(tickvals, [0, 5e16, 1e17]);
  assert.deepEqual(ticktext, ["0", "5×10¹⁶", "1×10¹⁷"]);
  const flat = /** @type {any} */ (powerTicks([2e-7, null, 6e-7], { from: 0 }));
  assert.deepEqual(flat.ticktext, ["0", "2×10⁻⁷", "4×10⁻⁷", "6×10⁻⁷"]);
  for (const values of [[0, 0.5, 1], [20, 4000], [], [0], [NaN, null]]) {
    assert.deepEqual(powerTicks(values, { from: 0 }), {});
  }
  assert.equal(axis(LOOK, "Loss", false).exponentformat, "none");
  assert.equal(axis(LOOK, "Loss", true).exponentformat, "power");
});

test("a logarithmic axis has its numbers apart from each other, along few powers of ten and many", () => {
  for (const [values, wanted] of /** @type {[(number | null)[], string[]][]} */ ([
    [
      [18, 20, 200],
      ["20", "50", "100", "200"],
    ],
    [
      [0.5, null, 900],
      ["1", "10", "100"],
    ],
    [
      [21, 23],
      ["21", "23"],
    ],
    [[20, 20], ["20"]],
    [
      [2e-17, 3],
      ["10⁻¹⁵", "10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"],
    ],
    [
      [0.001, 900_000],
      ["0.01", "1", "100", "10⁴"],
    ],
  ])) {
    assert.deepEqual(/** @type {any} */ (logTicks(values)).ticktext, wanted);
  }
  for (const values of [[], [0, null, -1]]) assert.deepEqual(logTicks(values), {});
});

test("a curve's readout has the page's style of numbers, and begins with its unit", () => {
  assert.deepEqual(readout([0.123456, 4.2e-7, null]), { text: ["0.1235", "4.2×10⁻⁷", "–"], hovertemplate: "%{text}" });
  assert.equal(alongAxis(LOOK, "epochs", false).unifiedhovertitle.text, "Epoch %{x:,.2~f}");
  assert.equal(alongAxis(LOOK, "steps", false).unifiedhovertitle.text, "Step %{x:,.0f}");
});
