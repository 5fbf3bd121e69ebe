import assert from "node:assert/strict";
import { test } from "node:test";

import { linesOf } from "../../../../static/js/insights/space/border.js";
import { placeBeside, placeFilm } from "../../../../static/js/insights/space/place.js";
import { nearestPoint, shotAt, spaceOf, widest } from "../../../../static/js/insights/space/space.js";
import { frameDetail, frameTitle, spaceTable, spaceWords } from "../../../../static/js/insights/space/words.js";
import { spaceFrame } from "../../readings.js";

/** @import {Space} from "../../../../static/js/insights/space/space.js" */

const POINTS = { task: /** @type {const} */ ("two_class"), classes: 2, train: 8, labels: [0, 1, 0, 1, 0, 1, 0, 1] };

/** @param {Parameters<typeof spaceFrame>[0]} [reading] @returns {Space} */
function space(reading) {
  const found = spaceOf(spaceFrame(reading), [2, 3, 1]);
  assert.ok(found);
  return found;
}

/** @param {readonly number[][]} rows */
const block = (rows) => ({ data: Float64Array.from(rows.flat()), shape: [rows.length, 3] });

test("a frame's layers have their points, lines and axes", () => {
  const found = space();
  assert.deepEqual([found.every, found.right, found.layers.length], [2, 7, 2]);
  const [inputs, hidden] = found.layers;
  assert.deepEqual([inputs?.pair, hidden?.pair], [[0, 1], null]);
  assert.deepEqual(
    Array.from(inputs?.points ?? []).map((x) => Math.round(10 * x) / 10),
    [-0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5],
  );
  assert.equal(hidden?.lines.length, 2 * 13 * 13);
  assert.deepEqual(found.spread, [[1, 3, 2]]);
  assert.equal(spaceOf(spaceFrame(), [2, 4, 1]), null);
  assert.equal(spaceOf(spaceFrame(), [2, 3, 3, 1]), null);
});

test("between two layers points are on their way", () => {
  const found = space();
  assert.equal(shotAt(found, 0).points, found.layers[0]?.points);
  assert.equal(shotAt(found, 1).points, found.layers[1]?.points);
  const half = shotAt(found, 0.5);
  const middle = ((found.layers[0]?.points[0] ?? NaN) + (found.layers[1]?.points[0] ?? NaN)) / 2;
  assert.ok(Math.abs((half.points[0] ?? NaN) - middle) < 1e-6);
  assert.deepEqual(
    [0, 0.5, 0.75, 1].map((at) => shotAt(found, at).strength),
    [0, 0, 0.5, 1],
  );
});

test("the widest two units are told in their order, and the nearest point within reach", () => {
  assert.deepEqual(widest([1, 3, 2]), [1, 2]);
  assert.deepEqual(widest([2, 2, 2]), [0, 1]);
  assert.equal(nearestPoint([0, 0, 1, 1], 0.9, 0.8, 0.5), 1);
  assert.equal(nearestPoint([0, 0, 1, 1], 0.5, 0.4, 0.5), -1);
});

test("one output changes its answer where its sum is 0", () => {
  const [line, ...more] = linesOf(block([[1, 0, -1]]), 2);
  assert.equal(more.length, 0);
  assert.deepEqual(
    line?.map((value) => Math.round(10 * value) / 10),
    [0.5, -1, 0.5, 1],
  );
  assert.deepEqual(linesOf(block([[1, 0, -5]]), 2), []);
  assert.deepEqual(linesOf(block([[0, 0, 1]]), 2), []);
  assert.deepEqual(linesOf(block([[NaN, 0, 1]]), 2), []);
});

test("of three outputs lines meet where all three are as large", () => {
  // sums x, −x and 0.5 + y: the third wins above, and the other two part below (0, −0.5)
  const lines = linesOf(
    block([
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0.5],
    ]),
    1,
  );
  assert.equal(lines.length, 3);
  for (const [x, y, x1, y1] of lines) {
    assert.ok(Math.min(Math.hypot(x, y + 0.5), Math.hypot(x1, y1 + 0.5)) < 1e-9);
  }
});

test("the sentence has the run's own numbers", () => {
  const said = (
    /** @type {Partial<typeof POINTS>} */ points = {},
    /** @type {Parameters<typeof spaceFrame>[0]} */ reading = {},
  ) => spaceWords(space(reading), { ...POINTS, ...points });
  assert.deepEqual(said(), {
    text: "One line separates *7 of 8* training points in layer 1 (inputs 50.0 %).",
    warn: false,
  });
  assert.match(said({ classes: 3 }).text, /^Lines separate \*7 of 8\*/);
  assert.equal(
    said({ task: /** @type {any} */ ("regression") }).text,
    "A slope explains *87.5 %* of the values in layer 1 (inputs 50.0 %).",
  );
  assert.equal(
    said({ labels: [1, 1, 1] }).text,
    "All training points are of one class, so there is nothing to separate.",
  );
  assert.deepEqual(said({}, { share: NaN }), {
    text: "*Folded to one place:* layer 1 gives the same for every point.",
    warn: true,
  });
  assert.equal(said({}, { reach: NaN }).text, "*Diverged:* a layer’s output is no longer a finite number.");
});

test("a frame says which axes it has", () => {
  const { layers } = space();
  const titles = layers.map((layer, index) => frameTitle(layer, index, ["x₁", "x₂"]));
  assert.deepEqual(titles, ["Inputs: x₁ and x₂", "Layer 1: main axes, 90.0 % of the spread"]);
  assert.equal(
    frameDetail(space(), 1, POINTS),
    "Its two main axes show 90.0 % of the spread of the points. A straight cut separates 87.5 % of the 4 training points looked at.",
  );
});

test("the table has a row for each point in each layer", () => {
  const [names = [], ...rows] = spaceTable(space(), POINTS);
  assert.equal(rows.length, 8);
  assert.ok(rows.every(({ length }) => length === names.length));
  const [layer, , , point, label, x] = rows[1] ?? [];
  assert.deepEqual([layer, point, label], [0, 3, 0]);
  assert.ok(Math.abs(Number(x) - 3) < 0.01);
});

test("frames stand under the columns, or evenly where these are folded, and beside a large one on a phone", () => {
  const columns = /** @type {const} */ ([
    { role: "features", layer: -1, x: 80 },
    { role: "hidden", layer: 0, x: 160 },
    { role: "outputs", layer: 1, x: 240 },
  ]);
  const middles = (/** @type {import("../../../../static/js/insights/space/place.js").Film} */ { frames }) =>
    frames.map(({ x, side }) => x + side / 2);
  const film = placeFilm({ width: 300, height: 150 }, columns, 2);
  assert.deepEqual([middles(film), film.frames[0]?.side], [[80, 160], 72]);
  const folded = placeFilm({ width: 476, height: 150 }, columns, 4);
  assert.deepEqual(middles(folded), [50, 150, 250, 350]);
  for (let count = 1; count <= 17; count++) {
    const beside = placeBeside({ width: 358, height: 156 }, count);
    assert.equal(beside.frames.length, count);
    for (const { x, y, side } of beside.frames) {
      assert.ok(side > 20 && x >= (beside.large?.side ?? 0) && x + side <= 358 && y + side <= 156);
    }
  }
});
