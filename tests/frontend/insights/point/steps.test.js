import assert from "node:assert/strict";
import { test } from "node:test";

import { marksOf } from "../../../../static/js/insights/point/marks.js";
import { nameOf, sentenceOf } from "../../../../static/js/insights/point/sentence.js";
import { parameterTable, portraitSize } from "../../../../static/js/insights/point/portrait.js";
import { informationOf, softmax, WORKED_SCORES } from "../../../../static/js/insights/point/softmax.js";
import { foldTerms, isFolded, stepsOf } from "../../../../static/js/insights/point/steps.js";
import { backwardTable, columnTables, updateTable } from "../../../../static/js/insights/point/tables.js";
import { biasOf, linkOf } from "../../../../static/js/insights/point/trace.js";
import { goldenTrace } from "./trace.js";

const golden = goldenTrace();
const { trace, path } = golden;
const near = (/** @type {number} */ one, /** @type {number} */ other, within = 1e-9) =>
  assert.ok(Math.abs(one - other) <= within, `${one} is not ${other}`);

test("softmax and information of dragged scores are the engine's own", () => {
  const { probabilities, sum, exponentials } = softmax(trace.output);
  probabilities.forEach((p, place) => near(p, trace.probabilities?.[place] ?? NaN, 1e-12));
  near(
    sum,
    exponentials.reduce((total, each) => total + each, 0),
  );
  const found = informationOf([0, 0, 1], trace.output);
  near(found.crossEntropy, trace.loss, 1e-12);
  near(found.entropy + found.kl, found.crossEntropy, 1e-12);
  [0.289, 0.582, 0.13].forEach((p, place) => near(softmax(WORKED_SCORES).probabilities[place] ?? NaN, p, 1e-3));
});

test("scores that overflow still have shares, and a smoothed label has an entropy", () => {
  assert.deepEqual(softmax([1000, 0]).probabilities, [1, 0]);
  near(informationOf([0, 1], [1000, 0]).crossEntropy, 1000);
  near(informationOf([0.1, 0.8, 0.1], [0, 0, 0]).entropy, 0.639031859650177, 1e-12);
});

test("a sum is its products and its bias, a gradient the value times what comes back", () => {
  for (const [layer, { x, sums, delta }] of trace.layers.entries()) {
    for (let unit = 0; unit < sums.length; unit++) {
      const links = Array.from(x, (_, from) => linkOf(trace, layer, from, unit));
      const total = links.reduce((sum, { term }) => sum + term, biasOf(trace, layer, unit).theta);
      near(total, sums[unit] ?? NaN);
      links.forEach(({ gradient, numeric, difference }, from) => {
        near(gradient, (x[from] ?? NaN) * (delta[unit] ?? NaN));
        near(gradient, numeric, 1e-6);
        assert.ok(difference < 1e-6);
      });
    }
  }
});

test("a small network is walked unit by unit, forward and back", () => {
  assert.equal(isFolded(trace), false);
  const steps = stepsOf(trace, path, "cross_entropy");
  assert.deepEqual(
    steps.map((step) => nameOf(step, { ...golden, base: "nats" })),
    [
      "The point",
      ...[1, 2, 3, 4].map((unit) => `Forward: layer 1, unit ${unit}`),
      ...[0, 1, 2].map((label) => `Forward: Class ${label}`),
      "Softmax",
      "Loss",
      ...[0, 1, 2].map((label) => `Backward: Class ${label}`),
      ...[1, 2, 3, 4].map((unit) => `Backward: layer 1, unit ${unit}`),
      "Next update",
    ],
  );
  assert.ok(!stepsOf(trace, path, "hinge").some(({ kind }) => kind === "answer"));
});

test("a large network is folded to its strongest path", () => {
  const large = { ...trace, units: [2, 4, 13] };
  assert.equal(isFolded(large), true);
  const kinds = stepsOf(large, path, "cross_entropy").map(({ kind }) => kind);
  assert.deepEqual(kinds, ["point", "forward", "forward", "answer", "loss", "backward", "backward", "update"]);
  // the true class has the most to learn
  assert.equal(path[1], 2);
});

test("of many terms the largest stay, in their order, and the others are summed", () => {
  assert.deepEqual(foldTerms([1, -5, 0.25, 3, 0.5], 3), { shown: [1, 3], others: { count: 3, sum: 1.75 } });
  assert.deepEqual(foldTerms([1, 2], 2), { shown: [0, 1], others: null });
  assert.deepEqual(foldTerms([NaN, 1, NaN], 2).shown, [1]);
});

test("each step is a sentence with its numbers", () => {
  const telling = { ...golden, base: /** @type {const} */ ("nats") };
  const said = stepsOf(trace, path, "cross_entropy").map((step) => sentenceOf(step, telling));
  assert.equal(said[0], "The point (1.10, 0.40) is of Class 2; the network gives that *33 %*.");
  assert.match(said[1] ?? "", /^Unit 1: .*·1\.10 \+ .*·0\.40 \+ bias .* = .*; Tanh: \*.*\*\.$/);
  assert.match(said[5] ?? "", /^Class 0: .* \+ .* of 2 others \+ bias .* = \*0\.16\*\.$/);
  assert.equal(said[9], "The network gives the true class 33 %: its loss is −ln 0.33 = *1.10* nats.");
  assert.equal(said[12], "Backward: the loss by the score of Class 2 is p − y = *−0.67*, so it should rise.");
  assert.match(
    said[17] ?? "",
    /^A point in the next batch has 1\/10 of the say\. The weight unit \d → Class 2 rises from /,
  );
  const bits = sentenceOf({ kind: "loss" }, { ...telling, base: "bits" });
  assert.equal(bits, "The network gives the true class 33 %: its loss is −log₂ 0.33 = *1.58* bits.");
});

test("tables fill up as the point goes forward", () => {
  const texts = (/** @type {import("../../../../static/js/insights/point/steps.js").Step} */ step) =>
    columnTables(step, golden).map(({ rows }) => rows.map(({ cells }) => cells.join(" ")));
  const [inputs, hidden, outputs] = texts({ kind: "forward", layer: 0, unit: 1 });
  assert.deepEqual(inputs, ["x₁ 1.10", "x₂ 0.40", "true Class 2"]);
  assert.equal(hidden?.[2], "3 · ·");
  assert.ok(!hidden?.[1]?.includes("·"));
  assert.deepEqual(outputs?.slice(0, 1), ["0 · · ·"]);
  const answered = texts({ kind: "answer" })[2];
  assert.deepEqual(answered, ["0 0.16 1.17 0.35", "1 0.05 1.05 0.32", "2 0.11 1.12 0.33", "sum  3.35 1.00"]);
});

test("scores that somebody drags take the place of the network's", () => {
  const [, , outputs] = columnTables({ kind: "answer" }, { ...golden, scores: WORKED_SCORES });
  assert.deepEqual(
    outputs?.rows.map(({ cells }) => cells.at(-1)),
    ["0.29", "0.58", "0.13", "1.00"],
  );
  assert.deepEqual(outputs?.rows[1]?.drag, { place: 1, score: 1.2 });
});

test("on the way back each link has its gradient, the finite difference and a tick", () => {
  const { rows } = backwardTable({ layer: 1, unit: 2 }, golden);
  assert.equal(rows.length, 5);
  assert.ok(rows.every(({ cells }) => cells.at(-1) === "✓"));
  const unchecked = backwardTable({ layer: 1, unit: 2 }, { ...golden, trace: { ...trace, checked: false } });
  assert.deepEqual(unchecked.rows[0]?.cells.slice(-2), ["·", ""]);
  const changed = updateTable(golden).rows.map(({ cells }) => cells);
  assert.equal(changed.length, 2);
  assert.ok(changed.every(([, , , now, after]) => now !== after));
});

test("the diagram shows what is known, and the links of the present unit", () => {
  const { units, present, links } = marksOf({ kind: "forward", layer: 0, unit: 1 }, golden);
  assert.deepEqual(
    units.map(({ layer, unit }) => [layer, unit]),
    [
      [-1, 0],
      [-1, 1],
      [0, 0],
      [0, 1],
    ],
  );
  assert.deepEqual(present, { layer: 0, unit: 1 });
  assert.equal(links.length, 2);
  assert.match(links[0]?.long ?? "", /^−?\d\.\d\d × 1\.10 = −?\d\.\d\d$/);
  const answered = marksOf({ kind: "loss" }, golden);
  assert.equal(answered.links.length, 0);
  assert.equal(answered.units.at(-1)?.text, "0.33");
  assert.equal(marksOf({ kind: "loss" }, { ...golden, loss: "hinge" }).units.at(-1)?.text, "0.11");
});

test("what is saved has a row for each weight and bias, whose products add up to the sums", () => {
  const [names = [], ...rows] = parameterTable(trace, golden.names);
  assert.equal(rows.length, 2 * 4 + 4 + 4 * 3 + 3);
  assert.ok(rows.every(({ length }) => length === names.length));
  const first = rows.filter(([layer, , to]) => layer === 1 && to === "unit 1");
  near(
    first.reduce((sum, row) => sum + Number(row[5]), 0),
    trace.layers[0]?.sums[0] ?? NaN,
  );
  assert.deepEqual(
    first.map(([, from]) => from),
    ["x₁", "x₂", "bias"],
  );
});

test("a picture has room for its tables side by side and for the lines below", () => {
  const tables = columnTables({ kind: "answer" }, golden);
  const small = portraitSize(tables.slice(0, 1), ["a"]);
  const whole = portraitSize(tables, ["a", "b"]);
  assert.ok(whole.width > small.width && whole.height > small.height);
  assert.ok(portraitSize(tables.slice(0, 1), ["a".repeat(200)]).width > 1000);
});
