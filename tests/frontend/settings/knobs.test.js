import assert from "node:assert/strict";
import { test } from "node:test";

import { check } from "../../../static/js/settings/knobs.js";
import { knob } from "../catalog.js";

test("a value within its limits is taken", () => {
  const noise = knob("noise", { minimum: 0, maximum: 0.5 });
  assert.deepEqual(check(noise, "0,5"), { value: 0.5 });
  assert.deepEqual(check(noise, "1e-3"), { value: 0.001 });
});

for (const [rest, text, said] of /** @type {const} */ ([
  [{ minimum: 0, maximum: 0.5 }, "0.51", "Not “0.51”. Allowed: a number from 0 to 0.5."],
  [{ type: "integer", minimum: 1, maximum: 30 }, "2.5", "Not “2.5”. Allowed: a whole number from 1 to 30."],
  [
    { type: "integer", minimum: 1, maximum: 30 },
    "1.000",
    "Not “1.000”: it can mean 1 or 1000. Allowed: a whole number from 1 to 30.",
  ],
  [{ minimum: 0 }, "−1", "Not “−1”. Allowed: a number, 0 or more."],
  [{ maximum: 1 }, "2", "Not “2”. Allowed: a number up to 1."],
  [{}, " ", "This is empty. Allowed: a number, such as 0.05 or −2."],
  [{}, "ten", "Not “ten”. Allowed: a number, such as 0.05 or −2."],
  [{}, "1 000", "Not “1 000”: it has a space in it. Allowed: a number, such as 0.05 or −2."],
  [{}, "x".repeat(50), `Not “${"x".repeat(40)} …”. Allowed: a number, such as 0.05 or −2.`],
])) {
  test(`"${text}" is answered with: ${said}`, () => {
    assert.deepEqual(check(knob("x", rest), text), { complaint: said });
  });
}
