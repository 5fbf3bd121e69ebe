import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { createTraceKeeper } from "../../../../static/js/insights/point/keeper.js";
import { createStore, INITIAL } from "../../../../static/js/base/store.js";

/** @import {State} from "../../../../static/js/base/types.js" */

const FOLLOWED = { point: /** @type {[number, number]} */ ([1, 2]), label: 0 };
const PART = {
  ...{ type: "study", id: 1, kind: "trace", part: 0, done: true, run: 1, step: 0, point: [1, 2], label: 0 },
  ...{ features: ["x1"], units: [1, 1], activations: ["tanh"], loss: 1, information: null, checked: false, arrays: {} },
};

function keeper() {
  /** @type {State} */
  const begin = { ...INITIAL, connection: "open", run: 1, units: [1, 1], followed: FOLLOWED };
  const store = createStore(begin);
  /** @type {{what: any, part: (part: any) => void, end: (reply: any) => void}[]} */
  const asked = [];
  const study = (/** @type {any} */ what, /** @type {any} */ part) =>
    /** @type {Promise<any>} */ (new Promise((end) => asked.push({ what, part, end })));
  /** @type {any[]} */
  const shown = [];
  const needs = () => ({ check: false, update: false });
  return { store, asked, shown, ...createTraceKeeper({ store, study, needs, show: (trace) => shown.push(trace) }) };
}

test("one question at a time, the newest next, and no more than ten a second", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { asked, drawn, shown } = keeper();
  drawn(1);
  drawn(2);
  drawn(3);
  assert.equal(asked.length, 1);
  asked[0]?.part(PART);
  asked[0]?.end({ ok: true });
  await Promise.resolve();
  assert.equal(shown.length, 1);
  assert.equal(asked.length, 1);
  mock.timers.tick(100);
  assert.equal(asked.length, 2);
  // nothing new: nothing is asked
  asked[1]?.end({ ok: true });
  await Promise.resolve();
  mock.timers.tick(1000);
  assert.equal(asked.length, 2);
  mock.timers.reset();
});

test("what is about another run or network is not shown", () => {
  const { asked, drawn, shown, store } = keeper();
  drawn(1);
  asked[0]?.part({ ...PART, run: 0 });
  store.set({ units: [1, 2] });
  asked[0]?.part(PART);
  assert.equal(shown.length, 0);
});

test("where nobody follows a point, or there is no line, nothing is asked", () => {
  const { asked, drawn, store } = keeper();
  store.set({ connection: "lost" });
  drawn(1);
  store.set({ connection: "open", followed: null });
  drawn(2);
  assert.equal(asked.length, 0);
});
