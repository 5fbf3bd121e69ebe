import assert from "node:assert/strict";
import { test } from "node:test";

import { dragged, keptBy, SCORE, valueAlong, withRange } from "../../../static/js/search/brush/brush.js";
import { dimensionsOf, rangeOf, scoreDimension, stretchOf } from "../../../static/js/search/brush/dimension.js";
import { groupsOf } from "../../../static/js/search/brush/order.js";
import { spaced } from "../../../static/js/search/brush/ticks.js";
import { keptWords } from "../../../static/js/search/brush/words.js";
import { begin, ranked } from "../../../static/js/search/found.js";
import { arranged, movedTo, turned } from "../../../static/js/search/parallel/order.js";
import { linesOf, nearestLine, placesOf } from "../../../static/js/search/parallel/picture.js";
import { cellAt, cellsOf, nearestDot, slicesOf } from "../../../static/js/search/slices/picture.js";
import { usualSearch } from "../../../static/js/search/space.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {Found, SearchCatalog, Trial} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));
const RATE = "optimizer.learning_rate";
const L2 = "penalty.l2";
const UNITS = "layers.0.units";
const KNOBS = [
  { path: RATE, low: 0.01, high: 1, scale: /** @type {const} */ ("log") },
  { path: L2, low: 0, high: 1, scale: /** @type {const} */ ("linear") },
  { path: UNITS, values: [2, 4] },
];

/** @param {number} number @param {number[]} place @param {number} median @returns {Trial} */
const trial = (number, place, median) => ({
  number,
  round: 0,
  place,
  changes: {},
  steps: 100,
  scores: [median],
  median,
  diverged: Number.isFinite(median) ? null : 7,
  cut: false,
  curve: [],
  traces: new Float32Array(),
});

const TRIALS = [
  trial(0, [0, 0.5, 0.1], 0.1),
  trial(1, [0.5, 0.5, 0.9], 0.2),
  trial(2, [1, 1, 0.6], 0.4),
  trial(3, [0.9, 0, 0.2], Infinity),
];

/** @param {Trial[]} trials @returns {Found} */
function found(trials = TRIALS) {
  const search = { ...usualSearch(CATALOG), base: structuredClone(CATALOG.default_spec), knobs: KNOBS };
  const first = begin(
    /** @type {any} */ ({ trials: [], cut: [], importance: [], arrays: {}, search, plan: { trials: 4 } }),
    search,
  );
  return { ...first, trials, ranking: ranked(trials.filter(({ scores }) => scores.length > 0)) };
}

/** @param {ReturnType<typeof keptBy>} kept */
const numbers = (kept) => TRIALS.map(({ number }) => number).filter((number) => kept?.has(number));

test("a brush keeps the trials that pass through every stretch, and knows the best of them", () => {
  const all = found();
  assert.equal(keptBy(all, {}), null);
  assert.equal(keptBy(null, { [RATE]: [0, 1] }), null);
  const upper = keptBy(all, { [RATE]: [0.4, Infinity] });
  assert.deepEqual(numbers(upper), [1, 2, 3]);
  assert.equal(upper?.best?.number, 1);
  assert.deepEqual(numbers(keptBy(all, { [RATE]: [0.4, Infinity], [L2]: [0.9, 1] })), [2]);
  assert.deepEqual(numbers(keptBy(all, { [SCORE]: [-Infinity, 0.2] })), [0, 1]);
  const diverged = keptBy(all, { [SCORE]: [0.3, Infinity], [RATE]: [0.8, 0.95] });
  assert.deepEqual(numbers(diverged), [3]);
  assert.equal(diverged?.best, null, "none of them has a score");
  const brush = { [RATE]: /** @type {[number, number]} */ ([0, 0.1]) };
  assert.equal(keptBy(all, brush), keptBy(all, brush));
  assert.notEqual(keptBy(found([]), brush), keptBy(all, brush));
});

test("a stretch over all of an axis is none, and one of another axis stays", () => {
  assert.deepEqual(withRange({ [L2]: [0, 1] }, RATE, [0.1, 0.2]), { [L2]: [0, 1], [RATE]: [0.1, 0.2] });
  assert.deepEqual(withRange({ [L2]: [0, 1] }, L2, [-Infinity, Infinity]), {});
  assert.deepEqual(withRange({ [L2]: [0, 1] }, L2, null), {});
});

test("a drag draws a stretch, moves an end, or moves all of it as far as the axis goes", () => {
  assert.deepEqual(dragged(null, 0.5, 0.05)(0.2), [0.2, 0.5]);
  assert.deepEqual(dragged(null, 0.5, 0.05)(1.4), [0.5, 1]);
  assert.deepEqual(dragged([0.2, 0.5], 0.9, 0.05)(0.8), [0.8, 0.9]);
  assert.deepEqual(dragged([0.2, 0.5], 0.48, 0.05)(0.9), [0.2, 0.9]);
  assert.deepEqual(dragged([0.2, 0.5], 0.22, 0.05)(0.7), [0.5, 0.7], "beyond the other end");
  assert.deepEqual(dragged([0.25, 0.5], 0.375, 0.05)(0.5), [0.375, 0.625]);
  assert.deepEqual(dragged([0.25, 0.5], 0.375, 0.05)(-1), [0, 0.25]);
});

test("scores stand on a logarithmic scale, and diverged trials at its end", () => {
  const score = scoreDimension(found());
  assert.deepEqual(
    score.ticks.map(([, text]) => text),
    ["0.1", "0.14", "0.2", "×"],
  );
  assert.equal(score.share(0.1), 0);
  assert.ok(Math.abs(score.share(Math.sqrt(0.02)) - 0.45) < 1e-12);
  assert.equal(score.share(0.4), 0.9, "worse than most");
  assert.equal(score.share(Infinity), 1);
  assert.ok(Number.isNaN(score.share(NaN)), "not judged yet");
  assert.deepEqual(rangeOf(score, [0, 0.95]), [-Infinity, Number.MAX_VALUE]);
  assert.deepEqual(rangeOf(score, [0.95, 1]), [Number.MAX_VALUE, Infinity]);
  assert.equal(score.say(1), "diverged");
  assert.equal(scoreDimension(found([])).ticks.length, 0);
  assert.equal(scoreDimension(found([trial(0, [0, 0, 0], 0.3)])).share(0.3), 0.45, "one score alone is in the middle");
});

test("a stretch and its values belong together, beyond the range too", () => {
  const wide = found([...TRIALS, trial(4, [1.5, 0, 0.1], 0.3)]);
  const [rate] = dimensionsOf(wide, CATALOG);
  assert.ok(rate);
  assert.equal(rate.share(0.75), 0.5);
  const range = rangeOf(rate, [0.2, 0.5]);
  assert.ok(Math.abs(range[0] - 0.3) < 1e-12 && Math.abs(range[1] - 0.75) < 1e-12);
  const stretch = stretchOf(rate, { [RATE]: range });
  assert.ok(stretch && Math.abs(stretch[0] - 0.2) < 1e-12 && Math.abs(stretch[1] - 0.5) < 1e-12);
  assert.equal(rate.say(1 / 3), "0.1");
  assert.deepEqual(stretchOf(rate, { [RATE]: [-Infinity, 0.75] }), [0, 0.5]);
});

test("values of a list gather in the middle of their room", () => {
  const value = valueAlong(found(), UNITS);
  const places = TRIALS.map(value).map((place) => Number(place.toFixed(3)));
  assert.deepEqual(places, [0.19, 0.81, 0.69, 0.23]);
  const units = dimensionsOf(found(), CATALOG)[2];
  assert.ok(units);
  assert.deepEqual([units.say(0.3), units.say(0.8), units.say(1)], ["2", "4", "4"]);
  assert.deepEqual(rangeOf(units, [0.1, 0.4]), [-Infinity, 0.5], "a value is kept or it is not");
  assert.deepEqual(rangeOf(units, [0.6, 0.7]), [0.5, Infinity]);
  assert.deepEqual(rangeOf(units, [0, 0.9]), [-Infinity, Infinity]);
});

test("groups go from the worst to the best, with what has not been judged first", () => {
  const waiting = { ...trial(4, [0, 0, 0], Infinity), scores: [], diverged: null };
  const groups = groupsOf(found([...TRIALS, waiting]));
  assert.deepEqual(
    groups.map(({ trials, share }) => [trials.map(({ number }) => number), share]),
    [
      [[4], 1],
      [[3], 0.75],
      [[2], 0.5],
      [[1], 0.25],
      [[0], 0],
    ],
  );
  const many = Array.from({ length: 100 }, (_, number) => trial(number, [0, 0, 0], number + 1));
  const grouped = groupsOf(found(many));
  assert.equal(grouped.length, 32);
  assert.deepEqual(
    grouped.flatMap(({ trials }) => trials.map(({ number }) => number)),
    many.map(({ number }) => number).toReversed(),
  );
});

test("numbers that would touch are left out, and names of values are not", () => {
  /** @type {[number, string][]} */
  const ticks = [
    [1, "0.3"],
    [0, "0.1"],
    [0.1, "0.2"],
  ];
  assert.deepEqual(
    spaced(ticks, 100, null).map(([, text]) => text),
    ["0.1", "0.3"],
  );
  assert.equal(spaced(ticks, 100, 3).length, 3);
});

test("axes stand as a person has arranged them, where that is of the same axes", () => {
  assert.deepEqual(arranged(["a", "b", "c"], ["c", "a", "b"]), ["c", "a", "b"]);
  assert.deepEqual(arranged(["a", "b", "d"], ["c", "a", "b"]), ["a", "b", "d"]);
  assert.deepEqual(movedTo(["a", "b", "c"], "a", 1), ["b", "a", "c"]);
  assert.deepEqual(movedTo(["a", "b", "c"], "c", -Infinity), ["c", "a", "b"]);
  assert.deepEqual(movedTo(["a", "b", "c"], "a", Infinity), ["b", "c", "a"]);
  const once = turned({ order: ["a"], inverted: [] }, "a");
  assert.deepEqual(once, { order: ["a"], inverted: ["a"] });
  assert.deepEqual(turned(once, "a"), { order: ["a"], inverted: [] });
});

test("the nearest line is found, mirrored where its axis is inverted, and not among what fades", () => {
  const all = found();
  const dimensions = dimensionsOf(all, CATALOG);
  assert.equal(linesOf(all, dimensions.slice(1), { order: [], inverted: [] }), null, "two knobs are too few");
  const lines = linesOf(all, dimensions, { order: [], inverted: [RATE] });
  assert.ok(lines);
  assert.deepEqual(
    [...(lines.rows[0]?.shares ?? [])].map((share) => Number(share.toFixed(2))),
    [1, 0.5, 0, 0.1],
  );
  const places = placesOf({ width: 214, height: 208 }, 4, 100);
  assert.deepEqual([places.left, places.width, places.y(0), places.y(3), places.nearest(70)], [100, 100, 16, 184, 1]);
  assert.equal(nearestLine(places, lines, null, { x: 199, y: 17, reach: 12 }), 0);
  assert.equal(nearestLine(places, lines, null, { x: 150, y: 20, reach: 12 }), 1);
  const kept = keptBy(all, { [RATE]: [0.8, 1] });
  assert.equal(nearestLine(places, lines, kept, { x: 199, y: 17, reach: 12 }), null);
  assert.equal(nearestLine(places, lines, kept, { x: 111, y: 17, reach: 12 }), 3);
});

test("a slice has the lowest scores at its bottom, and the nearest dot is found in its own plot", () => {
  const all = found();
  const scene = slicesOf(all, dimensionsOf(all, CATALOG), { low: 0.1, middle: 0.15, high: 0.2, starts: 64 });
  assert.ok(scene);
  assert.deepEqual([scene.slices.length, scene.best?.number, scene.band], [3, 0, [0, 0.9]]);
  const cells = cellsOf({ width: 334, height: 276 }, 3);
  assert.deepEqual(
    cells.map(({ x, y, width, height }) => [x, y, width, height]),
    [
      [44, 20, 128, 100],
      [194, 20, 128, 100],
      [44, 158, 128, 100],
    ],
  );
  assert.equal(cellsOf({ width: 334, height: 100 }, 1).length, 1);
  assert.equal(cellAt(cells, 200, 50)?.index, 1);
  assert.equal(cellAt(cells, 200, 200), null);
  assert.equal(nearestDot(cells, scene, null, { x: 46, y: 118, reach: 14 }), 0);
  assert.equal(nearestDot(cells, scene, null, { x: 44 + 0.9 * 128, y: 21, reach: 14 }), 3, "diverged, at the top");
  assert.equal(nearestDot(cells, scene, keptBy(all, { [RATE]: [0.8, 1] }), { x: 46, y: 118, reach: 14 }), null);
  assert.equal(nearestDot(cells, scene, null, { x: 100, y: 60, reach: 5 }), null);
});

test("a sentence says how many trials are kept and which is the best", () => {
  const all = found();
  assert.match(keptWords({ found: all, brush: {} }), /^All trials are in sight/);
  assert.equal(
    keptWords({ found: all, brush: { [RATE]: [0.4, 1] } }),
    "3 of 4 trials pass through the brush. The best of them is trial 1 with a score of 0.2.",
  );
  assert.equal(
    keptWords({ found: all, brush: { [RATE]: [0.8, 0.95] } }),
    "1 of 4 trials passes through the brush. None of them has a score.",
  );
  assert.equal(keptWords({ found: all, brush: { [RATE]: [0.1, 0.2] } }), "No trial passes through the brush.");
});
