import assert from "node:assert/strict";
import { test } from "node:test";

import { joinUpdates, updatesOf } from "../../../../static/js/race/numbers/worked-update.js";

/** @import {StudyPart} from "../../../../static/js/base/types.js" */

/** @param {number} first @param {number} count @param {boolean} done */
const partOf = (first, count, done) =>
  /** @type {StudyPart} */ ({
    type: "study",
    id: 1,
    kind: "arithmetic",
    part: 0,
    done,
    first,
    steps: 5,
    names: ["w"],
    lines: [],
    arrays: {
      values: { data: Float64Array.from({ length: count * 2 }, (_, i) => 10 * first + i), shape: [count, 1, 2] },
      results: { data: new Float64Array(0), shape: [count, 0, 2] },
    },
  });

test("updates are known as their parts come", () => {
  let known = joinUpdates(null, partOf(0, 2, false));
  const same = known;
  assert.equal(updatesOf(known), 2);
  known = joinUpdates(known, partOf(2, 3, true));
  assert.equal(known, same);
  assert.equal(updatesOf(known), 5);
  assert.equal(known.done, true);
  assert.deepEqual([...(known.arrays.values?.data ?? [])], [0, 1, 2, 3, 20, 21, 22, 23, 24, 25]);
});

test("another racer's first part begins anew", () => {
  const known = joinUpdates(null, partOf(0, 5, true));
  const other = joinUpdates(known, partOf(0, 1, false));
  assert.notEqual(other, known);
  assert.equal(updatesOf(other), 1);
  assert.equal(updatesOf(known), 5);
});
