import assert from "node:assert/strict";
import { test } from "node:test";

import { asWritten, loss, setNumber, share, signed, significant, speed } from "../../../static/js/base/format.js";

test("small and large numbers stand beside a power of ten, everywhere alike", () => {
  assert.deepEqual(
    [4.2e-7, 5.93e-7, 1e-6, 0.2e17, -1.5e-9].map((value) => significant(value)),
    ["4.2×10⁻⁷", "5.93×10⁻⁷", "1×10⁻⁶", "2×10¹⁶", "−1.5×10⁻⁹"],
  );
  assert.deepEqual([4.24e-7, 0.00042, 9.99, 1234.5, 1.234e17].map(loss), [
    "4.2×10⁻⁷",
    "0.0004",
    "9.9900",
    "1234.50",
    "1.23×10¹⁷",
  ]);
  assert.deepEqual([0.97, -99.5, -5e7].map(share), ["0.970", "−99.500", "−5×10⁷"]);
  assert.deepEqual(
    [1, -12345, 3e9].map((value) => signed(value)),
    ["+1.000", "−12345", "+3×10⁹"],
  );
  for (const write of [significant, loss, share, signed, setNumber]) {
    for (const value of [NaN, Infinity, -Infinity]) assert.equal(write(value), "–");
  }
});

test("what somebody set has all its digits", () => {
  assert.deepEqual([0.03, 1e-7, 1.25e-8, 0, -0.5, 2147483647, 1e8, 250].map(setNumber), [
    "0.03",
    "1×10⁻⁷",
    "1.25×10⁻⁸",
    "0",
    "−0.5",
    "2147483647",
    "1×10⁸",
    "250",
  ]);
});

test("the number that is written can be reckoned with", () => {
  assert.deepEqual(
    [0.1234567, 1.23456789e-7, 123456789, 0].map((value) => asWritten(value, 5)),
    [0.12346, 1.235e-7, 1.235e8, 0],
  );
});

test("a speed says of what", () => {
  assert.deepEqual([1, 10, 10_000, 2.5].map(speed), ["1 step/s", "10 steps/s", "10,000 steps/s", "2.5 steps/s"]);
});
