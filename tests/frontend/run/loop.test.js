import assert from "node:assert/strict";
import { test } from "node:test";

import { createFrames } from "../../../static/js/run/frames.js";
import { createLoop } from "../../../static/js/run/loop.js";
import { CATALOG } from "../catalog.js";

function setUp() {
  const frames = createFrames(CATALOG.metrics);
  /** @type {(() => void)[]} */
  const scheduled = [];
  /** @type {string[]} */
  const log = [];
  const loop = createLoop({
    frames,
    drawn: ({ frame }) => log.push(`ack ${frame}`),
    schedule: (callback) => scheduled.push(callback),
  });
  loop.add({ draw: ({ frame }) => log.push(`draw ${frame}`) });
  loop.add(undefined);
  const arrive = (/** @type {number} */ frame) => {
    frames.latest = /** @type {any} */ ({ frame });
    loop.request();
  };
  const refresh = () => scheduled.splice(0).forEach((callback) => callback());
  return { loop, log, arrive, refresh, scheduled };
}

test("nothing is drawn before there is a frame", () => {
  const { loop, log, refresh } = setUp();
  loop.request();
  refresh();
  assert.deepEqual(log, []);
});

test("only the newest frame is drawn, once a refresh, and then acknowledged", () => {
  const { log, arrive, refresh, scheduled } = setUp();
  arrive(1);
  arrive(2);
  assert.equal(scheduled.length, 1);
  refresh();
  assert.deepEqual(log, ["draw 2", "ack 2"]);
});

test("a frame that is drawn again is not acknowledged again", () => {
  const { loop, log, arrive, refresh } = setUp();
  arrive(1);
  refresh();
  loop.request();
  refresh();
  assert.deepEqual(log, ["draw 1", "ack 1", "draw 1"]);
});
