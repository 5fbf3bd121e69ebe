import assert from "node:assert/strict";
import { test } from "node:test";

import { MARKS, chartMark, colourVariable, isStroked, markOf, markPath } from "../../../static/js/draw/markers.js";
import { CATALOG } from "../catalog.js";

test("no two racers share a mark or a colour, on the page or in charts", () => {
  const { members, racers: most } = CATALOG.limits;
  const racers = Array.from({ length: Math.max(members, most) }, (_, index) => index);
  for (const of of [markOf, chartMark, colourVariable]) {
    assert.equal(new Set(racers.map((index) => of(index))).size, racers.length);
  }
});

test("a mark is drawn around its place, and only strokes stay open", () => {
  assert.equal(markPath(1, { x: 10, y: 20, radius: 10 }), "M1.8 11.8L18.2 11.8L18.2 28.2L1.8 28.2Z");
  assert.equal(markPath(0, { x: 0, y: 0, radius: 2 }), "M-2 0A2 2 0 1 1 2 0A2 2 0 1 1 -2 0Z");
  const open = MARKS.map((_, index) => !markPath(index, { x: 0, y: 0, radius: 1 }).endsWith("Z"));
  assert.deepEqual(
    open,
    MARKS.map((_, index) => isStroked(index)),
  );
});
