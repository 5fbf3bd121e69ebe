import assert from "node:assert/strict";
import { test } from "node:test";

import {
  classColour,
  classTables,
  mix,
  pack,
  parseColour,
  signColour,
  signTable,
} from "../../../static/js/draw/colour.js";
import { PALETTE } from "../palette.js";

test("colours are read as CSS writes them", () => {
  assert.deepEqual(parseColour(" #f59322 "), [245, 147, 34]);
  assert.deepEqual(parseColour("#fff"), [255, 255, 255]);
  assert.deepEqual(parseColour("rgb(1, 2, 3)"), [1, 2, 3]);
  assert.throws(() => parseColour(""), RangeError);
  assert.throws(() => parseColour("orange"), RangeError);
});

test("a pixel is red, green, blue, opaque in memory", () => {
  const pixel = Uint32Array.of(pack([1, 2, 3]));
  assert.deepEqual([...new Uint8Array(pixel.buffer)], [1, 2, 3, 255]);
});

test("the signed scale is neutral at 0, ends at ±1 and stays there", () => {
  assert.deepEqual(signColour(PALETTE, 0), PALETTE.zero);
  assert.deepEqual(signColour(PALETTE, -1), PALETTE.negative);
  assert.deepEqual(signColour(PALETTE, 7), PALETTE.positive);
  assert.deepEqual(signColour(PALETTE, 0.5), mix(PALETTE.zero, PALETTE.positive, 0.5));
});

test("the table of signs runs from the negative over the neutral to the positive", () => {
  const table = signTable(PALETTE);
  assert.equal(table.length, 256);
  assert.equal(table[128], pack(PALETTE.zero));
  const [left, right] = [table[1] ?? 0, table[255] ?? 0];
  assert.ok((left & 255) > ((left >> 16) & 255), "orange: more red than blue");
  assert.ok((right & 255) < ((right >> 16) & 255), "blue: less red than blue");
});

test("discretized, a table knows two colours only", () => {
  const table = signTable(PALETTE, { discretize: true });
  assert.equal(new Set(table.slice(0, 128)).size, 1);
  assert.equal(new Set(table.slice(128)).size, 1);
  assert.notEqual(table[127], table[128]);
});

test("each class goes from the neutral to its hue, and hues repeat when they run out", () => {
  const tables = classTables(PALETTE, 4);
  assert.equal(tables.length, 4);
  for (const table of tables) assert.equal(table[0], pack(PALETTE.zero));
  assert.equal(new Set(tables.slice(0, 3).map((table) => table[255])).size, 3);
  assert.deepEqual(classColour(PALETTE, 3), PALETTE.classes[0]);
});
