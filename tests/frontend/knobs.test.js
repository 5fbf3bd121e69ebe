import assert from "node:assert/strict";
import { test } from "node:test";

import { check, pathOf, valueAt } from "../../static/js/lib/knobs.js";
import { knob } from "./catalog.js";

test("a value within its limits is taken", () => {
  const noise = knob("noise", { minimum: 0, maximum: 0.5 });
  assert.deepEqual(check(noise, "0.5"), { value: 0.5 });
  assert.deepEqual(check(noise, "1e-3"), { value: 0.001 });
});

for (const [rest, text, allowed] of /** @type {const} */ ([
  [{ minimum: 0, maximum: 0.5 }, "0.51", "a number from 0 to 0.5"],
  [{ type: "integer", minimum: 1, maximum: 30 }, "2.5", "a whole number from 1 to 30"],
  [{ minimum: 0 }, "-1", "a number from 0 on"],
  [{ maximum: 1 }, "2", "a number up to 1"],
  [{}, "", "a number"],
  [{}, "ten", "a number"],
])) {
  test(`"${text}" is answered with: ${allowed}`, () => {
    assert.deepEqual(check(knob("x", rest), text), { allowed });
  });
}

test("paths lead through objects and lists", () => {
  const spec = { layers: [{ units: 4, activation: { kind: "tanh" } }] };
  assert.equal(valueAt(spec, "layers.0.activation.kind"), "tanh");
  assert.equal(valueAt(spec, "layers.1.units"), undefined);
  assert.equal(pathOf("", "batch_size"), "batch_size");
  assert.equal(pathOf("optimizer", "kind"), "optimizer.kind");
});
