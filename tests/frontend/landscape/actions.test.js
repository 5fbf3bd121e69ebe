import assert from "node:assert/strict";
import { test } from "node:test";

import { createLandscapeActions } from "../../../static/js/landscape/actions.js";
import { INITIAL, createStore } from "../../../static/js/base/store.js";

test("what is taken back is the edit that was made last, wherever play has gone meanwhile", async () => {
  /** @type {import("../../../static/js/base/types.js").Edit[]} */
  const edits = [
    { step: 20, changes: { "optimizer.learning_rate": 0.1 } },
    { step: 31, changes: { theta: [1, 2], batch_size: 5 } },
    { step: 90, changes: { "optimizer.learning_rate": 0.2 } },
  ];
  const store = createStore({ ...INITIAL, edits, planned: 1 });
  /** @type {any[]} */
  const done = [];
  const actions = /** @type {any} */ ({
    load: async (/** @type {any} */ recipe) => void done.push(recipe),
    seek: (/** @type {number} */ step) => void done.push(step),
  });
  const race = createLandscapeActions({
    store,
    actions,
    frames: /** @type {any} */ ({}),
    catalog: /** @type {any} */ ({}),
  });
  assert.equal(race.editedAt(), 31);
  await race.takeBack(race.editedAt());
  const [recipe, step] = done;
  assert.deepEqual(recipe.edits, [edits[0], { step: 31, changes: { batch_size: 5 } }, edits[2]]);
  assert.equal(step, 31);
});
