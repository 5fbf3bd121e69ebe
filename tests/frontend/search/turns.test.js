import assert from "node:assert/strict";
import { test } from "node:test";

import { inTurn } from "../../../static/js/search/brush/turns.js";

/** @type {FrameRequestCallback[]} */
let frames = [];
globalThis.requestAnimationFrame = (callback) => frames.push(callback);

/** Runs what waits for the next frame. */
function frame() {
  const now = frames;
  frames = [];
  for (const callback of now) callback(0);
}

test("a frame serves one of those that wait, the one that has waited longest first", () => {
  /** @type {string[]} */
  const served = [];
  const lines = inTurn(0, () => served.push("lines"));
  const map = inTurn(0, () => served.push("map"));
  lines();
  map();
  lines();
  assert.deepEqual(served, []);
  frame();
  assert.deepEqual(served, ["lines"]);
  lines();
  frame();
  assert.deepEqual(served, ["lines", "map"]);
  frame();
  assert.deepEqual(served, ["lines", "map", "lines"]);
  frame();
  assert.deepEqual(served, ["lines", "map", "lines"]);
  assert.equal(frames.length, 0);
});

test("what was asked for within the gap is served after it", async () => {
  let served = 0;
  const follow = inTurn(20, () => served++);
  follow();
  frame();
  follow();
  follow();
  frame();
  assert.equal(served, 1);
  while (frames.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  frame();
  assert.equal(served, 2);
});
