import assert from "node:assert/strict";
import { test } from "node:test";

import { pickPoint } from "../../../static/js/output/pick.js";

/** Two training points and a test point. */
const scene = /** @type {any} */ ({
  train: 2,
  arrays: { points: { data: [0, 0, 2, 2, -3, 0] }, labels: { data: [0, 1, 2] } },
});

test("a press near a point means it, and one elsewhere the place, of the kind of the nearest point", () => {
  assert.deepEqual(pickPoint(scene, [1.9, 2.1], 0.3, false), { point: [2, 2], label: 1 });
  assert.deepEqual(pickPoint(scene, [1.5, 1.2], 0.3, false), { point: [1.5, 1.2], label: 1 });
});

test("points that are not drawn are not meant", () => {
  assert.deepEqual(pickPoint(scene, [-3, 0], 0.3, false), { point: [-3, 0], label: 0 });
  assert.deepEqual(pickPoint(scene, [-3, 0], 0.3, true), { point: [-3, 0], label: 2 });
  const none = { ...scene, train: 0 };
  assert.equal(pickPoint(none, [0, 0], 1, false), null);
});
