import assert from "node:assert/strict";
import { test } from "node:test";

import {
  beginTruth,
  shadesOf,
  truthAsked,
  truthCost,
  truthShown,
  withCells,
} from "../../../static/js/search/truth/truth.js";
import { besideWords, costWords, shadeWords } from "../../../static/js/search/truth/words.js";
import { usualSearch } from "../../../static/js/search/space.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {Found, SearchCatalog, StudyPart, Truth} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));
const UNITS = { path: "layers.0.units", values: [2, 4, 8] };
const usual = usualSearch(CATALOG);
const search = { ...usual, base: structuredClone(CATALOG.default_spec), knobs: [...usual.knobs, UNITS], seeds: 3 };
const changes = { "optimizer.learning_rate": 0.1, "penalty.l2": 0.01, "layers.0.units": 4 };
const best = { number: 0, median: 0.1, diverged: null, changes };
const found = /** @type {Found} */ (/** @type {unknown} */ ({ search, ranking: [best], seconds: 6.4 }));

/** @param {object} header @param {[cell: number, score: number][]} cells @returns {StudyPart} */
const part = (header, cells) =>
  /** @type {any} */ ({
    spent: 0,
    done: false,
    ...header,
    arrays: {
      cell: { data: Int32Array.from(cells, ([cell]) => cell), shape: [cells.length] },
      median: { data: Float64Array.from(cells, ([, score]) => score), shape: [cells.length] },
    },
  });

test("the knobs of the map are asked for, the others as in the best trial or as in the base", () => {
  const asked = truthAsked({ found, axes: [0, 2], others: "best" });
  assert.deepEqual(asked, { search, axes: [0, 2], others: { "penalty.l2": 0.01 } });
  assert.deepEqual(truthAsked({ found, axes: [0, 2], others: "base" }).others, {});
});

test("what it costs is said before, from what the search was to cost", () => {
  const cost = truthCost(found, [0, 1]);
  // 256 cells of three starts of 1,000 updates, where 64,000 updates were to take 6.4 s
  assert.deepEqual(cost, { cells: 256, updates: 768_000, seconds: 76.8 });
  assert.equal(truthCost(found, [0, 2])?.cells, 16 * 3);
  assert.equal(truthCost(null, [0, 1]), null);
  assert.equal(truthCost({ ...found, search: { ...search, knobs: [UNITS] } }, [0, 1]), null);
  assert.ok(cost);
  assert.match(costWords(cost, 3), /256 settings, trained from 3 starts each\. 768,000 updates, about 77 s/);
});

test("cells come in any order, and what is not known yet is no number", () => {
  const plan = { sides: [2, 2], updates: 12 };
  const truth = beginTruth(part({ truth: { axes: [0, 1], others: {} }, plan, spent: 4 }, [[1, 0.5]]));
  assert.deepEqual(truth.scores, [NaN, 0.5, NaN, NaN]);
  const all = withCells(
    truth,
    part({ spent: 12, done: true }, [
      [3, Infinity],
      [0, 0.1],
      [2, 0.2],
    ]),
  );
  assert.deepEqual([all.scores, all.spent, all.done], [[0.1, 0.5, 0.2, Infinity], 12, true]);
  assert.deepEqual(truth.scores, [NaN, 0.5, NaN, NaN]);
  assert.equal(truthShown({ ground: false, truth: all }), null);
});

test("shades go from the lowest score to that of one cell in ten, on a logarithmic scale", () => {
  const shades = shadesOf({ scores: [1, NaN, 10, 100, Infinity, ...Array(8).fill(100)] });
  assert.ok(shades);
  assert.deepEqual([shades.low, shades.high], [1, 100]);
  assert.deepEqual([1, 10, 100, 1000, Infinity].map(shades.shade), [0, 0.5, 1, 1, 1]);
  assert.ok(Number.isNaN(shades.shade(NaN)));
  assert.deepEqual(
    shades.lines.map((line) => line.toFixed(2)),
    ["2.51", "6.31", "15.85", "39.81"],
  );
});

test("scores that reach zero have a linear scale, and one score alone no lines", () => {
  assert.equal(shadesOf({ scores: [0, 0.5, 1] })?.shade(0.25), 0.5);
  assert.deepEqual(shadesOf({ scores: [0.3] })?.lines, []);
  assert.equal(shadesOf({ scores: [0.3] })?.shade(0.3), 0);
  assert.equal(shadesOf({ scores: [Infinity, NaN] }), null);
});

test("it is said how shades are to be read and where other settings stand", () => {
  const truth = /** @type {Truth} */ (/** @type {unknown} */ ({ scores: [1, 100, 100], axes: [0, 1], others: {} }));
  assert.deepEqual(shadeWords(truth), { low: "1", high: "100 and worse", lines: "Lines at 2.5, 6.3, 16, 40." });
  const units = search.base.layers[0].units;
  assert.equal(besideWords(truth, found, CATALOG), `With neurons (layer 1) ${units}, as in the base run.`);
  const others = { "layers.0.units": 8 };
  assert.equal(besideWords({ ...truth, others }, found, CATALOG), "With neurons (layer 1) 8, as in the best trial.");
  const two = { ...found, search: { ...search, knobs: usual.knobs } };
  assert.equal(besideWords(truth, two, CATALOG), false);
});
