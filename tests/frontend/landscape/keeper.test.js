import assert from "node:assert/strict";
import { test } from "node:test";

import { createFrames } from "../../../static/js/run/frames.js";
import { createLandscapeKeeper } from "../../../static/js/landscape/keeper.js";
import { INITIAL, createStore } from "../../../static/js/base/store.js";
import { CATALOG } from "../catalog.js";

/** @type {import("../../../static/js/wire/connection.js").Reply} */
const OK = { ok: true, code: "", message: "", problems: [], file: null };

/** @param {number} side @param {boolean} done */
function part(side, done) {
  const block = (/** @type {number[]} */ ...shape) => ({
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
    shape,
  });
  return /** @type {any} */ ({
    type: "study",
    kind: "landscape",
    done,
    step: 0,
    ranges: [
      [-1, 1],
      [-1, 1],
    ],
    explained: null,
    labels: ["a", "b"],
    arrays: {
      loss: block(side, side),
      path_steps: block(1),
      paths: block(1, 2, 2),
      true_loss: block(1, 2),
      plane_loss: block(1, 2),
      away: block(1, 2),
    },
  });
}

/** A run at step 0, a keeper of its landscape, and what it asked for: each is answered by hand. */
function setUp() {
  const store = createStore({ ...INITIAL });
  const frames = createFrames(CATALOG.metrics);
  /** @type {{what: any, onPart: (part: any) => void, answer: (reply: any) => void}[]} */
  const requests = [];
  /** @type {(() => void)[]} */
  const timers = [];
  const clock = { now: 0 };
  const keeper = /** @type {any} */ (
    createLandscapeKeeper({
      store,
      frames,
      catalog: CATALOG,
      now: () => clock.now,
      later: (callback) => timers.push(callback),
      study: (what, onPart) => new Promise((answer) => requests.push({ what, onPart, answer })),
    })
  );
  const goTo = (/** @type {number} */ step, run = 1) => {
    const metrics = { data: new Float64Array(10), shape: [5, 2] };
    frames.receive(
      /** @type {any} */ ({ type: "frame", run, frame: step, step, epoch: 0, rate: 0, arrays: { metrics } }),
    );
    keeper.consider();
  };
  store.set({ connection: "open", run: 1 });
  goTo(0);
  const finish = async (reply = OK) => {
    requests.at(-1)?.answer(reply);
    await new Promise(setImmediate);
  };
  return { store, keeper, requests, timers, clock, goTo, finish };
}

test("a new landscape is shown coarse, then fine", () => {
  const { keeper, requests } = setUp();
  assert.equal(requests.length, 1);
  assert.deepEqual(requests[0]?.what.axes, { kind: "pca" });
  requests[0]?.onPart(part(13, false));
  assert.equal(keeper.latest.side, 13);
  requests[0]?.onPart(part(51, true));
  assert.equal(keeper.latest.side, 51);
  assert.equal(keeper.latest.members, 2);
});

test("while training goes on it is asked for once a second, and no coarse picture takes the place of a fine one", async () => {
  const { store, keeper, requests, timers, clock, goTo, finish } = setUp();
  requests[0]?.onPart(part(51, true));
  await finish();
  store.set({ phase: "playing" });
  goTo(10);
  goTo(20);
  assert.equal(requests.length, 1);
  assert.equal(timers.length, 1);
  clock.now = 1000;
  timers.pop()?.();
  assert.equal(requests.length, 2);
  requests[1]?.onPart(part(13, false));
  assert.equal(keeper.latest.side, 51);
  goTo(30);
  clock.now = 5000;
  assert.equal(requests.length, 2, "one at a time");
  store.set({ phase: "paused" });
  await finish();
  assert.equal(requests.length, 3, "the step where it came to rest");
});

test("networks that are put somewhere else at the same step have another landscape", async () => {
  const { store, requests, finish } = setUp();
  await finish();
  for (const [count, place] of [
    [2, 0.5],
    [3, 0.7],
  ]) {
    store.set({ edits: [{ step: 0, changes: { theta: [place] } }] });
    assert.equal(requests.length, count);
    await finish();
  }
  store.set({ edits: [{ step: 0, changes: { theta: [0.7] } }] });
  assert.equal(requests.length, 3, "the same edits in another status are no others");
});

test("who does not follow keeps the picture, until it is asked for or something else is wanted", async () => {
  const { store, keeper, requests, goTo, finish } = setUp();
  await finish();
  store.set({ landscape: { ...INITIAL.landscape, follow: false } });
  goTo(50);
  assert.equal(requests.length, 1);
  keeper.renew();
  assert.equal(requests.length, 2);
  await finish();
  store.set({ landscape: { ...store.get().landscape, half: "test" } });
  assert.equal(requests.length, 3, "at once, whatever is under way");
  store.set({ landscape: { ...store.get().landscape, axes: "random", seed: 7 } });
  assert.deepEqual(requests[3]?.what.axes, { kind: "random", seed: 7 });
});

test("pictures of a run that is over are not shown, and a refusal is said", async () => {
  const { store, keeper, requests, goTo, finish } = setUp();
  store.set({ run: 2 });
  requests[0]?.onPart(part(13, false));
  assert.equal(keeper.latest, null);
  goTo(0, 2);
  assert.equal(requests.length, 2);
  await finish({
    ...OK,
    ok: false,
    code: "bad_spec",
    message: "No.",
    problems: [{ path: "axes", value: 1, allowed: "yes" }],
  });
  assert.equal(keeper.problem, "1 was rejected. Allowed: yes.");
});
