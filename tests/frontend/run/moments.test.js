import assert from "node:assert/strict";
import { test } from "node:test";

import { createMoments, isNear } from "../../../static/js/run/moments.js";
import { INITIAL, createStore } from "../../../static/js/base/store.js";

/** @import {Frame, State} from "../../../static/js/base/types.js" */

const A = { layers: [4], rate: 1 };
const B = { layers: [4, 4], rate: 1 };

/** The page's store, fed as the server's statuses and frames feed it. */
function page() {
  const store = createStore(/** @type {State} */ ({ ...INITIAL }));
  /** @type {any} */
  const newest = { latest: null };
  const moments = createMoments(() => /** @type {Frame | null} */ (newest.latest));
  store.subscribe(moments.see);
  return {
    store,
    moments,
    /** @param {object} said */
    status: (said) => store.set(/** @type {Partial<State>} */ ({ phase: "paused", goal: null, planned: 0, ...said })),
    /** @param {number} run @param {number} step */
    frame: (run, step) => (newest.latest = { run, step }),
  };
}

/** @param {object} spec @param {number} run @param {any[]} [edits] */
const begun = (spec, run, edits = []) => ({ run, spec, startSpec: spec, edits });

test("a change that begins another run leaves the former one at its step", () => {
  const { moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 484);
  status({ ...begun(B, 2), phase: "playing" });
  assert.deepEqual(moments.before?.wanted, { spec: A, edits: [], step: 484, playing: false });
  assert.equal(moments.now?.run, 2);
});

test("undo leads to what was there, and redo to where it was undone", () => {
  const { store, moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 10);
  status(begun(B, 2));
  frame(2, 7);
  moments.leave(-1, store.get());
  status(begun(A, 3));
  frame(3, 10);
  assert.deepEqual([moments.before, moments.after?.wanted.step, moments.after?.wanted.spec], [null, 7, B]);
  moments.leave(1, store.get());
  status(begun(B, 4));
  assert.deepEqual([moments.before?.wanted.step, moments.after], [10, null]);
});

test("a running network that was changed is left at the step of the change, not at the one that was shown", () => {
  const { moments, status, frame } = page();
  status(begun(A, 1));
  status({ ...begun(A, 1), phase: "playing" });
  frame(1, 100);
  const edits = [{ step: 105, changes: { rate: 2 } }];
  status({ ...begun(A, 1, edits), spec: { ...A, rate: 2 }, phase: "playing" });
  assert.deepEqual(moments.before?.wanted, { spec: A, edits: [], step: 105, playing: true });
});

test("time that passes, and travelling in it, is no change", () => {
  const { moments, status, frame } = page();
  const edits = [{ step: 5, changes: { rate: 2 } }];
  status(begun(A, 1));
  frame(1, 5);
  status({ ...begun(A, 1, edits), spec: { ...A, rate: 2 } });
  frame(1, 50);
  const { now } = moments;
  status({ ...begun(A, 1, edits), planned: 1 });
  status({ ...begun(A, 1, edits), phase: "playing" });
  assert.equal(moments.now, now);
  assert.equal(moments.after, null);
});

test("weights that were set are a change, of the settings there is none", () => {
  const { moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 20);
  status(begun(A, 1, [{ step: 20, changes: { theta: [1, 2] } }]));
  assert.deepEqual(moments.before?.wanted.edits, []);
  assert.equal(moments.before && moments.now && isNear(moments.before, moments.now), false);
});

test("settings that were changed at the step at hand can be set again", () => {
  const { store, moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 20);
  status({ ...begun(A, 1, [{ step: 20, changes: { rate: 2 } }]), spec: { ...A, rate: 2 } });
  moments.leave(-1, store.get());
  assert.ok(moments.before && moments.now && isNear(moments.before, moments.now));
  frame(1, 21);
  moments.stay();
  moments.leave(-1, store.get());
  assert.equal(moments.before && moments.now && isNear(moments.before, moments.now), false);
});

test("a reset can be taken back; one at the start is none", () => {
  const { moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 0);
  status(begun(A, 2));
  const atStart = moments.before;
  assert.equal(atStart, null);
  frame(2, 300);
  status(begun(A, 3));
  assert.equal(moments.before?.wanted.step, 300);
});

test("a server that makes the run again after a restart changes nothing", () => {
  const { store, moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 10);
  status(begun(B, 2));
  frame(2, 40);
  const before = /** @type {unknown} */ (moments.before);
  store.set({ goal: { step: 40, playing: false } });
  store.set(/** @type {Partial<State>} */ ({ ...begun(B, 1), phase: "seeking" }));
  assert.equal(moments.before, before);
  assert.deepEqual([moments.now?.run, moments.now?.wanted.step], [1, 40]);
});

test("what comes to nothing moves nothing", () => {
  const { store, moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 10);
  status(begun(B, 2));
  moments.leave(-1, store.get());
  moments.stay();
  assert.deepEqual([moments.before?.wanted.spec, moments.now?.wanted.spec], [A, B]);
});

test("a drag is one change, however many values it goes through", () => {
  const { store, moments, status, frame } = page();
  status({ ...begun(A, 1), phase: "playing" });
  frame(1, 5);
  store.set({ dragging: true });
  status(begun(A, 1));
  for (const value of [1, 2, 3]) status(begun(A, 1, [{ step: 6, changes: { "theta.output.W.0.0": value } }]));
  frame(1, 6);
  assert.equal(moments.before?.wanted, undefined);
  store.set({ dragging: false });
  assert.deepEqual(moments.before?.wanted, { spec: A, edits: [], step: 6, playing: true });
  moments.leave(-1, store.get());
  assert.equal(moments.now?.wanted.edits[0]?.changes["theta.output.W.0.0"], 3);
});

test("a drag that puts the old value back is no change", () => {
  const { store, moments, status, frame } = page();
  status(begun(A, 1));
  frame(1, 5);
  store.set({ dragging: true });
  status(begun(A, 1, [{ step: 5, changes: { "theta.output.W.0.0": 2 } }]));
  status(begun(A, 1));
  store.set({ dragging: false });
  assert.equal(moments.before, null);
});
