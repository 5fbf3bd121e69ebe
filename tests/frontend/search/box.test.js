import assert from "node:assert/strict";
import { test } from "node:test";

import { around, boxOf, moved, rangeOf } from "../../../static/js/search/box/box.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {Found, RangeKnob, Search, SearchCatalog, Trial} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));
/** @type {RangeKnob} */
const RATE = { path: "optimizer.learning_rate", low: 0.001, high: 10, scale: "log" };
/** @type {RangeKnob} */
const SHARE = { path: "layers.0.dropout", low: 0, high: 0.8, scale: "linear" };
const UNITS = { path: "layers.0.units", values: [2, 4] };

/** @param {Search["knobs"]} knobs */
const search = (...knobs) => /** @type {Search} */ (/** @type {unknown} */ ({ knobs }));
const found = /** @type {Found} */ (/** @type {unknown} */ ({ search: search(RATE, SHARE, UNITS) }));

test("the box is where the next ranges lie on the last ones, each on its own scale", () => {
  const next = search({ ...SHARE, low: 0.2, high: 0.6 }, { ...RATE, low: 0.01, high: 1 });
  const { across, up } = boxOf(found, next, [0, 1], CATALOG);
  const rounded = [across, up].map((stretch) => stretch?.map((place) => Number(place.toFixed(6))));
  assert.deepEqual(rounded, [
    [0.25, 0.75],
    [0.25, 0.75],
  ]);
  assert.deepEqual(boxOf(found, found.search, [2, 0], CATALOG), { across: null, up: [0, 1] });
});

test("there is none where a knob is searched no more, or its range is empty", () => {
  assert.equal(boxOf(found, search(SHARE), [0, 1], CATALOG).across, null);
  assert.equal(boxOf(found, search({ ...RATE, high: 0.001 }), [0, 1], CATALOG).across, null);
  assert.equal(boxOf(null, found.search, [0, 1], CATALOG).across, null);
});

test("an end that is moved is a round number, the other one stays as it was", () => {
  const next = { ...RATE, low: 0.0123456 };
  const [from] = boxOf(found, search(next), [0, 1], CATALOG).across ?? [NaN];
  assert.deepEqual(rangeOf(RATE, next, [from, 0.5], CATALOG), { ...RATE, low: 0.0123456, high: 0.1 });
  assert.deepEqual(rangeOf(RATE, RATE, [1 / 3, 1], CATALOG), { ...RATE, low: 0.0215 });
  // this near to an end it is that end
  assert.deepEqual(rangeOf(RATE, next, [0.004, 0.998], CATALOG), RATE);
});

test("a box stays within the map and has some width", () => {
  assert.deepEqual(moved([0.25, 0.5], { by: 0.25 }, [0, 1]), [0.5, 0.75]);
  assert.deepEqual(moved([0.25, 0.5], { by: 9 }, [0, 1]), [0.75, 1]);
  assert.deepEqual(moved([0.25, 0.5], { by: -9 }, [-0.25, 1]), [-0.25, 0]);
  assert.deepEqual(moved([0.25, 0.5], { from: 0.9 }, [0, 1]), [0.48, 0.5]);
  assert.deepEqual(moved([0.25, 0.5], { to: 2 }, [0, 1.5]), [0.25, 1.5]);
});

test("around a trial in a range of which three digits know no half, the range stays", () => {
  const narrow = { ...SHARE, low: 0.3, high: 0.3001 };
  const before = /** @type {Found} */ (/** @type {unknown} */ ({ search: search(narrow) }));
  const trial = /** @type {Trial} */ (/** @type {unknown} */ ({ changes: { "layers.0.dropout": 0.30005 } }));
  assert.deepEqual(around(before, trial, CATALOG), [narrow]);
});

test("a search around a trial has ranges half as wide, as far as a setting goes, and the same lists", () => {
  const changes = { "optimizer.learning_rate": 0.1, "layers.0.dropout": 0.1, "layers.0.units": 4 };
  const trial = /** @type {Trial} */ (/** @type {unknown} */ ({ changes }));
  assert.deepEqual(around(found, trial, CATALOG), [
    { ...RATE, low: 0.01, high: 1 },
    { ...SHARE, low: 0, high: 0.3 },
    UNITS,
  ]);
});
