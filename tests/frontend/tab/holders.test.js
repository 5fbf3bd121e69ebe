import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { createHolders } from "../../../static/js/tab/holders.js";

/** @type {BroadcastChannel[]} */
const open = [];

function window() {
  const channel = new BroadcastChannel("sessions of this test");
  open.push(channel);
  return createHolders(/** @type {any} */ (channel));
}

afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

test("the window that holds a session says what it goes on with", async () => {
  const [one, other, third] = [window(), window(), window()];
  one.answer(() => ({ session: "a", step: 7 }));
  other.answer(() => ({ session: "b", step: 8 }));
  assert.deepEqual(await third.stateOf("a", false), { session: "a", step: 7 });
  assert.deepEqual(await third.stateOf("b", false), { session: "b", step: 8 });
});

test("a window that is busy is waited for when the session was copied while a page had it", async () => {
  const [one, other] = [window(), window()];
  one.answer(() => ({ session: "a", step: 7 }));
  const busy = performance.now() + 400;
  const answer = other.stateOf("a", false);
  while (performance.now() < busy);
  assert.equal((await answer)?.step, 7);
});

test("nobody answers for a session that none holds, or from a page that was left", async () => {
  const [one, other] = [window(), window()];
  one.answer(() => null);
  other.answer(() => ({ session: null }));
  assert.equal(await other.stateOf("a", true), null);
});

test("where the browser has no channel there is nobody to ask", async () => {
  const alone = createHolders(null);
  alone.answer(() => ({ session: "a" }));
  assert.equal(await alone.stateOf("a", true), null);
});
