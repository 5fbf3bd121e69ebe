import assert from "node:assert/strict";
import { test } from "node:test";

import { alike, begin, bestOf, ended, ranked, withPart } from "../../../static/js/search/found.js";
import { nearest, sceneOf } from "../../../static/js/search/map/scene.js";
import { axisOf } from "../../../static/js/search/axis.js";
import { nearestCurve } from "../../../static/js/search/curves/picture.js";
import { scaleOf } from "../../../static/js/search/curves/scale.js";
import { curveWords } from "../../../static/js/search/trial/curves.js";
import { traceOf } from "../../../static/js/search/trial/curves-picture.js";
import { withStarts } from "../../../static/js/search/study/starts.js";
import { trialsTable } from "../../../static/js/search/share/trials-table.js";
import { linesOf, stepsOf, withTried } from "../../../static/js/search/progress.js";
import { usualSearch } from "../../../static/js/search/space.js";
import { answerWords } from "../../../static/js/search/words.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {SearchCatalog, StudyPart, Trial} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));
const search = { ...usualSearch(CATALOG), base: structuredClone(CATALOG.default_spec), seeds: 3 };

/** @param {number} number @param {Partial<Trial>} rest @returns {Trial} */
const trial = (number, rest) => ({
  number,
  round: 0,
  place: [0.5, 0.5],
  changes: {},
  steps: 1000,
  scores: [1],
  median: 1,
  diverged: null,
  cut: false,
  curve: [],
  traces: new Float32Array(),
  ...rest,
});

/** @param {object} header @param {number[][]} scores of each trial @returns {StudyPart} */
const part = (header, scores) =>
  /** @type {any} */ ({
    trials: [],
    cut: [],
    importance: [],
    spent: 0,
    done: false,
    ...header,
    arrays: {
      trial: { data: Int32Array.from(scores, (_, i) => i), shape: [scores.length] },
      steps: { data: Int32Array.from(scores, () => 1000), shape: [scores.length] },
      scores: { data: Float64Array.from(scores.flat()), shape: [scores.length, 3] },
      median: {
        data: Float64Array.from(scores, (three) => three.toSorted((a, b) => a - b)[1] ?? NaN),
        shape: [scores.length],
      },
      diverged: {
        data: Int32Array.from(scores, (three) => (Number.isFinite(three[1]) ? -1 : 40)),
        shape: [scores.length],
      },
    },
  });

const proposed = [0.2, 0.2, 0.9].map((at, number) => ({
  number,
  round: 0,
  place: [at, 0.5],
  changes: { "optimizer.learning_rate": at, "penalty.l2": 0.01 },
}));

function found() {
  const first = begin(part({ search, plan: { trials: 3 }, trials: proposed }, []), search);
  return withPart(
    first,
    part({ spent: 9000, done: true }, [
      [0.3, 0.1, 0.2],
      [0.25, 0.25, 0.9],
      [1, Infinity, Infinity],
    ]),
  );
}

test("trials are ranked as the engine ranks them", () => {
  const trials = [
    trial(0, { diverged: 10 }),
    trial(1, { diverged: 90 }),
    trial(2, { cut: true, steps: 100, median: 0.1 }),
    trial(3, { cut: true, steps: 300, median: 0.9 }),
    trial(4, { median: 0.5 }),
    trial(5, { median: 0.5 }),
    trial(6, { median: 0.2 }),
  ];
  assert.deepEqual(
    ranked(trials).map(({ number }) => number),
    [6, 4, 5, 3, 2, 1, 0],
  );
});

test("parts make a search, and the best says how far its starts can be trusted", () => {
  const done = found();
  assert.deepEqual(
    done.ranking.map(({ number }) => number),
    [0, 1, 2],
  );
  const best = bestOf(done);
  assert.equal(best?.median, 0.2);
  assert.equal(best && alike(done, best), 1);
  const { title, text } = answerWords({ found: done, phase: "done", connection: "open", band: null }, CATALOG);
  assert.equal(title, "The lowest loss lies at learning rate 0.2, L2 penalty 0.01.");
  assert.match(text, /0\.2, the median of 3 starts from 0\.1 to 0\.3\. One other setting has its median in that range/);
  assert.equal(bestOf(null), null);
  assert.equal(ended(done), 3);
  assert.equal(ended({ ...done, search: { ...search, updates: 2000 } }), 1, "only what diverged");
});

test("the best is drawn last, trials at one place stand side by side, and the nearest is found", () => {
  const scene = sceneOf(found(), search, [0, 1], CATALOG);
  assert.deepEqual(
    scene.dots.map(({ trial: { number } }) => number),
    [2, 1, 0],
  );
  const fans = scene.dots.filter(({ across }) => across === 0.2).map(({ fan }) => fan);
  assert.notEqual(fans[0], fans[1]);
  assert.deepEqual([scene.across.values, scene.up.values], [2, 1]);
  const plot = { width: 100, height: 100 };
  assert.equal(nearest(scene, plot, 92, 50, 22)?.trial.number, 2);
  assert.equal(nearest(scene, plot, 60, 0, 22), null);
});

test("numbers stand where the engine has their places", () => {
  const log = axisOf({ path: "optimizer.learning_rate", low: 0.001, high: 10, scale: "log" }, CATALOG);
  assert.deepEqual(
    log.ticks.map(([place, text]) => [Number(place.toFixed(3)), text]),
    [
      [0, "10⁻³"],
      [0.25, "0.01"],
      [0.5, "0.1"],
      [0.75, "1"],
      [1, "10"],
    ],
  );
  const units = axisOf({ path: "layers.0.units", values: [2, 4] }, CATALOG);
  assert.deepEqual(units.ticks, [
    [0.25, "2"],
    [0.75, "4"],
  ]);
  assert.deepEqual(axisOf({ path: "penalty.l2", low: 1, high: 0.1 }, CATALOG).ticks, [], "a range that is none");
});

test("the best so far goes down in steps, from the first score on", () => {
  assert.deepEqual(stepsOf({ spent: [10, 20, 30], score: [Infinity, 0.5, 0.4] }), [
    [20, 0.5],
    [30, 0.5],
    [30, 0.4],
  ]);
});

test("the table has a line for each trial, with its settings, its scores and how it ended", () => {
  const trials = [
    trial(0, { changes: { "optimizer.learning_rate": 0.1, "penalty.l2": 1e-7 }, scores: [1, 2, 3], median: 2 }),
    trial(1, {
      changes: { "optimizer.learning_rate": 9, "penalty.l2": 0.5 },
      scores: [Infinity],
      median: Infinity,
      diverged: 7,
    }),
    trial(2, {
      changes: { "optimizer.learning_rate": 1, "penalty.l2": 0.5 },
      scores: [4, 4, 4],
      median: 4,
      steps: 60,
      cut: true,
    }),
  ];
  const table = trialsTable(
    { ...found(), trials, ranking: ranked(trials) },
    { low: 1, middle: 2, high: 3, starts: 64 },
  );
  assert.deepEqual(table.split("\n"), [
    "trial,round,rank,optimizer.learning_rate,penalty.l2,score,score_1,score_2,score_3,updates,cut,diverged_at,as_good_as_best",
    "0,0,1,0.1,1e-7,2,1,2,3,1000,false,,true",
    "1,0,3,9,0.5,,,,,1000,false,7,false",
    "2,0,2,1,0.5,4,4,4,4,60,true,,false",
    "",
  ]);
});

test("a curve is every look at a trial, and the nearest one is found", () => {
  const once = found();
  const twice = withPart(once, part({ spent: 60 }, [[0.1, 0.1, 0.1]]));
  assert.deepEqual(twice.trials[0]?.curve, [...(once.trials[0]?.curve ?? []), [1000, 0.1]]);
  const trials = [
    trial(0, {
      curve: [
        [1, 1],
        [10, 0.1],
        [1000, 0.01],
      ],
    }),
    trial(1, {
      curve: [
        [1, 1],
        [10, 0.9],
      ],
      cut: true,
    }),
    trial(2, { curve: [[1, Infinity]], diverged: 1 }),
  ];
  const curves = { ...once, trials, ranking: trials, search: { ...search, updates: 1000 } };
  const size = { width: 380, height: 226 };
  const scale = scaleOf(curves, { width: 300, height: 200 });
  assert.deepEqual(scale?.at([1, 0.01]), { x: 0, y: 200 });
  assert.deepEqual(scale?.at([1000, 1]), { x: 300, y: 0 });
  assert.equal(nearestCurve(curves, size, 58 + 300, 6 + 200, 12), 0);
  assert.equal(nearestCurve(curves, size, 58 + 100, 6 + 5, 12), 1);
  assert.equal(nearestCurve(curves, size, 58 + 290, 6 + 10, 12), null);
});

test("a strategy has a line of its own, as long as the question is the same", () => {
  const progress = { spent: [1000], score: [0.5] };
  const done = (/** @type {string} */ kind, changes = {}) =>
    /** @type {import("../../../static/js/search/types.js").Found} */ (
      /** @type {unknown} */ ({ search: { ...search, strategy: { kind }, ...changes }, progress, spent: 1000 })
    );
  const kinds = (/** @type {readonly {kind: string}[]} */ lines) => lines.map(({ kind }) => kind);
  const two = withTried(withTried([], done("grid")), done("random"));
  assert.deepEqual(kinds(two), ["grid", "random"]);
  assert.deepEqual(kinds(withTried(two, done("grid", { search_seed: 9 }))), ["random", "grid"]);
  assert.deepEqual(kinds(withTried(two, done("halving", { budget: 1 }))), ["halving"]);
  assert.equal(withTried(two, { ...done("halving"), progress: null }), two);
  // one that is under way has the others beside it
  assert.deepEqual(kinds(linesOf({ ...done("grid"), progress: null }, two)), ["random"]);
  assert.deepEqual(kinds(linesOf(done("halving"), two)), ["grid", "random", "halving"]);
  assert.deepEqual(linesOf(null, two), []);
});

test("each start has a curve of its own, on the scale of all trials", () => {
  const once = withPart(found(), part({ spent: 60 }, [[0.1, 0.05, 0.4]]));
  const [first] = once.trials;
  assert.ok(first);
  assert.deepEqual(traceOf(first, 1), {
    looks: [
      [1000, Math.fround(0.1)],
      [1000, Math.fround(0.05)],
    ],
    isLost: false,
  });
  assert.equal(first.traces.byteLength, 2 * 3 * 4);
  const scale = scaleOf(once, { width: 300, height: 200 });
  assert.equal(scale?.low, Math.fround(0.05), "the lowest start is in sight");
  assert.equal(scale?.at([1000, Math.fround(0.05)]).y, 200);
});

test("the curve of a start ends where it diverged, and the words say how far the starts lie apart", () => {
  const lost = trial(0, {
    steps: 10,
    scores: [0.25, Infinity, 0.75],
    median: 0.75,
    curve: [
      [1, 0.5],
      [10, 0.75],
    ],
    traces: Float32Array.of(0.5, 0.25, 1, 0.25, Infinity, 0.75),
  });
  assert.deepEqual(traceOf(lost, 1), { looks: [[1, 0.25]], isLost: true });
  assert.deepEqual(traceOf(lost, 2).looks, [
    [1, 1],
    [10, 0.75],
  ]);
  assert.equal(
    curveWords(lost),
    "Score against updates, 3 starts: median 0.5 at first, 0.75 (0.25 to diverged) after 10 updates.",
  );
  assert.equal(
    curveWords({ ...lost, scores: [0.75] }),
    "Score against updates, one start: 0.5 at first, 0.75 after 10 updates.",
  );
  assert.equal(curveWords(trial(1, {})), "No score yet.");
});

test("the maps of the trials that came last are kept", () => {
  /** @type {readonly import("../../../static/js/search/types.js").Starts[]} */
  let kept = [];
  const of = (/** @type {number} */ number) => ({ number, grid: 24, maps: [], scales: [], diverged: [] });
  for (let number = 0; number < 100; number++) kept = withStarts(kept, of(number));
  kept = withStarts(kept, of(40));
  const numbers = kept.map(({ number }) => number);
  assert.deepEqual([numbers.length, numbers[0], ...numbers.slice(-2)], [64, 36, 99, 40]);
});
