import assert from "node:assert/strict";
import { test } from "node:test";

import { whenOther } from "../../../static/js/base/scheduling.js";

test("the same values are not drawn twice, and others are", () => {
  /** @type {[number, string | null][]} */
  const drawn = [];
  const draw = whenOther((/** @type {number} */ size, /** @type {string | null} */ name) => drawn.push([size, name]));
  draw(1, null);
  draw(1, null);
  draw(1, "a");
  draw(1, null);
  assert.deepEqual(drawn, [
    [1, null],
    [1, "a"],
    [1, null],
  ]);
});

test("only what counts of them makes values others", () => {
  /** @type {number[]} */
  const drawn = [];
  const draw = whenOther(
    (/** @type {{size: number, step: number}} */ { step }) => drawn.push(step),
    ({ size }) => size,
  );
  draw({ size: 1, step: 1 });
  draw({ size: 1, step: 2 });
  draw({ size: 2, step: 3 });
  assert.deepEqual(drawn, [1, 3]);
});
