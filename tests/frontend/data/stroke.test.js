import assert from "node:assert/strict";
import { test } from "node:test";

import { createStroke } from "../../../static/js/data/stroke.js";

/** @import {Row} from "../../../static/js/data/rows.js" */
/** @import {Hand} from "../../../static/js/data/stroke.js" */

/** @param {Row[]} rows @param {Hand} hand */
function begin(rows, hand) {
  /** @type {readonly Row[][]} */
  let shown = [];
  /** @type {(readonly Row[])[]} */
  const kept = [];
  const stroke = createStroke({
    now: () => kept.at(-1) ?? rows,
    hand: () => hand,
    show: (next) => (shown = [...shown, [...next]]),
    keep: (next) => kept.push(next),
  });
  return { stroke, kept, shown: () => shown };
}

test("a press is one point, and a row of them where it is dragged", () => {
  const { stroke, kept, shown } = begin([[9, 9, 1]], { brush: "point", radius: 1, label: 2 });
  stroke.begin([0, 0]);
  assert.deepEqual(shown().at(-1), [
    [9, 9, 1],
    [0, 0, 2],
  ]);
  assert.deepEqual(kept, [], "kept when it ends");
  stroke.move([0.2, 0]);
  stroke.move([0.8, 0]);
  stroke.end();
  assert.deepEqual(kept, [
    [
      [9, 9, 1],
      [0, 0, 2],
      [0.35, 0, 2],
      [0.7, 0, 2],
    ],
  ]);
});

test("a pointer that moves without a press paints nothing", () => {
  const { stroke, kept, shown } = begin([], { brush: "spray", radius: 1, label: 0 });
  stroke.move([1, 1]);
  assert.deepEqual([shown(), kept], [[], []]);
  stroke.begin([1, 1]);
  stroke.end();
  stroke.move([3, 3]);
  assert.equal(kept.length, 1);
  assert.ok((kept[0]?.length ?? 0) > 1);
  assert.ok(kept[0]?.every(([x1, x2]) => Math.hypot(x1 - 1, x2 - 1) < 1.01));
});

test("the eraser clears the way it is dragged, however fast", () => {
  const rows = Array.from({ length: 11 }, (_, i) => /** @type {Row} */ ([i - 5, 0, i % 2]));
  const { stroke, kept } = begin([...rows, [0, 3, 0]], { brush: "erase", radius: 0.5, label: 0 });
  stroke.begin([-5, 0]);
  stroke.move([5, 0]);
  stroke.end();
  assert.deepEqual(kept.at(-1), [[0, 3, 0]]);
});
