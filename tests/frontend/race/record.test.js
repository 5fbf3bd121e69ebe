import assert from "node:assert/strict";
import { test } from "node:test";

import { createScale, rounded } from "../../../static/js/draw/scale.js";
import { point, significant } from "../../../static/js/race/numbers/numbers.js";
import { runnersOf } from "../../../static/js/race/visible.js";
import { createTrack, standingAt } from "../../../static/js/race/record.js";
import { reckon } from "../../../static/js/race/numbers/calculator.js";
import { putIn, writtenOut } from "../../../static/js/race/numbers/worked-update.js";

/** @import {StudyPart} from "../../../static/js/base/types.js" */

const WIDTHS = /** @type {[string, number][]} */ (
  Object.entries({ path: 2, value: 1, gradient: 2, gradient_norm: 1, rate: 1, learning_rate: 1, distance: 1 })
);

/**
 * Two racers from two starts; every number says its row, member and coordinate: 1.31 is row 1, member 3, y.
 *
 * @param {number} first @param {number} rows @param {boolean} done @returns {any}
 */
const part = (first, rows, done) => ({
  race: { steps: 4, racers: [{}, {}] },
  members: 4,
  view: [-1, 1, -1, 1],
  minima: [],
  first,
  done,
  events: [],
  theory: null,
  arrays: Object.fromEntries(
    WIDTHS.map(([name, width]) => [
      name,
      {
        shape: [rows, 4],
        data: Array.from({ length: rows * 4 * width }, (_, i) => {
          const member = Math.floor(i / width) % 4;
          return first + Math.floor(i / (4 * width)) + member / 10 + (i % width) / 100;
        }),
      },
    ]),
  ),
});

test("a race is put together of its parts, each number at its place", () => {
  const track = createTrack(part(0, 2, false), {});
  track.add(part(0, 2, false));
  assert.deepEqual([track.last, track.complete, track.starts], [1, false, 2]);
  track.add(part(2, 3, true));
  assert.deepEqual([track.last, track.complete], [4, true]);
  assert.equal(track.at("path", 1, 3, 1), 1.31);
  assert.equal(track.at("value", 4, 2), 4.2);
  assert.equal(track.at("gradient", 3, 0), 3);
  assert.equal(track.member(1, 1), 3);
  assert.equal(track.member(1, 9), 3, "a start that is there no more is the last one");
});

test("standings hold from the step on in which they came about", () => {
  const event = { converged: 7, stuck: 3, diverged: null, failed: null, minimum: 0 };
  assert.deepEqual(
    [2, 3, 6, 7].map((step) => standingAt(event, step)),
    ["running", "stuck", "stuck", "converged"],
  );
  const far = { converged: null, stuck: null, diverged: 3, failed: null, minimum: null };
  assert.deepEqual(
    [2, 3].map((step) => standingAt(far, step)),
    ["running", "diverged"],
  );
  const failed = {
    converged: null,
    stuck: null,
    diverged: null,
    failed: { step: 5, cause: "too large", outside: false },
    minimum: null,
  };
  assert.deepEqual(
    [4, 5].map((step) => standingAt(failed, step)),
    ["running", "diverged"],
  );
  const outside = { ...failed, failed: { step: 5, cause: "left the domain of f", outside: true } };
  assert.deepEqual(
    [4, 5].map((step) => standingAt(outside, step)),
    ["running", "outside"],
  );
  assert.equal(standingAt(undefined, 0), "running");
});

test("the chosen racer is drawn last, hidden ones not at all", () => {
  const track = createTrack(part(0, 5, true), {});
  const all = runnersOf(track, { looks: [4, 6], hidden: [], chosen: 0, start: 1 });
  assert.deepEqual(
    all.map(({ member }) => member),
    [0, 2, 3, 1],
  );
  assert.deepEqual(all.at(-1), { member: 1, look: 4, chosen: true, faint: false });
  assert.deepEqual(
    runnersOf(track, { looks: [4, 6], hidden: [0], chosen: 0, start: 0 }).map(({ member }) => member),
    [3, 2],
  );
});

test("a place off the map is shown at its border, in its direction", () => {
  const scale = createScale([-2, 2, 0, 4], 400);
  assert.deepEqual(scale.point(100, 100), [-1, 3]);
  assert.deepEqual([scale.across(-1), scale.down(3)], [100, 100]);
  assert.deepEqual(scale.inside(1, 2, 10), { x: 300, y: 200, away: false, angle: 0 });
  assert.deepEqual(scale.inside(1e9, 2, 10), { x: 390, y: 200, away: true, angle: 0 });
  assert.equal(scale.holds(2.01, 2), false);
  assert.deepEqual([rounded(0.123456, 3), rounded(0.123456, 1000), rounded(1.23456e-7, 1e-5)], [0.123, 0, 1.2e-7]);
});

test("numbers have a few digits whatever their size", () => {
  assert.deepEqual(
    [0, 1, -0.123456, 123456.7, 1e-7, -2.3456e21, NaN, Infinity].map((value) => significant(value)),
    ["0", "1", "−0.1235", "123500", "1×10⁻⁷", "−2.35×10²¹", "–", "–"],
  );
  assert.equal(point(1.23456, -0.5), "(1.23, −0.5)");
});

/** The second update of momentum in f = x² + 2y² from (1, 1): w = (0.8, 0.6), v = (2, 4), g = (1.6, 2.4). @type {any} */
const study = {
  names: ["w", "g", "velocity", "momentum", "velocity_next", "rate"],
  lines: [
    { symbol: "v", rule: "μ v + g", numbers: "{momentum}·{velocity} + {g}" },
    { symbol: "w", rule: "w − η v", numbers: "{w} − {rate}·{velocity_next}" },
  ],
  arrays: {
    values: { shape: [1, 6, 2], data: [0.8, 0.6, 1.6, 2.4, 2, 4, 0.9, 0.9, 3.4, 6, 0.1, 0.1] },
    results: { shape: [1, 2, 2], data: [3.4, 6, 0.46, 1e-16] },
  },
};

test("an update is written out with its numbers, and what rounding left of nothing is nothing", () => {
  // 0.6 − 0.1·6 is 0, and 1e-16 goes on into the next update
  assert.deepEqual(writtenOut(/** @type {StudyPart} */ (study), 0), {
    old: ["0.8", "0.6"],
    gradient: ["1.6", "2.4"],
    lines: [
      {
        symbol: "v",
        rule: "μ v + g",
        numbers: ["0.9·2 + 1.6", "0.9·4 + 2.4"],
        results: ["3.4", "6"],
        rounded: [false, false],
      },
      {
        symbol: "w",
        rule: "w − η v",
        numbers: ["0.8 − 0.1·3.4", "0.6 − 0.1·6"],
        results: ["0.46", "0"],
        rounded: [false, true],
      },
    ],
  });
});

/**
 * One line of an update, from numbers of x; y has the same.
 *
 * @param {string} numbers
 * @param {{[name: string]: number}} given
 * @param {number} result
 */
function oneLine(numbers, given, result) {
  const names = Object.keys(given);
  const both = (/** @type {number[]} */ values) => values.flatMap((value) => [value, value]);
  return writtenOut(
    /** @type {any} */ ({
      names,
      lines: [{ symbol: "w", rule: "", numbers }],
      arrays: {
        values: { shape: [1, names.length, 2], data: both(Object.values(given)) },
        results: { shape: [1, 1, 2], data: both([result]) },
      },
    }),
    0,
  );
}

test("while a race diverges, knobs and old values stand as they are", () => {
  const given = { w: 3e-6, rate: 0.01, g: 4e20, epsilon: 1e-8, velocity: -2e24 };
  const { old, lines } = oneLine("{w} − {rate}·{velocity} / (√{g} + {epsilon})", given, 1e12);
  assert.equal(old[0], "3×10⁻⁶");
  assert.equal(lines[0]?.numbers[0], "3×10⁻⁶ − 0.01·(−2×10²⁴) / (√(4×10²⁰) + 1×10⁻⁸)");
  assert.equal(lines[0]?.results[0], "1×10¹²");
  assert.equal(lines[0]?.rounded[0], false);
});

test("what is small beside a large term that is no term of its line is not nothing", () => {
  // 1e-20 beside 1e9 is small, but its line has nothing larger
  const { lines } = oneLine("{rate}·{g}", { w: 1e9, rate: 0.1, g: 1e-19 }, 1e-20);
  assert.equal(lines[0]?.results[0], "1×10⁻²⁰");
});

test("a result is rounded where a calculator gets another last digit", () => {
  // 0.12346 · 0.12346 = 0.015242…, and the true product of 0.1234567 with itself is 0.015241…
  const { lines } = oneLine("{a}·{a}", { w: 0, g: 0, a: 0.1234567 }, 0.1234567 ** 2);
  assert.deepEqual([lines[0]?.results[0], lines[0]?.rounded[0]], ["0.015242", false]);
  // 1/3 written as 0.33333: three of them are 0.99999
  const third = oneLine("{a} + {a} + {a}", { w: 0, g: 0, a: 1 / 3 }, 1);
  assert.deepEqual([third.lines[0]?.results[0], third.lines[0]?.rounded[0]], ["1", true]);
  // 0.3 − 0.1·3 is 0 in decimals, and a rest of −5.6e-17 in the computer's
  const rest = oneLine("{w} − {rate}·{g}", { w: 0.3, rate: 0.1, g: 3 }, 0.3 - 0.1 * 3);
  assert.deepEqual([rest.lines[0]?.results[0], rest.lines[0]?.rounded[0]], ["0", true]);
  assert.equal(oneLine("{w} − {g}", { w: 2, g: 2 }, 0).lines[0]?.rounded[0], false);
  // and one that it does not find: the terms differ behind the digits that are written
  const hidden = oneLine("{w} − {g}", { w: 1.0000001, g: 1 }, 1.0000001 - 1);
  assert.deepEqual([hidden.lines[0]?.results[0], hidden.lines[0]?.rounded[0]], ["1×10⁻⁷", true]);
  assert.equal(oneLine("μ₁ ⋯ {mu}", { w: 0, g: 0, mu: 0.5 }, 0.1).lines[0]?.rounded[0], false);
});

test("a calculator reads every sign that lines are written with", () => {
  const numbers = /** @type {{[name: string]: number}} */ ({ a: 2, b: -3, n: 4, c: 16 });
  const come = (/** @type {string} */ template) => reckon(template, (name) => numbers[name] ?? NaN);
  assert.equal(come("{a} − {a}·{b}"), 8);
  assert.equal(come("{b}²"), 9);
  assert.equal(come("1 − {a}^{n}"), -15);
  assert.equal(come("√{c}"), 4);
  assert.equal(come("√({c} + {n}·{n} − 16)"), 4);
  assert.equal(come("{a}·√({c}) / √({n})"), 4);
  assert.equal(come("min(max({b}, −{a}), {a})"), -2);
  assert.equal(come("(1 − {a}·{n})·{a} − {a}·sign({b})"), -12);
  assert.equal(come("{a}·(1 − ½·2^(0.5·({n} + 2)))"), -6);
  assert.ok(Number.isNaN(come("μ₁ ⋯ {a}")));
});

test("numbers below zero stand in parentheses after a sign", () => {
  const number = (/** @type {string} */ name) => ({ a: -1, b: -2.5, c: 3 })[name] ?? NaN;
  assert.equal(putIn("{a} − {c}·{b}", number), "−1 − 3·(−2.5)");
  assert.equal(putIn("{c}·{a}²", number), "3·(−1)²");
  assert.equal(putIn("max({a}, {b})", number), "max(−1, −2.5)");
  assert.equal(
    putIn("1 − {c}^{n}", (name) => ({ c: 0.9, n: 13 })[name] ?? NaN),
    "1 − 0.9¹³",
  );
});
