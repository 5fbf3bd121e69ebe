import assert from "node:assert/strict";
import { test } from "node:test";

import {
  compact,
  counts,
  csvOf,
  dataOf,
  draftOf,
  extent,
  FARTHEST,
  MOST_CLASSES,
  MOST_ROWS,
  NOTHING,
  obstacle as obstacleOf,
  outside,
  rowsOf,
  scaledToMap,
  tidy,
} from "../../../static/js/data/rows.js";
import { CATALOG } from "../catalog.js";

/** @import {Draft, Row} from "../../../static/js/data/rows.js" */
/** @import {Scene} from "../../../static/js/base/types.js" */

/** @type {Row[]} */
const TWO = [
  [0, 0, 0],
  [1, 1, 1],
];

/** @param {number} count @param {(i: number) => Row} make */
const many = (count, make) => Array.from({ length: count }, (_, i) => make(i));

test("points are counted by class, up to the last class that has any", () => {
  assert.deepEqual(counts([]), []);
  assert.deepEqual(
    counts([
      [0, 0, 2],
      [0, 0, 0],
      [0, 0, 2],
    ]),
    [1, 0, 2],
  );
});

/** @param {Row[]} rows @param {Partial<Draft>} [more] */
const draft = (rows, more = {}) => ({ ...NOTHING, rows, ...more });

test("what cannot be used is said in words", () => {
  const obstacle = (/** @type {Row[]} */ rows) => obstacleOf(draft(rows));
  assert.equal(obstacle(TWO), null);
  assert.match(obstacle([]) ?? "", /two classes/);
  assert.match(
    obstacle([
      [0, 0, 1],
      [1, 1, 1],
    ]) ?? "",
    /two classes/,
  );
  assert.equal(
    obstacle([
      [0, 0, 1],
      [1, 1, 3],
    ]),
    null,
  );
  assert.equal(obstacle(many(MOST_ROWS, (i) => [0, 0, i % 2])), null);
  assert.match(obstacle(many(MOST_ROWS + 1, (i) => [0, 0, i % 2])) ?? "", /2,000 points can be used; there are 2,001/);
  assert.equal(obstacle(many(20, (i) => [0, 0, i % MOST_CLASSES])), null);
  // links from before eight classes were the most
  assert.equal(obstacle(many(20, (i) => [0, 0, i % 10])), null);
  assert.match(obstacle(many(11, (i) => [0, 0, i])) ?? "", /10 classes/);
  assert.equal(obstacle([...TWO, [FARTHEST, -FARTHEST, 0]]), null);
  assert.match(obstacle([...TWO, [0, -FARTHEST - 1, 0]]) ?? "", /farther than 100/);
});

test("numbers to learn need two different ones, and no classes", () => {
  assert.equal(
    obstacleOf(
      draft(
        [
          [0, 0, 0.5],
          [1, 1, -7],
        ],
        { target: "numbers" },
      ),
    ),
    null,
  );
  assert.match(
    obstacleOf(
      draft(
        [
          [0, 0, 3],
          [1, 1, 3],
        ],
        { target: "numbers" },
      ),
    ) ?? "",
    /different numbers/,
  );
});

test("classes are numbered from 0 without a gap, in their order, and keep their names", () => {
  const rows = /** @type {Row[]} */ ([
    [1, 2, 5],
    [3, 4, 2],
    [5, 6, 5],
  ]);
  assert.deepEqual(compact(draft(rows)).rows, [
    [1, 2, 1],
    [3, 4, 0],
    [5, 6, 1],
  ]);
  assert.deepEqual(compact(draft(TWO)).rows, TWO);
  assert.deepEqual(compact(draft(rows)).classNames, []);
  assert.deepEqual(compact(draft(rows, { classNames: ["a", "b", "c", "d", "e", "f"] })).classNames, ["c", "f"]);
  // a class that was painted to named ones gets a name that is free
  const added = draft([...TWO, [0, 0, 2], [1, 1, 3]], { classNames: ["a", "New class 3"] });
  assert.deepEqual(compact(added).classNames, ["a", "New class 3", "New class 4", "New class 5"]);
});

test("a draft becomes a spec's data and comes back", () => {
  const named = draft(TWO, { classNames: ["a", "b"], columnNames: ["u", "v", "w"] });
  assert.deepEqual(draftOf(dataOf(named)), named);
  const numbers = draft(TWO, { target: "numbers", columnNames: ["u", "v", "w"] });
  assert.deepEqual(dataOf(numbers), { kind: "custom_values", rows: TWO, column_names: ["u", "v", "w"] });
  assert.deepEqual(draftOf(dataOf(numbers)), numbers);
  assert.equal(draftOf({ kind: "circle" }), null);
  assert.deepEqual(draftOf({ kind: "custom", rows: TWO }), draft(TWO), "links from before there were names");
});

test("points off the map are counted", () => {
  assert.equal(
    outside([
      [6, -6, 0],
      [6.1, 0, 0],
      [0, -300, 1],
    ]),
    2,
  );
});

test("scaling fills the map from −5 to 5, each coordinate by itself", () => {
  assert.deepEqual(
    scaledToMap([
      [0, 10, 0],
      [300, 30, 1],
      [150, 15, 0],
    ]),
    [
      [-5, -5, 0],
      [5, 5, 1],
      [0, -2.5, 0],
    ],
  );
  assert.deepEqual(
    scaledToMap([
      [7, 1, 0],
      [7, 2, 1],
    ]),
    [
      [0, -5, 0],
      [0, 5, 1],
    ],
  );
  assert.deepEqual(
    extent(
      [
        [3, -1, 0],
        [-2, 8, 1],
      ],
      1,
    ),
    [-1, 8],
  );
});

test("scaling survives the largest and the smallest numbers", () => {
  const huge = Number.MAX_VALUE;
  assert.deepEqual(
    scaledToMap([
      [-huge, 5e-324, 0],
      [huge, 0, 1],
    ]).map(([x1]) => x1),
    [-5, 5],
  );
  for (const row of scaledToMap([
    [1e308, -1e308, 0],
    [1.1e308, 1e308, 1],
    [1e308, 0, 0],
  ])) {
    assert.ok(
      row.every((value) => Math.abs(value) <= 5),
      String(row),
    );
  }
});

/** @type {Scene} */
const SCENE = /** @type {any} */ ({
  task: "two_class",
  classes: 2,
  train: 2,
  arrays: {
    points: { data: new Float32Array([0.1, -2.5, 3, 4.123456, -6, 0]), shape: [3, 2] },
    labels: { data: new Float32Array([0, 1, 0]), shape: [3] },
  },
});

test("the points of a run become rows, without the tail of a 32-bit number", () => {
  assert.deepEqual(rowsOf(SCENE), [
    [0.1, -2.5, 0],
    [3, 4.12346, 1],
    [-6, 0, 0],
  ]);
  assert.equal(tidy(-0), 0);
});

test("the table of a run says which points train", () => {
  assert.equal(csvOf(SCENE), "x1,x2,label,split\n0.1,-2.5,0,train\n3,4.12346,1,train\n-6,0,0,test\n");
  assert.match(csvOf({ ...SCENE, task: "regression" }), /^x1,x2,target,split\n/);
});

test("the table of a run has the names that people gave, and values in their own units", () => {
  const named = { ...SCENE, class_names: ["a, b", 'say "c"'], column_names: ["height", "my y", "team"] };
  assert.equal(
    csvOf(named),
    'height,"my y",team,split\n0.1,-2.5,"a, b",train\n3,4.12346,"say ""c""",train\n-6,0,"a, b",test\n',
  );
  const prices = /** @type {Scene} */ ({ ...SCENE, task: "regression", target_scale: [250, 150] });
  assert.match(csvOf(prices), /^x1,x2,target,split\n0.1,-2.5,250,train\n3,4.12346,400,train\n/);
});

test("no more is let in than the engine takes", () => {
  const { rows, farthest, classes, learned_classes: learned } = CATALOG.limits;
  assert.deepEqual([MOST_ROWS, FARTHEST, MOST_CLASSES], [rows, farthest, classes]);
  assert.equal(obstacleOf({ ...NOTHING, rows: many(learned * 2, (i) => [0, 0, i % learned]) }), null);
  assert.match(
    obstacleOf({ ...NOTHING, rows: many(learned + 1, (i) => [0, 0, i]) }) ?? "",
    new RegExp(`${learned} classes`),
  );
});
