import assert from "node:assert/strict";
import { test } from "node:test";

import { format, parse } from "../../../static/js/search/address/link.js";
import { usualSearch } from "../../../static/js/search/space.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {SearchCatalog} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));

test("the usual search has no address, and an empty address is it", () => {
  assert.equal(format(usualSearch(CATALOG), CATALOG), "");
  assert.deepEqual(parse("", CATALOG).search, usualSearch(CATALOG));
});

test("an address is read and written the same", () => {
  const address =
    "layers=8&data=moons&knob=optimizer.learning_rate~0.001~1&knob=penalty.l2~0.00001~1~log&knob=layers.0.units~2,4"
    + "&knob=optimizer.kind~sgd,adam&strategy=coarse_to_fine&strategy.rounds=3&budget=9600&seeds=3&searched=1&trial=13";
  const { search, searched, trial, problems } = parse(`#${address}`, CATALOG);
  assert.deepEqual(problems, []);
  assert.deepEqual([searched, trial], [true, 13]);
  assert.deepEqual(search.base, { data: { kind: "moons" }, layers: [{ units: 8 }] });
  assert.deepEqual(search.knobs.slice(2), [
    { path: "layers.0.units", values: [2, 4] },
    { path: "optimizer.kind", values: ["sgd", "adam"] },
  ]);
  assert.deepEqual([search.strategy.kind, search.strategy.rounds, search.budget], ["coarse_to_fine", 3, 9600]);
  assert.equal(format(search, CATALOG, { searched, trial }), address);
});

test("what is no part of a search is said, and the rest is kept", () => {
  const { search, problems } = parse(
    "fog=1&knob=nothing~1~2&knob=penalty.l1~a~b&strategy=magic&strategy.rounds=3&budget=-5&seeds=3&edits=5~batch_size~3",
    CATALOG,
  );
  assert.deepEqual(
    problems.map(({ path, value }) => [path, value]),
    [
      ["fog", "1"],
      ["edits", "1 edit"],
      ["knob", "nothing~1~2"],
      ["knob", "penalty.l1~a~b"],
      ["strategy", "magic"],
      ["strategy.rounds", "3"],
      ["budget", "-5"],
    ],
  );
  assert.deepEqual(search, { ...usualSearch(CATALOG), seeds: 3 });
});

test("counts are whole numbers", () => {
  const { search, problems } = parse("seeds=1.5&search_seed=0.5&budget=1e4&updates=1e400", CATALOG);
  assert.deepEqual(
    problems.map(({ path, value }) => [path, value]),
    [
      ["updates", "1e400"],
      ["seeds", "1.5"],
      ["search_seed", "0.5"],
    ],
  );
  assert.equal(search.budget, 10_000);
});

const SEARCHED =
  "knob=optimizer.learning_rate~0.001~1&knob=penalty.l2~0.00001~1~log&knob=layers.0.units~2,4,8&searched=1";

test("brush, map and truth are read and written the same", () => {
  const address =
    `${SEARCHED}&brush=optimizer.learning_rate~0.01~0.1&brush=penalty.l2~~0.001&brush=layers.0.units~4,8`
    + "&brush=score~~finite&map=penalty.l2~layers.0.units&truth=base";
  const { search, searched, brush, axes, truth, problems } = parse(address, CATALOG);
  assert.deepEqual(problems, []);
  assert.deepEqual([axes, truth], [[1, 2], "base"]);
  const rounded = Object.entries(brush).map(([key, ends]) => [key, ends.map((end) => Number(end.toPrecision(12)))]);
  assert.deepEqual(Object.fromEntries(rounded), {
    "optimizer.learning_rate": [0.333333333333, 0.666666666667],
    "penalty.l2": [-Infinity, 0.4],
    "layers.0.units": [0.333333333333, Infinity],
    score: [-Infinity, Number(Number.MAX_VALUE.toPrecision(12))],
  });
  assert.equal(format(search, CATALOG, { searched, brush, axes, truth }), address);
});

test("those that diverged alone, and ends that are open, are kept through an address", () => {
  for (const [text, ends] of /** @type {[string, [number, number]][]} */ ([
    ["score~diverged~", [Infinity, Infinity]],
    ["score~finite~", [Number.MAX_VALUE, Infinity]],
    ["score~0.05~0.2", [0.05, 0.2]],
    ["layers.0.units~2", [-Infinity, 1 / 3]],
    ["layers.0.units~2,8", [-Infinity, Infinity]],
  ])) {
    const [key = ""] = text.split("~");
    assert.deepEqual(parse(`${SEARCHED}&brush=${text}`, CATALOG).brush, { [key]: ends });
  }
});

test("a stretch, a map or a truth that is none is said, and the rest is kept", () => {
  const wrong = [
    ["brush", "penalty.l2"],
    ["brush", "penalty.l2~"],
    ["brush", "penalty.l2~~"],
    ["brush", "penalty.l2~0.1~0.01"],
    ["brush", "penalty.l2~a~b"],
    ["brush", "penalty.l2~-1~"],
    ["brush", "penalty.l2~0.1~0.2~0.3"],
    ["brush", "batch_size~1~2"],
    ["brush", "layers.0.units~3"],
    ["brush", "score~~NaN"],
    ["map", "penalty.l2~penalty.l2"],
    ["map", "penalty.l2~batch_size"],
    ["map", "penalty.l2"],
    ["truth", "1"],
  ];
  for (const [key, text] of wrong) {
    const { problems, brush, axes, truth } = parse(`${SEARCHED}&brush=score~~0.2&${key}=${text}`, CATALOG);
    assert.deepEqual(
      problems.map(({ path, value }) => [path, value]),
      [[key, text]],
    );
    assert.deepEqual([brush, axes, truth], [{ score: [-Infinity, 0.2] }, [0, 1], null]);
  }
});
