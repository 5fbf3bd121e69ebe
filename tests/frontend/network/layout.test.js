import assert from "node:assert/strict";
import { test } from "node:test";

import { levelsOf, strength } from "../../../static/js/network/edges.js";
import {
  edgeAt,
  layoutEdges,
  layoutNetwork,
  MOST_UNITS,
  neighbour,
  pointOnEdge,
} from "../../../static/js/network/layout.js";
import { followKey } from "../../../static/js/network/pointing.js";

const ROOM = { width: 680, height: 520 };
const HEADER = 92;

const ARRAYS = [
  { name: "layers.0.W", offset: 0, shape: [2, 4] },
  { name: "layers.0.b", offset: 8, shape: [4] },
  { name: "layers.1.W", offset: 12, shape: [4, 2] },
  { name: "layers.1.b", offset: 20, shape: [2] },
  { name: "output.W", offset: 22, shape: [2, 1] },
  { name: "output.b", offset: 24, shape: [1] },
];

const small = () => {
  const layout = layoutNetwork({ features: 7, hidden: [4, 2], outputs: 1 }, ROOM, HEADER);
  return { layout, gaps: layoutEdges(layout, [0, 1], ARRAYS) };
};

/** @param {number[]} values */
const rises = (values) => values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));

for (const [name, hidden, outputs] of /** @type {[string, number[], number][]} */ ([
  ["no hidden layer", [], 1],
  ["the default", [4, 2], 1],
  ["six layers of eight", Array(6).fill(8), 1],
  ["eight layers of sixteen", Array(8).fill(16), 10],
  ["a layer too large to draw", [128, 3], 3],
])) {
  test(`${name}: every tile has its own place inside the stage`, () => {
    const { width, height, columns } = layoutNetwork({ features: 7, hidden, outputs }, ROOM, HEADER);
    assert.equal(columns.length, hidden.length + 2);
    assert.ok(rises(columns.map(({ x }) => x)));
    columns.forEach(({ x, tile, units }, index) => {
      const next = columns[index + 1];
      assert.ok(!next || next.x - x > tile, "room for edges between columns");
      assert.ok(x - tile / 2 > 0 && x + tile / 2 < width);
      assert.ok(rises(units.map(({ y }) => y)));
      units.forEach(({ y }, row) => {
        assert.ok(y - tile / 2 >= HEADER && y + tile / 2 <= height);
        const below = units[row + 1];
        assert.ok(!below || below.y - y > tile, "tiles of a column do not touch");
      });
    });
  });
}

test("eight layers of sixteen fit into the usual room", () => {
  const { width, height } = layoutNetwork({ features: 10, hidden: Array(8).fill(16), outputs: 1 }, ROOM, HEADER);
  assert.deepEqual({ width, height }, ROOM);
});

test("of a deeper network the middle is folded up, and its units are still counted", () => {
  const hidden = Array.from({ length: 12 }, (_, i) => i + 1);
  const layout = layoutNetwork({ features: 2, hidden, outputs: 3 }, ROOM, HEADER);
  const { columns, width } = layout;
  assert.equal(width, ROOM.width);
  assert.deepEqual(
    columns.map(({ role, layer }) => [role, layer]),
    [
      ["features", -1],
      ["hidden", 0],
      ["hidden", 1],
      ["hidden", 2],
      ["hidden", 3],
      ["fold", 4],
      ["hidden", 9],
      ["hidden", 10],
      ["hidden", 11],
      ["outputs", 12],
    ],
  );
  assert.equal(columns[5]?.layers, 5);
  assert.deepEqual(
    columns.slice(6).map(({ first }) => first),
    [45, 55, 66, 78],
  );
  assert.deepEqual(
    columns.slice(6).map(({ units }) => units.length),
    [10, 11, 12, 3],
  );

  const arrays = [
    { name: "layers.0.W", offset: 0, shape: [2, 1] },
    ...hidden
      .slice(1)
      .map((units, i) => ({ name: `layers.${i + 1}.W`, offset: 100 * (i + 1), shape: [units - 1, units] })),
    { name: "output.W", offset: 5000, shape: [12, 3] },
  ];
  const gaps = layoutEdges(layout, [0, 1], arrays);
  assert.deepEqual(
    gaps.map(({ weight }) => weight.length),
    [2, 2, 6, 12, 0, 0, 110, 132, 36],
  );
  assert.equal(edgeAt(gaps, (gaps[4]?.x0 ?? 0) + 5, 300, 1000), null);
  assert.deepEqual(neighbour(layout, { column: 4, unit: 0 }, "ArrowRight")?.column, 6);
  assert.deepEqual(neighbour(layout, { column: 6, unit: 0 }, "ArrowLeft")?.column, 4);
});

test("eight layers are shown, of nine two are folded up", () => {
  const roles = (/** @type {number} */ count) =>
    layoutNetwork({ features: 2, hidden: Array(count).fill(2), outputs: 1 }, ROOM, HEADER).columns.map(
      ({ role }) => role,
    );
  assert.ok(!roles(8).includes("fold"));
  assert.equal(roles(9).length, 10);
  assert.ok(roles(9).includes("fold"));
});

test("a network that fits takes the room there is; a deep one scrolls; a wide one says what it leaves out", () => {
  assert.deepEqual([small().layout.width, small().layout.height], [680, 520]);
  const roomy = layoutNetwork({ features: 7, hidden: [4, 2], outputs: 1 }, { width: 680, height: 2000 }, HEADER);
  assert.ok(roomy.height < 600, "no wider apart than reads well");
  const deep = layoutNetwork({ features: 7, hidden: Array(12).fill(4), outputs: 1 }, ROOM, HEADER, true);
  assert.ok(deep.width > ROOM.width);
  const [, wide] = layoutNetwork({ features: 7, hidden: [40], outputs: 1 }, ROOM, HEADER).columns;
  assert.equal(wide?.units.length, MOST_UNITS - 1);
  assert.equal(wide?.more, 40 - MOST_UNITS + 1);
});

test("each edge knows its weight: row of W by input, column by unit", () => {
  const [first, second, last] = small().gaps;
  assert.deepEqual([...(first?.weight ?? [])], [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual([...(second?.from ?? [])], [0, 0, 1, 1, 2, 2, 3, 3]);
  assert.deepEqual([...(second?.weight ?? [])], [12, 13, 14, 15, 16, 17, 18, 19]);
  assert.deepEqual([...(last?.weight ?? [])], [22, 23]);
});

test("edges of the first layer start at the features that the network is given", () => {
  const { layout } = small();
  const [gap] = layoutEdges(layout, [2, 6], ARRAYS);
  const rows = layout.columns[0]?.units ?? [];
  assert.deepEqual(
    [...(gap?.y0 ?? [])],
    [2, 2, 2, 2, 6, 6, 6, 6].map((row) => rows[row]?.y),
  );
  assert.deepEqual([...(gap?.from ?? [])], [0, 0, 0, 0, 1, 1, 1, 1]);
});

test("weights of units that are not drawn are skipped, not shifted", () => {
  const layout = layoutNetwork({ features: 7, hidden: [20], outputs: 1 }, ROOM, HEADER);
  const arrays = [
    { name: "layers.0.W", offset: 0, shape: [2, 20] },
    { name: "output.W", offset: 60, shape: [20, 1] },
  ];
  const [first] = layoutEdges(layout, [0, 1], arrays);
  assert.equal(first?.weight.length, 2 * 15);
  assert.equal(first?.weight[15], 20);
});

test("a curve starts and ends at its units, and is level there", () => {
  const edge = { x0: 10, x1: 110, y0: 40, y1: 200 };
  assert.deepEqual(pointOnEdge(edge, 0), [10, 40]);
  assert.deepEqual(pointOnEdge(edge, 1), [110, 200]);
  assert.deepEqual(pointOnEdge(edge, 0.5), [60, 120]);
  const [, nearStart] = pointOnEdge(edge, 0.02);
  assert.ok(nearStart - 40 < 0.5);
});

test("every edge of a small network is found at its own middle", () => {
  const { gaps } = small();
  const gap = gaps[1];
  assert.ok(gap);
  for (let edge = 0; edge < gap.weight.length; edge++) {
    const ends = { x0: gap.x0, x1: gap.x1, y0: gap.y0[edge] ?? 0, y1: gap.y1[edge] ?? 0 };
    const [x, y] = pointOnEdge(ends, 0.3);
    assert.deepEqual(edgeAt(gaps, x, y, 7), { gap: 1, edge });
  }
  assert.equal(edgeAt(gaps, gap.x0 + 5, 5, 7), null);
  assert.equal(edgeAt(gaps, 2, 200, 7), null);
});

test("arrow keys go from unit to unit, with Shift along the edges into one", () => {
  const { layout, gaps } = small();
  assert.deepEqual(neighbour(layout, { column: 1, unit: 0 }, "ArrowDown"), { column: 1, unit: 1 });
  assert.equal(neighbour(layout, { column: 1, unit: 0 }, "ArrowUp"), null);
  assert.deepEqual(neighbour(layout, { column: 1, unit: 3 }, "ArrowRight"), { column: 2, unit: 1 });
  assert.equal(neighbour(layout, { column: 3, unit: 0 }, "ArrowRight"), null);

  const key = (/** @type {string} */ name, shiftKey = false) => /** @type {any} */ ({ key: name, shiftKey });
  const start = { column: 2, unit: 1, edge: null };
  const down = followKey(key("ArrowDown", true), start, layout, gaps);
  assert.deepEqual(down, { column: 2, unit: 1, edge: 1 });
  assert.ok(down);
  assert.deepEqual(followKey(key("ArrowDown", true), down, layout, gaps), { column: 2, unit: 1, edge: 3 });
  assert.deepEqual(followKey(key("ArrowUp", true), start, layout, gaps), { column: 2, unit: 1, edge: 7 });
  assert.deepEqual(followKey(key("Escape"), down, layout, gaps), start);
});

test("edges grow with their weight and keep its sign", () => {
  assert.equal(strength(0), 0);
  assert.equal(strength(-2), strength(2));
  assert.ok(rises([0.1, 0.5, 1, 3, 10].map(strength)));
  assert.ok(strength(1000) <= 1);
  const gap = { ...small().gaps[2], weight: Uint32Array.of(0, 1, 2, 3) };
  const levels = levelsOf(/** @type {any} */ (gap), [5, -5, 0, Number.NaN]);
  assert.ok((levels[0] ?? 0) > 0);
  assert.equal(levels[1], -(levels[0] ?? 0));
  assert.deepEqual([...levels.slice(2)], [0, 0]);
});

for (const target of [24, 40]) {
  test(`what is pressed is ${target} pixels wide and high, and apart from what is above and below it`, () => {
    for (const hidden of [[4, 2], Array(8).fill(16)]) {
      const { columns, least } = layoutNetwork(
        { features: 10, hidden, outputs: 3 },
        { width: 350, height: 300 },
        HEADER,
        false,
        target,
      );
      assert.ok(least >= HEADER + 10 * target);
      for (const { side, tile, units } of columns) {
        assert.ok(side >= target && side >= tile);
        assert.equal((side - tile) % 2, 0, "tiles stay on whole pixels");
        units.forEach(({ y }, row) => assert.ok(row === 0 || y - (units[row - 1]?.y ?? 0) >= target - 1));
      }
    }
  });
}
