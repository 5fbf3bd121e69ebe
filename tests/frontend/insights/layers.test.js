import assert from "node:assert/strict";
import { test } from "node:test";

import {
  activationDetail,
  activationsOf,
  activationTable,
  activationWords,
} from "../../../static/js/insights/layers/activations.js";
import { logScale } from "../../../static/js/insights/layers/gradients-picture.js";
import {
  clipWords,
  gradientDetail,
  gradientsOf,
  gradientTable,
  gradientWords,
  product,
} from "../../../static/js/insights/layers/gradients.js";
import { layerName, leastWidth, placeColumns } from "../../../static/js/insights/layers/place.js";
import { createTrail } from "../../../static/js/insights/layers/trail.js";
import { weightsOf, weightTable, weightWords } from "../../../static/js/insights/layers/weights.js";
import { activationFrame, gradientFrame, weightFrame } from "../readings.js";

/** @import {Gradients} from "../../../static/js/insights/layers/gradients.js" */

/** @param {number[]} norms @returns {Gradients} */
const gradients = (norms) => {
  const found = gradientsOf(gradientFrame({ norms }));
  assert.ok(found);
  return found;
};

test("a frame's gradients are told layer by layer", () => {
  const found = gradients([1, 2, 4]);
  assert.deepEqual([found.batch, found.norms, found.factors.length], [10, [1, 2, 4], 2]);
  assert.deepEqual(found.factors[0], { slope: 0.25, norm: 1, gain: 0.5 });
  assert.equal(found.factors.map(product)[0], 0.125);
  assert.equal(gradientsOf(weightFrame()), null);
});

test("gradients vanish below 1e-4 of the last layer's, and explode above 100 times", () => {
  assert.equal(
    gradientWords(gradients([1e-5, 0.1, 1]), {}).text,
    "*Vanishing:* layer 1 gets a gradient 100,000 times smaller than the output’s.",
  );
  assert.match(gradientWords(gradients([300, 10, 1]), {}).text, /^\*Exploding:\*/);
  assert.equal(
    gradientWords(gradients([0, 0, 1]), {}).text,
    "*Blocked:* no gradient reaches layer 2, so it cannot learn.",
  );
  assert.match(gradientWords(gradients([NaN, NaN]), {}).text, /^\*Diverged:\*/);
  assert.equal(gradientWords(gradients([0.5]), {}).text, "There is one layer, and its gradient is 0.5.");
});

test("what learns, and what hardly does, is told by updates beside weights", () => {
  const said = (/** @type {number[]} */ updates) => gradientWords({ ...gradients([2e-4, 0.1, 1]), updates }, {});
  const numbers = "the gradient is 0.0002 in layer 1, 1 at the output.";
  assert.equal(said([1e-4, 1e-3, 1e-2]).text, `Every layer learns: ${numbers}`);
  assert.equal(said([NaN, NaN, NaN]).text, `Every layer learns: ${numbers}`);
  const { text, warn } = said([2e-3, 3e-7, 1e-2]);
  assert.equal(warn, true);
  assert.equal(
    text,
    "*Hardly learning:* an update moves layer 2 by 3×10⁻⁷ of its weights. The gradient is 0.0002 in layer 1, 1 at the output.",
  );
  assert.equal(said([1e-8, 2e-7, 9e-6]).text, "Hardly anything moves: an update is at most 9×10⁻⁶ of the weights.");
});

test("clipping says by how much, and how often", () => {
  const found = { ...gradients([3, 4]), total: 5, clipped: 0.25, over: [0.1, 0.5] };
  assert.equal(clipWords(found, { clip: { kind: "none" } }), false);
  assert.equal(
    clipWords(found, { clip: { kind: "norm", limit: 1 } }),
    "Clipping by norm makes it ×0.2, and acts in 25.0 % of updates.",
  );
  assert.equal(
    clipWords({ ...found, clipped: null }, { clip: { kind: "value", limit: 1 } }),
    "Clipping by value cuts at most 50.0 % of a layer’s.",
  );
});

test("more is told of a layer, and a table has a row for each", () => {
  const found = gradients([1, 2]);
  assert.match(
    gradientDetail(found, 0, { clip: { kind: "none" } }),
    /comes down by f′ 0\.25 times Wᵀ 0\.5, so ×0\.125\./,
  );
  assert.doesNotMatch(gradientDetail(found, 1, {}), /layer above/);
  const told = (/** @type {number} */ norm) =>
    gradientDetail({ ...found, factors: [{ slope: 0.25, norm, gain: 0.5 }] }, 0, {});
  assert.doesNotMatch(told(1 + 2 ** -23), /batch norm/);
  assert.match(told(0.9), /times batch norm 0\.9,/);
  const [names = [], ...rows] = gradientTable(found);
  assert.equal(rows.length, 2);
  assert.ok([names, ...rows].every(({ length }) => length === 9));
  assert.deepEqual(rows[0]?.slice(0, 2), [1, 1]);
});

test("a log axis holds all values, and at least three powers of ten", () => {
  const scale = logScale([5, 3e-6, 0, NaN], 70, 0);
  assert.deepEqual([scale.from, scale.to], [-6, 1]);
  const heights = [10, 1, 1e-3, 1e-6, 0, NaN].map((value) => Math.round(scale.at(value)));
  assert.deepEqual(heights, [0, 10, 40, 70, 70, 70]);
  const small = logScale([1, 2], 100, 0);
  assert.deepEqual([small.from, small.to], [-2, 1]);
  assert.equal(logScale([1e-30, 1], 100, 0).from, -14);
  assert.equal(logScale([], 100, 0).to, 0);
});

test("a trail is of one run that goes forward, and of so many readings", () => {
  const trail = createTrail(2);
  trail.add({ run: 1, step: 1 }, [1]);
  trail.add({ run: 1, step: 1 }, [2]);
  assert.deepEqual(trail.rows, [[2]]);
  trail.add({ run: 1, step: 5 }, [3]);
  trail.add({ run: 1, step: 6 }, [4]);
  assert.deepEqual(trail.rows, [[3], [4]]);
  trail.add({ run: 1, step: 2 }, [5]);
  assert.deepEqual(trail.rows, [[5]]);
  trail.add({ run: 2, step: 2 }, [6]);
  assert.deepEqual(trail.rows, [[6]]);
});

test("columns stand under those of the network, or by themselves", () => {
  const columns = /** @type {const} */ ([
    { role: "features", layer: -1, x: 80 },
    { role: "hidden", layer: 0, x: 150 },
    { role: "fold", layer: 1, x: 220 },
    { role: "hidden", layer: 9, x: 290 },
    { role: "outputs", layer: 10, x: 360 },
  ]);
  const place = placeColumns({ width: 400, height: 100 }, columns, 11);
  assert.deepEqual(place.columns, [
    { layer: 0, x: 150 },
    { layer: 9, x: 290 },
    { layer: 10, x: 360 },
  ]);
  const alone = placeColumns({ width: 384, height: 100 }, [], 3);
  assert.deepEqual([alone.pitch, alone.columns.map(({ x }) => x)], [100, [134, 234, 334]]);
  assert.equal(placeColumns({ width: leastWidth(9), height: 100 }, [], 9).pitch, 48);
  assert.deepEqual(
    [0, 2].map((layer) => layerName(layer, 3)),
    ["Layer 1", "Output"],
  );
});

test("activations that die, burst, saturate or diverge are told", () => {
  const said = (/** @type {Parameters<typeof activationFrame>[0]} */ reading, units = [2, 4, 4, 1]) => {
    const found = activationsOf(activationFrame(reading), units);
    assert.ok(found);
    return activationWords(found);
  };
  assert.equal(
    said({ spreads: [1, 0.5, 1] }).text,
    "Signals keep going: they spread over the points by 1 in layer 1, by 0.5 in layer 2.",
  );
  assert.match(said({ spreads: [1, 0.05, 1] }).text, /^\*Signals die out:\*/);
  assert.match(said({ spreads: [1, 20, 1] }).text, /^\*Signals burst:\*/);
  assert.match(said({ spreads: [NaN, 1, 1] }).text, /^\*Diverged:\*/);
  assert.equal(
    said({ spreads: [1, 1, 1], idle: [0, 0, 0, 0, 2, 2, 2] }).text,
    "*Saturated:* 3 of 4 units of layer 2 are flat at most points.",
  );
  assert.equal(
    said({ spreads: [1, 1, 1], idle: [0, 1, 0, 0, 1] }).text,
    "*Dead:* 2 of 8 hidden units give 0 at every point.",
  );
  assert.equal(said({ spreads: [1] }, [2, 1]).text, "There is no hidden layer; outputs spread by 1.");
  assert.equal(activationsOf(activationFrame({ spreads: [1] }), [2, 4, 1]), null);
});

/** Two layers of four units; the second is normalized, and dropout silences one unit in each. */
const OTHERWISE = {
  spreads: [1, 0.05, 1],
  normed: [Array.from({ length: 5 }, () => NaN), [0.5, 0.25, 0.1, 0.75, 0.4]],
  mask: [0, 2, 2, 2, 1.25, 1.25, 0, 1.25],
};

test("signals are not judged while batch norm’s running averages settle", () => {
  const said = (/** @type {number} */ step, normed = OTHERWISE.normed) => {
    const found = activationsOf(activationFrame({ ...OTHERWISE, normed }), [2, 4, 4, 1]);
    assert.ok(found);
    return activationWords({ ...found, step });
  };
  assert.equal(
    said(10).text,
    "Running averages spread by 0.75, the batch by 0.25 in layer 2: they still hold 34.9 % of their start.",
  );
  assert.equal(said(10).warn, false);
  assert.match(said(30).text, /^\*Signals die out:\*/);
  assert.match(said(10, []).text, /^\*Signals die out:\*/);
});

test("what training does otherwise is told, of the network and of each layer", () => {
  const read = (/** @type {object} */ other) => {
    const found = activationsOf(activationFrame({ ...OTHERWISE, spreads: [1, 1, 1], ...other }), [2, 4, 4, 1]);
    assert.ok(found);
    return found;
  };
  const found = read({});
  assert.equal(activationWords(found).text, "Batch and running means lie up to 0.4 σ apart, in layer 2.");
  assert.equal(
    activationWords(read({ normed: [] })).text,
    "The next update’s first point goes without 2 of 8 units; evaluation uses all, unscaled.",
  );
  assert.match(
    activationDetail(found, 0),
    /Dropout silences 1 of 4 units for the first point of the next update and multiplies the others by 2; evaluation/,
  );
  assert.match(activationDetail(found, 0), /Looked at: 125 training points, as in evaluation\.$/);
  assert.match(
    activationDetail(found, 1),
    /Batch norm takes 0\.5 ± 0\.25 from the next 10 points and 0\.1 ± 0\.75 from its running averages; their means lie 0\.4 standard deviations apart\./,
  );
  assert.doesNotMatch(activationDetail(found, 2), /Batch norm|Dropout/);
  const trained = activationsOf({ ...activationFrame(OTHERWISE), training: 10 }, [2, 4, 4, 1]);
  assert.match(trained ? activationDetail(trained, 2) : "", /as in training\.$/);
  const [names = [], ...rows] = activationTable(found);
  assert.ok(rows.every(({ length }) => length === names.length));
  const columns = names.map(String);
  const cell = (/** @type {number} */ row, /** @type {string} */ name) => rows[row]?.[columns.indexOf(name)];
  assert.deepEqual([cell(1, "batch_mean"), cell(1, "running_spread"), cell(1, "means_apart")], [0.5, 0.75, 0.4]);
  assert.deepEqual([cell(0, "silent_units"), cell(0, "mask_scale"), cell(1, "mask_scale")], [1, 2, 1.25]);
});

test("activations have a table", () => {
  const found = activationsOf(activationFrame({ spreads: [1, 1] }), [2, 3, 1]);
  assert.ok(found);
  const [names = [], ...rows] = activationTable(found);
  assert.ok(rows.every(({ length }) => length === names.length));
  assert.equal(rows.length, 2);
});

test("weights are counted, and said to have moved or not", () => {
  const still = weightsOf(weightFrame());
  assert.ok(still);
  assert.equal(
    weightWords(still).text,
    "Weights have hardly moved. 3 of 12 weights are below 0.01 in size, 1 are exactly 0.",
  );
  const moved = weightsOf(weightFrame({ norms: [1, 1, 3, 2] }));
  assert.ok(moved);
  assert.equal(
    weightWords(moved).text,
    "The output moved most, from norm 2 to 3. 3 of 12 weights are below 0.01 in size, 1 are exactly 0.",
  );
  const lost = weightsOf(weightFrame({ norms: [NaN, 1, 1, 1] }));
  assert.match(lost ? weightWords(lost).text : "", /^\*Diverged:\*/);
  const [names = [], ...rows] = weightTable(still);
  assert.ok(rows.every(({ length }) => length === names.length));
  assert.deepEqual(rows[0]?.slice(0, 6), [1, 8, 1, 1, 2, 0]);
});
