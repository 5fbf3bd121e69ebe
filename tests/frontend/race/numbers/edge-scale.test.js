import assert from "node:assert/strict";
import { test } from "node:test";

import { edgesOf, edgeWords, scaleOf } from "../../../../static/js/race/numbers/edge-scale.js";

/** @param {number | null} flat @param {number | null} steep @param {number} rate @param {[number, number]} [values] */
const edges = (flat, steep, rate, values = [1, 20]) => {
  const along = [flat, steep].map((limit) => ({ factor: 0.5, limit }));
  const found = edgesOf(along, values, "2/η", rate);
  assert.ok(found);
  return found;
};

test("the scale of rates goes from the least to the greatest, powers of ten evenly", () => {
  const between = scaleOf(edges(4, 0.25, 1));
  assert.deepEqual([0.25, 1, 4].map(between), [0, 0.5, 1]);
  const past = scaleOf(edges(1, 0.25, 4));
  assert.deepEqual([0.25, 1, 4].map(past), [0, 0.5, 1]);
});

test("equal rates stand in the middle, and a direction without an edge does not count", () => {
  assert.equal(scaleOf(edges(0.5, 0.5, 0.5))(0.5), 0.5);
  const place = scaleOf(edges(null, 0.01, 1, [-1, 200]));
  assert.deepEqual([place(0.01), place(1)], [0, 1]);
});

test("the words say which direction is past its edge", () => {
  assert.equal(
    edgeWords(edges(2, 0.1, 0.11)),
    "Steep: η = 0.11 is past the edge 0.1. Flat: η = 0.11 is below the edge 2.",
  );
  assert.match(edgeWords(edges(2, 0.1, 0.1)), /^Steep: η = 0.1 is at the edge\./);
  assert.match(edgeWords(edges(null, 0.1, 0.1, [-3, 20])), /Flat: the error grows at every learning rate\.$/);
  assert.match(edgeWords(edges(null, 0.1, 0.1, [0, 20])), /Flat: the error stays at every learning rate\.$/);
});

test("there is no scale where no rule holds in every step", () => {
  assert.equal(edgesOf(null, [1, 20], "2/η", 0.1), null);
  assert.equal(edgesOf([{ factor: 1, limit: 1 }], null, "2/η", 0.1), null);
  assert.equal(edgesOf(edgesPair(), [1, 20], "2/η", 0), null);
  assert.equal(edgesOf(edgesPair(), [1, 20], "2(1+μ)/η", 0.1)?.isPlain, false);
});

const edgesPair = () => [2, 0.1].map((limit) => ({ factor: 0.9, limit }));
