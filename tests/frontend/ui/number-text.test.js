import assert from "node:assert/strict";
import { test } from "node:test";

import { readNumber } from "../../../static/js/ui/number-text.js";

for (const [text, value] of /** @type {[string, number][]} */ ([
  ["0.05", 0.05],
  ["0,05", 0.05],
  ["-0,05", -0.05],
  ["−0.05", -0.05],
  ["–0.05", -0.05],
  ["+0,1", 0.1],
  ["− 3", -3],
  [".5", 0.5],
  [",5", 0.5],
  ["-.5", -0.5],
  ["5.", 5],
  ["007", 7],
  ["0", 0],
  ["-0", 0],
  ["1e-3", 0.001],
  ["1E−3", 0.001],
  ["2,5e+4", 25000],
  ["1.7976931348623157e308", Number.MAX_VALUE],
  ["1×10⁻³", 0.001],
  ["1·10^-3", 0.001],
  ["1,5 × 10⁻³", 0.0015],
  ["2*10**-3", 0.002],
  ["3 x 10^2", 300],
  ["4⋅10^(−2)", 0.04],
  ["10⁻⁸", 1e-8],
  ["−10^3", -1000],
  ["10^-3", 0.001],
  ["2×10⁺²", 200],
  ["1×10¹²", 1e12],
  [" 0.05\n", 0.05],
  ["\u00a00,05\u202f", 0.05],
  ["\u200e-0.05\u200f", -0.05],
  ["\ufeff7", 7],
  ["０．０５", 0.05],
  ["０，０５", 0.05],
  ["－０．０５", -0.05],
  ["１ｅ－３", 0.001],
  ["＋１", 1],
  ["0。05", 0.05],
  ["\u30001", 1],
  // three digits behind a comma are no thousand where a 0 or nothing, or more than three digits, stand before it
  ["0,005", 0.005],
  [",125", 0.125],
  ["1234,567", 1234.567],
  ["1,5", 1.5],
  ["1,0005", 1.0005],
  ["1.000", 1],
])) {
  test(`${JSON.stringify(text)} is ${value}`, () => assert.deepEqual(readNumber(text), { value }));
}

for (const [text, wrong] of /** @type {[string, string][]} */ ([
  ["1,000", "it can mean 1 or 1000"],
  ["-12,500", "it can mean 12.5 or 12500"],
  ["１，０００", "it can mean 1 or 1000"],
  ["1,500e3", "it can mean 1.5 or 1500"],
  ["1.000,5", "it has a point and a comma, where one decimal mark is enough"],
  ["1,000.5", "it has a point and a comma, where one decimal mark is enough"],
  ["1 000", "it has a space in it"],
  ["1\u202f000", "it has a space in it"],
  ["0, 05", "it has a space in it"],
  ["0,05,3", "it has more than one comma"],
  ["1.000.000", "it has more than one point"],
  ["1'000", "it has an apostrophe in it"],
  ["1e999", "it is too large"],
  ["-1×10^400", "it is too large"],
  ["1e-999", "it is too close to 0"],
  ...[
    "",
    " ",
    "e",
    "-",
    ".",
    ",",
    "1e",
    "1e1.5",
    "e5",
    "--1",
    "0x10",
    "1_000",
    "½",
    "10²3",
    "5²",
    "x²",
    "5%",
    "1/3",
    "5 cm",
    "ten",
    "NaN",
    "Infinity",
    "∞",
    "1×10",
    "1×",
    "×10^3",
    "0.5.",
    "三",
    "1-3",
    "(5)",
  ].map((each) => [each, each === "0.5." ? "it has more than one point" : ""]),
])) {
  test(`${JSON.stringify(text)} is not taken`, () => assert.deepEqual(readNumber(text), { wrong }));
}

test("in a whole number a point may part thousands, too", () => {
  assert.deepEqual(readNumber("1.000", true), { wrong: "it can mean 1 or 1000" });
  assert.deepEqual(readNumber("1,000", true), { wrong: "it can mean 1 or 1000" });
  for (const [text, value] of /** @type {[string, number][]} */ ([
    ["1000", 1000],
    ["30,0", 30],
    ["1e3", 1000],
    ["3.0", 3],
  ])) {
    assert.deepEqual(readNumber(text, true), { value });
  }
});

test("every number that the page writes can be typed back", () => {
  for (const value of [0.1, -0.30000000000000004, 1e-7, 5e-324, 123456789, 1e21, -2.5e-10]) {
    assert.deepEqual(readNumber(String(value)), { value });
    assert.deepEqual(readNumber(String(value).replaceAll("-", "−")), { value });
  }
});
