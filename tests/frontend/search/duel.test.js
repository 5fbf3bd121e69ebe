import assert from "node:assert/strict";
import { test } from "node:test";

import { format, parse } from "../../../static/js/search/address/link.js";
import { dotsOf, nearestDuel, placed } from "../../../static/js/search/duel/dots.js";
import { beginFought, leadOf, withDuels } from "../../../static/js/search/duel/fought.js";
import { duelWords } from "../../../static/js/search/duel/words.js";
import { movedIfGrid, strategyOf, usualSearch } from "../../../static/js/search/space.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {Fought, SearchCatalog, StudyPart} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));
const search = usualSearch(CATALOG);
const against = movedIfGrid(strategyOf(CATALOG, "grid"));
const asked = { search, against, duels: 60 };

/** Two trials of the first side and one of the second in each duel. @param {[number, number][]} scores @param {object} header */
const part = (scores, header = {}) =>
  /** @type {StudyPart} */ (
    /** @type {unknown} */ ({
      tally: { first: 0, second: 0, equal: 0 },
      interval: [0, 1],
      tells: false,
      ...header,
      arrays: {
        scores: { data: Float64Array.from(scores.flat()), shape: [scores.length, 2] },
        first_places: {
          data: Float32Array.from(scores.flatMap((_, i) => [i, 0, i, 1])),
          shape: [2 * scores.length, 2],
        },
        first_scores: { data: Float64Array.from(scores.flatMap(([first]) => [first, 9])), shape: [2 * scores.length] },
        first_cut: { data: Int8Array.from(scores.flatMap(() => [0, 1])), shape: [2 * scores.length] },
        second_places: { data: Float32Array.from(scores.flatMap(() => [0.5, 0.25])), shape: [scores.length, 2] },
        second_scores: { data: Float64Array.from(scores.map(([, second]) => second)), shape: [scores.length] },
        second_cut: { data: new Int8Array(scores.length), shape: [scores.length] },
      },
    })
  );

/** @param {[number, number, number]} counts @param {Partial<Fought>} more */
const fought = ([first, second, equal], more = {}) => ({
  ...beginFought(part([], { duel: asked }), asked),
  tally: { first, second, equal },
  ...more,
});

test("duels are put together from their parts", () => {
  const first = beginFought(part([[0.2, 0.1]], { duel: asked }), asked);
  const both = withDuels(
    first,
    part(
      [
        [0.3, 0.4],
        [0.5, 0.5],
      ],
      { tally: { first: 1, second: 1, equal: 1 }, interval: [0.1, 0.9] },
    ),
  );
  assert.deepEqual(
    both.duels.map(({ number, scores }) => [number, ...scores]),
    [
      [0, 0.2, 0.1],
      [1, 0.3, 0.4],
      [2, 0.5, 0.5],
    ],
  );
  assert.deepEqual(both.duels[2]?.sides[0], {
    places: [
      [1, 0],
      [1, 1],
    ],
    scores: [0.5, 9],
    cut: [false, true],
  });
  assert.deepEqual(both.duels[1]?.sides[1], { places: [[0.5, 0.25]], scores: [0.4], cut: [false] });
  assert.deepEqual(both.tally, { first: 1, second: 1, equal: 1 });
  assert.equal(withDuels(first, part([])).duels.length, 1);
});

test("a lead is the logarithm of how many times lower the winner is", () => {
  assert.equal(leadOf([0.2, 0.1]), Math.log(2));
  assert.equal(leadOf([0.1, 0.2]), -Math.log(2));
  assert.equal(leadOf([0.1, 0.1]), 0);
  assert.equal(leadOf([Infinity, Infinity]), 0);
  assert.equal(leadOf([Infinity, 0.1]), Infinity);
  assert.equal(leadOf([0.1, Infinity]), -Infinity);
  assert.equal(leadOf([0.1, 0]), Infinity);
  assert.equal(leadOf([0, 0.1]), -Infinity);
});

test("every dot stands on its winner's side, the farther the clearer, none on another", () => {
  const scores = /** @type {[number, number][]} */ ([
    [1, 1.01],
    [1, 1.01],
    [2, 1],
    [1, 1],
    [Infinity, 1],
    [1.1, 1],
  ]);
  const scene = dotsOf(scores.map((each, number) => ({ number, scores: each, sides: [] })));
  assert.deepEqual(
    scene.dots.map(({ column }) => Math.sign(column)),
    [-1, -1, 1, 0, 1, 1],
  );
  assert.equal(scene.limit, 2);
  const at = placed(scene, { width: 520, height: 300 });
  for (const { x, y, radius } of at) {
    assert.ok(x >= radius && x <= 520 - radius && y >= radius && y <= 300 - radius);
    for (const other of at) {
      assert.ok(x === other.x && y === other.y ? true : Math.hypot(x - other.x, y - other.y) >= 2 * radius - 1e-9);
    }
  }
  const xs = at.map(({ x }) => x);
  assert.ok((xs[5] ?? 0) < (xs[2] ?? 0));
  assert.equal(nearestDuel(at, xs[5] ?? 0, at[5]?.y ?? 0), 5);
  assert.equal(nearestDuel(at, 5, 5), null);
});

test("words say who won only where it can be told", () => {
  /** @param {ReturnType<typeof fought>} each @param {"done" | "stopped" | "running"} duelPhase */
  const said = (each, duelPhase = "done") =>
    duelWords({ ...asked, fought: each, duelPhase, connection: "open" }, CATALOG);
  const clear = said(fought([41, 19, 0], { interval: [0.21, 0.44], tells: true }));
  assert.equal(clear.title, "Random won 41 of 60 duels.");
  assert.match(clear.text, /^If they met for ever, Random would probably win between 56 and 79 of a hundred/);
  const unclear = said(fought([26, 34, 0], { interval: [0.44, 0.69] }), "stopped");
  assert.equal(unclear.title, "60 duels cannot tell them apart.");
  assert.match(unclear.text, /^Stopped before the last duel\. Grid won 34 of 60 duels\./);
  assert.equal(said(fought([0, 0, 3])).title, "Nobody won any of 3 duels.");
  assert.equal(said(fought([0, 0, 0]), "stopped").title, "No duel is over yet.");
  assert.equal(said(fought([1, 2, 0]), "running").title, "Random has won 1, Grid 2 of 3 duels.");
});

test("an address brings a duel back", () => {
  const first = { ...search, strategy: strategyOf(CATALOG, "halving") };
  const shown = { duel: { against, duels: 20, fought: true, pair: 3 } };
  const address = format(first, CATALOG, shown);
  assert.equal(address, "strategy=halving&against=grid&against.shift=true&duels=20&fought=1&pair=4");
  const found = parse(address, CATALOG);
  assert.deepEqual(found.duel, shown.duel);
  assert.deepEqual(found.problems, []);
  assert.equal(parse("strategy=grid", CATALOG).duel, null);
  const wrong = parse("against=fog&duels=900", CATALOG);
  assert.deepEqual(
    wrong.problems.map(({ path }) => path),
    ["duels", "against"],
  );
  assert.equal(wrong.duel?.duels, 60);
});

test("a preset has a short address until something of it is changed", () => {
  const alone = { name: "alone", title: "", story: "", look: "", try_next: "", search, against: null, duels: 60 };
  const two = { ...alone, name: "two", search: { ...search, budget: 9000 }, against, duels: 20 };
  const searches = [alone, two];
  assert.equal(format(search, CATALOG, { preset: alone, searched: true, trial: 3 }), "preset=alone&searched=1&trial=3");
  const shown = { preset: two, duel: { against, duels: 20, fought: true, pair: 4 } };
  assert.equal(format(two.search, CATALOG, shown), "preset=two&fought=1&pair=5");
  const found = parse("preset=two&fought=1&pair=5", CATALOG, [], searches);
  assert.equal(found.preset, two);
  assert.equal(found.search, two.search);
  assert.equal(found.duel?.against, against);
  assert.deepEqual(found.duel, shown.duel);
  const changed = parse("preset=two&budget=7000&knob=penalty.l1~0.1~1", CATALOG, [], searches);
  assert.equal(changed.preset, null);
  assert.equal(changed.search.budget, 7000);
  assert.deepEqual(
    changed.search.knobs.map(({ path }) => path),
    ["penalty.l1"],
  );
  assert.equal(changed.duel?.duels, 20);
  assert.deepEqual(changed.problems, []);
});
