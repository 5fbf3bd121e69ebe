import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isGrounded,
  landscapeOf,
  nearestPoint,
  parameterNames,
  pathOf,
  standing,
  studyOf,
} from "../../../static/js/landscape/landscape.js";
import { pathsTable } from "../../../static/js/landscape/map/file.js";
import { sliceFigure, surfaceFigure } from "../../../static/js/landscape/map/figures.js";
import { groundOf, tracksOf } from "../../../static/js/landscape/map/picture.js";
import { headOf, scaleOf, trackOf } from "../../../static/js/landscape/map/plane.js";
import {
  absences,
  axisTitle,
  coordinate,
  explainedWords,
  groundWords,
  pointWords,
  trustWords,
} from "../../../static/js/landscape/words.js";
import { labelsOf, placeLabels } from "../../../static/js/landscape/map/mark-labels.js";
import { legendTicks, lossTick } from "../../../static/js/landscape/map/loss-legend.js";
import { memberCurvesFigure } from "../../../static/js/landscape/members/member-curves.js";
import { createFrames } from "../../../static/js/run/frames.js";
import { sentences } from "../../../static/js/base/words.js";
import { INITIAL } from "../../../static/js/base/store.js";
import { CATALOG } from "../catalog.js";

/** @param {number[]} shape @param {number[]} values */
const block = (shape, ...values) => ({ data: Float64Array.from(values), shape });

/**
 * Two members, two points of a path: the first goes from (0, 0) to (1, 1), the second from there to (3, 0), which is
 * off the map. The loss is 1 at the left of the map, 3 at its right, and 10 more in the bottom row.
 *
 * @param {Partial<typeof INITIAL.landscape>} [choices]
 */
function example(choices = {}) {
  const part = {
    type: "study",
    id: 1,
    kind: "landscape",
    part: 1,
    done: true,
    step: 40,
    ranges: [
      [-2, 2],
      [-2, 2],
    ],
    explained: [0.61, 0.2],
    labels: ["First principal direction", "Second principal direction"],
    arrays: {
      loss: block([3, 3], 1, 2, 3, 1, 2, 3, 11, 12, 13),
      path_steps: block([2], 0, 40),
      paths: block([2, 2, 2], 0, 0, 0, 0, 1, 1, 3, 0),
      true_loss: block([2, 2], 2, 2, 1.5, Infinity),
      plane_loss: block([2, 2], 2, 2, 2.5, 3),
      away: block([2, 2], 0, 0, 0.25, 7),
    },
  };
  const asked = { run: 3, choices: { ...INITIAL.landscape, ...choices }, member: 0, jumps: [] };
  return landscapeOf(/** @type {any} */ (part), asked, (name) => `the weight ${name}`);
}

test("axes are called by the weights that they are of", () => {
  assert.deepEqual(example({ axes: "weights" }).labels, [
    "the weight First principal direction",
    "the weight Second principal direction",
  ]);
  assert.equal(example().labels[0], "First principal direction");
});

const LEVELS = {
  levels: [2.5],
  logarithmic: false,
  low: 1,
  high: 13,
  share: (/** @type {number} */ value) => (value - 1) / 12,
};
const CHART = {
  train: "#111",
  test: "#222",
  ink: "#000",
  soft: "#333",
  line: "#eee",
  tip: "#000",
  onTip: "#fff",
  font: "serif",
};
const LOOK = { chart: CHART, low: "#fff", high: "#999", line: "#777", colours: ["#a00", "#00a"] };
const NAMES = ["SGD", 'Adam, "fast"'];

test("coordinates grow to the right and upwards", () => {
  const ranges = /** @type {[[number, number], [number, number]]} */ ([
    [-2, 2],
    [0, 10],
  ]);
  const { across, down, point } = scaleOf(ranges);
  assert.deepEqual([across(-1), down(10)], [0.25, 0]);
  assert.deepEqual(point(0.25, 0), [-1, 10]);
  assert.deepEqual(pathOf(example(), 0), [
    { across: 0.5, down: 0.5 },
    { across: 0.75, down: 0.25 },
  ]);
});

test("a path is cut where it crosses the border, and goes on where it comes back", () => {
  const at = (/** @type {number} */ across, /** @type {number} */ down) => ({ across, down });
  const { inside, leaves, out } = trackOf([at(0.5, 0.5), at(1.5, 0.5), at(1.5, 0.25), at(0.5, 0.25)]);
  assert.deepEqual(inside, [
    [at(0.5, 0.5), at(1, 0.5)],
    [at(1, 0.25), at(0.5, 0.25)],
  ]);
  assert.deepEqual([leaves, out], [[at(1, 0.5)], false]);
  // through a corner of the map, with no point on it
  assert.deepEqual(trackOf([at(-0.25, 0.5), at(0.5, -0.25)]).inside, [[at(0, 0.25), at(0.25, 0)]]);
  assert.deepEqual(trackOf([at(2, 2), at(3, 2)]), { inside: [], leaves: [], out: true });
  assert.deepEqual(trackOf([at(0.5, 0.5), at(NaN, 0), at(0.2, 0.2)]).inside, [[at(0.5, 0.5)], [at(0.2, 0.2)]]);
});

test("a member stands at the end of its path; one off the map is at its border", () => {
  assert.deepEqual(standing(example(), 1), { step: 40, a: 3, b: 0, trueLoss: Infinity, planeLoss: 3, away: 7 });
  assert.deepEqual(standing(example(), 0, -2), { step: 0, a: 0, b: 0, trueLoss: 2, planeLoss: 2, away: 0 });
  const [first, second] = tracksOf(example());
  assert.deepEqual(first && headOf(first), { across: 0.75, down: 0.25 });
  assert.deepEqual(second && headOf(second), { across: 1, down: 0.5 });
});

test("a point of a path is read where one is near", () => {
  assert.deepEqual(nearestPoint(example(), { across: 0.76, down: 0.25 }, 0.02), { member: 0, point: -1 });
  assert.equal(nearestPoint(example(), { across: 0.8, down: 0.25 }, 0.02), null);
  assert.equal(
    pointWords(example(), { member: 0, point: -1 }, NAMES),
    "SGD at step 40: true loss 1.5000, on the plane 2.5000",
  );
  assert.match(pointWords(example(), { member: 1, point: -1 }, NAMES), /true loss too large, on the plane 3\.0000$/);
});

test("where the loss is infinite the ground is a wall, higher than anything else", () => {
  const { values, grid } = groundOf(
    { ...example(), loss: Float64Array.of(1, Infinity, 3, NaN, 2, 3, 1, 1, 1) },
    { high: 3 },
  );
  assert.deepEqual([Array.from(values), grid], [[1, 7, 3, 7, 2, 3, 1, 1, 1], 3]);
});

test("no line leads to where the networks were put", () => {
  const put = { ...example(), jumps: [40] };
  assert.deepEqual(tracksOf(put)[0]?.inside, [[{ across: 0.5, down: 0.5 }], [{ across: 0.75, down: 0.25 }]]);
  const [, path] = /** @type {any} */ (surfaceFigure(put, LEVELS, NAMES, LOOK)).data;
  assert.deepEqual(path.x, [0, null, 1]);
  assert.equal(
    tracksOf({ ...example(), jumps: [0, 41] })[0]?.inside.length,
    1,
    "before the first step there is no way to cut",
  );
});

test("the server is asked for what was chosen", () => {
  const { landscape } = INITIAL;
  const weights = { ...landscape, axes: /** @type {const} */ ("weights"), names: ["output.b.0", "output.b.1"] };
  assert.deepEqual(studyOf(weights, 2), {
    kind: "landscape",
    axes: { kind: "weights", names: ["output.b.0", "output.b.1"] },
    half: "train",
    penalty: false,
    size: 51,
    dimensions: 2,
    member: 2,
  });
  const slice = studyOf({ ...landscape, axes: "line", shown: "slice", seed: 4 }, 0);
  assert.deepEqual([slice.axes, slice.dimensions], [{ kind: "line", seed: 4 }, 1]);
});

test("every weight has a name", () => {
  const layout = [
    { name: "output.W", offset: 0, shape: [2, 1] },
    { name: "output.b", offset: 2, shape: [1] },
  ];
  assert.deepEqual(parameterNames(layout), ["output.W.0.0", "output.W.1.0", "output.b.0"]);
});

test("words say what the axes are, how much is seen, and who is not", () => {
  assert.equal(axisTitle(example(), 0), "First principal direction, 61 % of the paths' spread");
  assert.equal(axisTitle(example({ axes: "random" }), 0), "First principal direction");
  assert.match(
    explainedWords(example()),
    /^This plane holds 81\.0 % of the paths' spread: the paths also move out of it/,
  );
  assert.equal(explainedWords({ ...example(), explained: null }), "");
  assert.match(trustWords({ ...example(), explained: null }), /^No path yet/);
  const failures = [null, { step: 12, cause: "not a number (NaN)", advice: [] }];
  assert.deepEqual(absences(example(), tracksOf(example()), ["SGD", "Adam"], failures), [
    "Adam has left the map; the bar at the border shows where. Its loss is too large for a number.",
    "Adam stopped at step 12: a weight became not a number (NaN).",
  ]);
});

test("coordinates keep their width, and very large ones are still read", () => {
  assert.deepEqual([-0.5, 1234.567, 8.13e31, NaN].map(coordinate), ["−0.50", "1234.57", "8.1×10³¹", "–"]);
});

test("the table has a row for each member and point, with both losses", () => {
  const [head, ...rows] = pathsTable(example(), NAMES).trim().split("\n");
  assert.equal(head, "step,member,name,a,b,true_loss,plane_loss,distance");
  assert.equal(rows.length, 4);
  assert.equal(rows[2], "40,0,SGD,1,1,1.5,2.5,0.25");
  assert.equal(rows[3], '40,1,"Adam, ""fast""",3,0,Infinity,3,7');
});

test("the surface has its first row at the top of the map, and paths above it; marks stand at their true loss", () => {
  const {
    data: [ground, path, stem, head, other],
  } = /** @type {any} */ (surfaceFigure(example(), LEVELS, NAMES, LOOK));
  assert.deepEqual(ground.y, [-2, 0, 2]);
  assert.deepEqual(ground.z, [
    [11, 12, 13],
    [1, 2, 3],
    [1, 2, 3],
  ]);
  assert.deepEqual(
    [path.x, path.y],
    [
      [0, 1],
      [0, 1],
    ],
  );
  const under = [2, 2.5];
  assert.ok(path.z.every((/** @type {number} */ z, /** @type {number} */ i) => z > (under[i] ?? 0)));
  assert.deepEqual(stem.z, [path.z[1], 1.5], "from the path to the mark");
  assert.deepEqual([head.x, head.y, head.z], [[1], [1], [1.5]]);
  assert.deepEqual(other.x, [0, null], "nothing is drawn off the map");
});

test("a slice has a curve for each half, and the members over it", () => {
  const slice = { ...example(), dimensions: /** @type {1} */ (1), loss: Float64Array.of(1, 2, 3, 4, 5, 6) };
  const {
    data: [train, test_, first, second],
  } = /** @type {any} */ (sliceFigure(slice, NAMES, LOOK, { logarithmic: false }));
  assert.deepEqual(
    [train.x, train.y, test_.y],
    [
      [-2, 0, 2],
      [1, 2, 3],
      [4, 5, 6],
    ],
  );
  assert.deepEqual([first.x, first.y, second.x], [[1], [1.5], []]);
});

test("the curves of all members lie over each other, and say where the run is in its past", () => {
  const frames = createFrames(CATALOG.metrics);
  for (const step of [0, 50, 100]) {
    const metrics = { data: Float64Array.of(step, 2, 3, 4, 0.5, 0.6, 0.7, 0.8, 0, 0), shape: [5, 2] };
    frames.receive(
      /** @type {any} */ ({ type: "frame", run: 1, frame: 1, step, epoch: step / 25, rate: 0, arrays: { metrics } }),
    );
  }
  const options = /** @type {const} */ ({
    measure: "loss",
    half: "train",
    along: "epochs",
    logarithmic: true,
    chosen: 1,
    step: 50,
  });
  const { data, layout } = /** @type {any} */ (memberCurvesFigure(frames.members, NAMES, LOOK.colours, CHART, options));
  assert.deepEqual(data[0].x, [0, 2, 4]);
  assert.deepEqual(
    [data[0].y, data[1].y],
    [
      [0, 50, 100],
      [2, 2, 2],
    ],
  );
  assert.equal(layout.yaxis.type, "log");
  assert.equal(layout.shapes[0].x0, 2);
  const accuracy = memberCurvesFigure(frames.members, NAMES, LOOK.colours, CHART, {
    ...options,
    measure: "accuracy",
    half: "test",
    step: 100,
  });
  assert.deepEqual(accuracy.data[1]?.y, [0.8, 0.8, 0.8]);
  assert.deepEqual(accuracy.layout.shapes, []);
});

test("the numbers beside the shades have room, and stay short", () => {
  const levels = {
    levels: [0.001, 0.0015, 0.5, 1],
    logarithmic: false,
    low: 0,
    high: 1,
    share: (/** @type {number} */ value) => value,
  };
  assert.deepEqual(legendTicks(levels), [
    { share: 0.001, text: "0.001" },
    { share: 0.5, text: "0.5" },
    { share: 1, text: "1" },
  ]);
  assert.deepEqual([lossTick(20000, 3), lossTick(0.00003, 3), lossTick(0.30000001, 3)], ["2×10⁴", "3×10⁻⁵", "0.3"]);
  const close = { ...levels, levels: [0.5112, 0.6114, 0.71], share: (/** @type {number} */ value) => 10 * value };
  assert.deepEqual(
    legendTicks(close).map(({ text }) => text),
    ["0.51", "0.61", "0.71"],
    "in as few digits as tell them apart",
  );
});

/** @param {[number, number][]} losses  true and on the plane, of each member at its end */
const withLosses = (losses) => ({
  ...example(),
  members: losses.length,
  points: 1,
  trueLoss: losses.map(([own]) => own),
  planeLoss: losses.map(([, plane]) => plane),
});

test("a network is on the ground where its own loss is the ground's, up to a tenth", () => {
  const found = withLosses([
    [1, 1.05],
    [1, 1.2],
    [0.278, 0.594],
    [0.00005, 1.006],
    [Infinity, 3],
    [Infinity, Infinity],
    [NaN, NaN],
  ]);
  assert.deepEqual(
    found.trueLoss.map((_, member) => isGrounded(found, member)),
    [true, false, false, false, false, true, true],
  );
  // the picture is 12 high: what is below 0.012 is at its bottom, whatever the share
  assert.equal(isGrounded(withLosses([[0.001, 0.01]]), 0), true);
});

test("how far a picture can be trusted is said from the spread and from the losses", () => {
  const near = {
    ...withLosses([
      [0.3, 0.3],
      [0.00005, 1.006],
    ]),
    explained: [0.9, 0.081],
  };
  assert.equal(
    sentences(explainedWords(near), trustWords(near)),
    "This plane holds 98.1 % of the paths' spread. Only one of the 2 networks lies on this ground. A hollow mark is only the "
      + "shadow of a network, whose own loss is the number beside it.",
  );
  assert.match(
    groundWords(
      withLosses([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    ),
    /^All 3 networks lie on this ground/,
  );
  assert.match(
    groundWords(
      withLosses([
        [1, 2],
        [2, 1],
      ]),
    ),
    /^None of the 2 networks lies on this ground/,
  );
  assert.equal(groundWords({ ...near, measured: false }), "");
  // of one network the end is always on the ground, but its path need not be
  const path = { ...example(), members: 1, points: 4, trueLoss: [9, 4, 2, 1], planeLoss: [5, 2, 2, 1] };
  assert.match(groundWords(path), /^The path lies on this ground at 50\.0 % of its points/);
  assert.match(groundWords({ ...path, planeLoss: path.trueLoss }), /^The path lies on this ground: /);
});

test("a mark carries its own loss, and the ground's where that is another", () => {
  assert.deepEqual(
    labelsOf(
      withLosses([
        [0.25, 0.25],
        [0.25, 0.5],
      ]),
    ),
    [
      { hollow: false, loss: "0.2500", ground: "" },
      { hollow: true, loss: "0.2500", ground: "ground 0.5000" },
    ],
  );
  assert.deepEqual(labelsOf({ ...example(), measured: false }), []);
});

test("labels stand on the map, and apart where there is room", () => {
  const wanted = [
    [10, 10],
    [395, 200],
    [200, 200],
    [203, 204],
  ].map(([x = 0, y = 0]) => ({ x, y, width: 50, height: 15 }));
  const boxes = placeLabels(wanted, 400);
  assertApart(boxes, 400);
  assert.deepEqual(
    boxes.map(({ far }) => far),
    [false, false, false, false],
  );
});

test("the labels of eight marks on one spot are all read", () => {
  const wanted = Array.from({ length: 8 }, (_, i) => ({ x: 200 + i, y: 200 - (i % 3), width: 90, height: 30 }));
  const boxes = placeLabels(wanted, 400);
  assertApart(boxes, 400);
  assert.ok(boxes.some(({ far }) => far));
});

/** @param {{x: number, y: number, width: number, height: number}[]} boxes @param {number} size */
function assertApart(boxes, size) {
  for (const { x, y, width, height } of boxes) {
    assert.ok(x >= 2 && y >= 2 && x + width <= size - 2 && y + height <= size - 2);
  }
  const pairs = boxes.flatMap((one, i) => boxes.slice(i + 1).map((other) => [one, other]));
  for (const [one, other] of pairs) {
    assert.ok(
      one
        && other
        && (one.x + one.width <= other.x
          || other.x + other.width <= one.x
          || one.y + one.height <= other.y
          || other.y + other.height <= one.y),
    );
  }
}
