import assert from "node:assert/strict";
import { test } from "node:test";

import { format, parse } from "../../../static/js/search/address/link.js";
import { guessedKnob, guessWords } from "../../../static/js/search/guess/guess.js";
import { sceneOf } from "../../../static/js/search/map/scene.js";
import { usualSearch } from "../../../static/js/search/space.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {Found, RangeKnob, SearchCatalog} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));
const UNITS = { path: "layers.0.units", values: [2, 4] };
/** @type {RangeKnob} */
const L2 = { path: "penalty.l2", low: 0.001, high: 1, scale: "log" };
/** @type {RangeKnob} */
const RATE = { path: "optimizer.learning_rate", low: 0.001, high: 10, scale: "log" };
/** @type {RangeKnob} */
const DROPOUT = { path: "layers.0.dropout", low: 0, high: 0.8, scale: "linear" };

/**
 * @param {RangeKnob} knob
 * @param {...number} values  of trials, the best first, each with a median of its number
 */
const found = (knob, ...values) => {
  const trials = values.map((value, number) => ({
    number,
    place: [0.5],
    changes: { [knob.path]: value },
    steps: 10,
    scores: [number],
    median: number,
    diverged: null,
    cut: false,
  }));
  const search = { ...usualSearch(CATALOG), knobs: [knob], updates: 10 };
  return /** @type {Found} */ (/** @type {unknown} */ ({ search, trials, ranking: trials }));
};

test("the learning rate is guessed at, or else the first knob with a range", () => {
  assert.equal(guessedKnob({ knobs: [UNITS, L2, RATE] }), RATE);
  assert.equal(guessedKnob({ knobs: [UNITS, L2] }), L2);
  assert.equal(guessedKnob({ knobs: [UNITS] }), null);
});

test("how far off a guess was is a factor on a logarithmic scale, and a difference on a linear one", () => {
  const words = (/** @type {RangeKnob} */ knob, /** @type {number} */ best, /** @type {number} */ guess) =>
    guessWords(found(knob, best), guess, null, CATALOG);
  assert.equal(words(RATE, 0.1, 0.5), "You guessed 0.5: 5 times too high.");
  assert.equal(words(RATE, 0.1, 0.01), "You guessed 0.01: 10 times too low.");
  assert.equal(words(RATE, 0.1, 0.12), "You guessed 0.12: about right.");
  assert.equal(words(DROPOUT, 0.5, 0.2), "You guessed 0.2: 0.3 too low.");
  assert.equal(words(DROPOUT, 0.5, 0.75), "You guessed 0.75: 0.25 too high.");
  assert.equal(guessWords(found(RATE, 0.1), null, null, CATALOG), false);
  assert.equal(guessWords(found(RATE), 0.1, null, CATALOG), false);
  assert.equal(words(RATE, 0.1, 0), false, "as a link may say");
  assert.equal(words(RATE, 0.1, -1), false);
});

test("a guess may lie among the trials that cannot be told from the best", () => {
  const band = { low: 0, middle: 0.5, high: 1.5, starts: 64 };
  const run = found(RATE, 0.1, 0.6, 5);
  assert.equal(
    guessWords(run, 0.5, band, CATALOG),
    "You guessed 0.5: 5 times too high. It is among those as good as the best, 0.1 to 0.6.",
  );
  assert.match(String(guessWords(run, 5, band, CATALOG)), /go from 0\.1 to 0\.6, without it\.$/);
});

test("a guess travels in the address, and stands on the map", () => {
  const search = { ...usualSearch(CATALOG), knobs: [L2, RATE] };
  const hash = format(search, CATALOG, { guess: 0.1 });
  assert.match(hash, /&guess=0\.1$/);
  assert.equal(parse(hash, CATALOG).guess, 0.1);
  assert.equal(parse("guess=high", CATALOG).guess, null);
  assert.equal(parse("", CATALOG).guess, null);
  assert.deepEqual(sceneOf(null, search, [0, 1], CATALOG, null, 0.1).guess, { side: "up", at: 0.5 });
  assert.equal(sceneOf(null, search, [0, 1], CATALOG, null, 99).guess, null);
  assert.equal(sceneOf(null, search, [0, 1], CATALOG).guess, null);
});
