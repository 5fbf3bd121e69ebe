import assert from "node:assert/strict";
import { test } from "node:test";

import { thinning } from "../../../static/js/draw/height-map.js";

test("where every level has few lines, all levels are drawn", () => {
  assert.equal(thinning([1, 2, 4, 4, 1]), 1);
  assert.equal(thinning([]), 1);
});

test("the more rings the levels of an egg box have, the fewer levels are drawn", () => {
  assert.equal(thinning([30, 60, 60, 60, 30, 1, 1, 1, 1]), 3);
  assert.equal(thinning([500, 500]), 1, "one of two stays in any case");
  assert.equal(thinning([500, 500, 500, 500]), 2);
});
