import assert from "node:assert/strict";
import { test } from "node:test";

import { createStreamCheck } from "../../../static/js/wire/stream-check.js";

/** @import {Trouble} from "../../../static/js/base/types.js" */

/** @param {() => Promise<any>} ask */
function setUp(ask) {
  /** @type {(Trouble | null)[]} */
  const told = [];
  let asked = 0;
  const check = createStreamCheck({
    tell: (trouble) => told.push(trouble),
    ask: () => {
      asked += 1;
      return ask();
    },
  });
  return { check, told, asked: () => asked };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the server is asked after the third try, not before", async () => {
  const { check, told, asked } = setUp(async () => ({
    allowed: false,
    reason: "The page comes from http://a.",
    setting: "PLAYGROUND_ORIGINS=http://a",
  }));
  check("lost", 1);
  check("lost", 2);
  assert.equal(asked(), 0);
  check("lost", 3);
  await settled();
  assert.equal(asked(), 1);
  assert.match(told[0]?.title ?? "", /refuses/);
  assert.equal(told[0]?.text, "The page comes from http://a.");
  assert.equal(told[0]?.setting, "PLAYGROUND_ORIGINS=http://a");
  check("open", 0);
  assert.equal(told.at(-1), null);
});

test("a server that would allow it is behind something that lets no websockets through", async () => {
  for (const said of [{ allowed: true, reason: null, setting: null }, {}]) {
    const { check, told } = setUp(async () => said);
    check("lost", 5);
    await settled();
    assert.match(told[0]?.text ?? "", /websockets/);
    assert.equal(told[0]?.setting, null);
  }
});

test("where nobody answers the server cannot be reached", async () => {
  const { check, told } = setUp(() => Promise.reject(new TypeError("Failed to fetch")));
  check("lost", 3);
  await settled();
  assert.match(told[0]?.title ?? "", /cannot be reached/);
});

test("an answer that comes after the line is up again is not shown", async () => {
  /** @type {(said: object) => void} */
  let answer = () => {};
  const { check, told } = setUp(() => new Promise((resolve) => (answer = resolve)));
  check("lost", 3);
  check("open", 0);
  answer({ allowed: true });
  await settled();
  assert.deepEqual(told, [null]);
});
