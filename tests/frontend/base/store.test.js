import assert from "node:assert/strict";
import { test } from "node:test";

import { INITIAL, createStore, watch } from "../../../static/js/base/store.js";

test("listeners get the new and the old state", () => {
  const store = createStore(INITIAL);
  /** @type {unknown[]} */
  const heard = [];
  store.subscribe((state, previous) => heard.push([state.run, previous.run]));
  store.set({ run: 3 });
  assert.deepEqual(heard, [[3, 0]]);
});

test("a patch that changes nothing is not announced, and equal parts keep their identity", () => {
  const store = createStore({ ...INITIAL, spec: { layers: [1, 2] } });
  const { spec } = store.get();
  let count = 0;
  store.subscribe(() => count++);
  store.set({ spec: { layers: [1, 2] }, phase: "paused" });
  assert.equal(count, 0);
  store.set({ spec: { layers: [1, 2] }, phase: "playing" });
  assert.equal(count, 1);
  assert.equal(store.get().spec, spec);
});

test("a watcher is called at once, and again only for its keys", () => {
  const store = createStore(INITIAL);
  /** @type {string[]} */
  const phases = [];
  const stop = watch(store, ["phase"], ({ phase }) => phases.push(phase));
  store.set({ run: 1 });
  store.set({ phase: "playing" });
  stop();
  store.set({ phase: "paused" });
  assert.deepEqual(phases, ["paused", "playing"]);
});

test("a listener may change the state", () => {
  const store = createStore(INITIAL);
  watch(store, ["run"], ({ run }) => store.set({ notice: run > 0 ? "started" : null }));
  store.set({ run: 1 });
  assert.equal(store.get().notice, "started");
});
