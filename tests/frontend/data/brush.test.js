import assert from "node:assert/strict";
import { test } from "node:test";

import { along, erase, place, spray } from "../../../static/js/data/brush.js";
import { MOST_ROWS } from "../../../static/js/data/rows.js";
import { createVersions } from "../../../static/js/base/history.js";

/** @import {Row} from "../../../static/js/data/rows.js" */

test("points are placed on a grid of hundredths, and only on the map", () => {
  assert.deepEqual(
    place(
      [],
      [
        [1.23456, -0.001],
        [6, -6],
        [6.01, 0],
        [0, -7],
      ],
      3,
    ),
    [
      [1.23, 0, 3],
      [6, -6, 3],
    ],
  );
});

test("there is room for so many points and no more", () => {
  const rows = Array.from({ length: MOST_ROWS - 1 }, () => /** @type {Row} */ ([0, 0, 0]));
  const full = place(
    rows,
    [
      [1, 1],
      [2, 2],
    ],
    1,
  );
  assert.equal(full.length, MOST_ROWS);
  assert.deepEqual(full.at(-1), [1, 1, 1]);
  assert.equal(place(full, [[3, 3]], 1), full);
});

test("a spray lies in its disc, and evenly", () => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const places = spray([2, -1], 1.5, 4000, random);
  const distances = places.map(([x1, x2]) => Math.hypot(x1 - 2, x2 + 1));
  assert.ok(distances.every((distance) => distance <= 1.5));
  // Half of the radius is a quarter of the area.
  const inner = distances.filter((distance) => distance < 0.75).length / 4000;
  assert.ok(Math.abs(inner - 0.25) < 0.03, String(inner));
});

test("the eraser takes what its circle holds, of every class", () => {
  /** @type {Row[]} */
  const rows = [
    [0, 0, 0],
    [0.5, 0, 1],
    [2, 0, 0],
  ];
  assert.deepEqual(erase(rows, [0, 0], 1), [[2, 0, 0]]);
  assert.equal(erase(rows, [-5, 5], 1), rows);
});

test("a stroke stops at even gaps, and never where it began", () => {
  assert.deepEqual(along([0, 0], [1, 0], 0.5), [
    [0.5, 0],
    [1, 0],
  ]);
  assert.deepEqual(along([0, 0], [0.4, 0], 0.5), []);
  assert.deepEqual(along([1, 1], [1, 1], 0.5), []);
  assert.equal(along([0, 0], [3, 4], 1).length, 5);
});

test("what was done is taken back and done again, step by step", () => {
  const versions = createVersions("a");
  assert.deepEqual([versions.canUndo, versions.canRedo], [false, false]);
  versions.undo();
  versions.commit("b");
  versions.commit("b");
  versions.commit("c");
  versions.undo();
  assert.equal(versions.now, "b");
  versions.undo();
  assert.deepEqual([versions.now, versions.canUndo, versions.canRedo], ["a", false, true]);
  versions.redo();
  assert.equal(versions.now, "b");
  versions.commit("d");
  versions.redo();
  assert.deepEqual([versions.now, versions.canRedo], ["d", false]);
});

test("changes with the same tag are one step, until something else is done", () => {
  const versions = createVersions("a");
  for (const value of ["b", "c", "d"]) versions.commit(value, "typing");
  versions.undo();
  assert.equal(versions.now, "a");
  versions.redo();
  versions.commit("e", "typing");
  versions.undo();
  assert.equal(versions.now, "d");
});

test("of very many versions the newest are kept", () => {
  const versions = createVersions(0);
  for (let i = 1; i <= 500; i++) versions.commit(i);
  while (versions.canUndo) versions.undo();
  assert.equal(versions.now, 300);
});
