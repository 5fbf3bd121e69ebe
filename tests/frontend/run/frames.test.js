import assert from "node:assert/strict";
import { test } from "node:test";

import { createFrames } from "../../../static/js/run/frames.js";
import { ROWS } from "../../../static/js/charts/curve-series.js";
import { CATALOG } from "../catalog.js";

/** @import {Frame, History, Scene} from "../../../static/js/base/types.js" */

/**
 * @param {number} step
 * @param {number} [run]
 * @returns {Frame}
 */
function frameAt(step, run = 1) {
  const metrics = { data: Float64Array.of(step, step, 0.5, 0.5, NaN), shape: [5, 1] };
  const header = { run, frame: step, step, epoch: step / 25, rate: 0, learning_rate: 1 / (1 + step) };
  return /** @type {any} */ ({ type: "frame", ...header, arrays: { metrics } });
}

/** @param {{steps: Float64Array, length: number}} curves */
const steps = ({ steps: all, length }) => [...all.subarray(0, length)];

test("each new step adds a point; the same step again replaces it", () => {
  const frames = createFrames(CATALOG.metrics);
  for (const step of [0, 0, 25, 50, 50]) frames.receive(frameAt(step));
  assert.deepEqual(steps(frames.curves), [0, 25, 50]);
  assert.deepEqual([...frames.curves.epochs.subarray(0, 3)], [0, 1, 2]);
  assert.equal(frames.curves.metrics[0]?.[2], 50);
  assert.equal(frames.curves.learningRates[1], 1 / 26);
  assert.equal(frames.latest?.step, 50);
});

test("a step back shows what is known already; another run begins the curves again", () => {
  const frames = createFrames(CATALOG.metrics);
  for (const step of [0, 25, 50]) frames.receive(frameAt(step));
  frames.receive(frameAt(10));
  frames.receive(frameAt(50));
  assert.deepEqual(steps(frames.curves), [0, 25, 50]);
  assert.equal(frames.latest?.step, 50);
  frames.receive(frameAt(20, 2));
  assert.deepEqual(steps(frames.curves), [20]);
  assert.equal(frames.curves.run, 2);
});

test("curves stay bounded, even, in order, and end at the newest step", () => {
  const frames = createFrames(CATALOG.metrics, 64);
  for (let step = 0; step <= 10_000; step++) {
    frames.receive(frameAt(step));
    assert.ok(frames.curves.length <= 64);
    assert.equal(frames.curves.steps[frames.curves.length - 1], step);
  }
  const kept = steps(frames.curves);
  const gaps = kept.slice(1, -1).map((step, i) => step - (kept[i] ?? 0));
  assert.equal(kept[0], 0);
  assert.ok(kept.length >= 32);
  assert.ok(Math.max(...gaps) <= 2.5 * Math.min(...gaps), `gaps ${gaps}`);
});

test("a history fills the curves of the run that goes on", () => {
  const frames = createFrames(CATALOG.metrics);
  frames.receive(
    /** @type {History} */ ({
      type: "history",
      run: 4,
      arrays: {
        steps: { data: Float64Array.of(0, 10), shape: [2] },
        epochs: { data: Float64Array.of(0, 1), shape: [2] },
        metrics: { data: Float64Array.of(9, 8, 7, 6, 0.5, 0.6, 0.7, 0.8, 0, 0), shape: [5, 2] },
        learning_rates: { data: Float64Array.of(0.3, 0.1), shape: [2] },
      },
    }),
  );
  frames.receive(frameAt(20, 4));
  assert.deepEqual(steps(frames.curves), [0, 10, 20]);
  assert.deepEqual([...(frames.curves.metrics[1]?.subarray(0, 2) ?? [])], [7, 6]);
  assert.deepEqual([...frames.curves.learningRates.subarray(0, 2)], [0.3, 0.1]);
});

test("a scene is announced", () => {
  const frames = createFrames(CATALOG.metrics);
  let heard = 0;
  frames.subscribe(() => heard++);
  frames.receive(/** @type {Scene} */ ({ type: "scene", run: 1 }));
  frames.receive(frameAt(0));
  assert.equal(heard, 1);
  assert.equal(frames.scene?.run, 1);
});

test("every member has curves of its own", () => {
  const frames = createFrames(CATALOG.metrics);
  const metrics = { data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), shape: [5, 2] };
  frames.receive({ ...frameAt(0), arrays: /** @type {any} */ ({ metrics }) });
  assert.deepEqual(
    frames.members.map(({ metrics: rows }) => rows.map((row) => row[0])),
    [
      [1, 3, 5, 7, 9],
      [2, 4, 6, 8, 10],
    ],
  );
  assert.equal(frames.members[0], frames.curves);

  const one = (/** @type {number[]} */ ...data) => ({ data: Float64Array.from(data), shape: [data.length] });
  const all = { data: Float64Array.from({ length: 20 }, (_, i) => i), shape: [2, 5, 2] };
  frames.receive(
    /** @type {History} */ ({
      type: "history",
      run: 1,
      arrays: {
        steps: one(0, 25),
        epochs: one(0, 1),
        metrics: all,
        learning_rates: one(0.1, 0.1),
        member_metrics: all,
      },
    }),
  );
  assert.deepEqual([...(frames.members[1]?.metrics[4]?.subarray(0, 2) ?? [])], [18, 19]);
  assert.deepEqual([...(frames.curves.metrics[1]?.subarray(0, 2) ?? [])], [2, 3]);

  frames.receive(frameAt(0, 2));
  assert.equal(frames.members.length, 1);
});

test("charts read the rows of a frame in the catalogue's order", () => {
  const name = (/** @type {string} */ key) => key.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
  assert.deepEqual(Object.keys(ROWS).map(name), CATALOG.metrics);
  assert.deepEqual(
    Object.values(ROWS),
    CATALOG.metrics.map((_, row) => row),
  );
});
