import assert from "node:assert/strict";
import { test } from "node:test";

import { readMode, withMode } from "../../../static/js/address/mode-link.js";

test("an address says whether the network is shown as in training", () => {
  assert.equal(withMode("data=xor", true), "data=xor&mode=training");
  assert.equal(withMode("", true), "mode=training");
  assert.equal(withMode("data=xor", false), "data=xor");
  assert.deepEqual(readMode("#data=xor&mode=training"), { training: true, problems: [] });
  assert.deepEqual(readMode("#data=xor&mode=evaluation"), { training: false, problems: [] });
  assert.deepEqual(readMode("#data=xor"), { training: false, problems: [] });
});

test("another mode is refused", () => {
  const { training, problems } = readMode("mode=train");
  assert.equal(training, false);
  assert.deepEqual(problems, [{ path: "mode", value: "train", allowed: "training or evaluation" }]);
});
