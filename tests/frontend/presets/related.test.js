import assert from "node:assert/strict";
import { test } from "node:test";

import { byLesson, isRunOf, previewUrl, relatives } from "../../../static/js/presets/related.js";

/** @import {Preset} from "../../../static/js/base/types.js" */

const SPEC = { data: { kind: "xor", noise: 0.1, balance: 0.5, seed: 2 }, layers: [{ units: 4 }] };

/** @param {string} name @param {Partial<Preset>} [rest] @returns {Preset} */
const preset = (name, rest = {}) => ({
  name,
  title: name,
  lesson: "networks",
  story: "",
  look: "",
  try_next: "",
  spec: SPEC,
  epochs: 1,
  family: "",
  offer: "",
  speed: null,
  ...rest,
});

const A = preset("a", { family: "line" });
const B = preset("b", { lesson: "loss", family: "line" });
const C = preset("c");
const D = preset("d");

test("presets stand below their lessons, in order", () => {
  const lessons = ["networks", "loss"].map((name) => ({ name, title: name, text: "" }));
  const groups = byLesson(lessons, [A, B, C]).map(({ lesson, members }) => [
    lesson.name,
    members.map(({ name }) => name),
  ]);
  assert.deepEqual(groups, [
    ["networks", ["a", "c"]],
    ["loss", ["b"]],
  ]);
});

test("the others of a family are offered, and none to what has no family", () => {
  assert.deepEqual(relatives([A, B, C, D], A), [B]);
  assert.deepEqual(relatives([A, B, C, D], C), []);
});

test("a run is a preset's until something is changed", () => {
  assert.equal(isRunOf(A, { startSpec: structuredClone(SPEC), edits: [] }), true);
  assert.equal(isRunOf(A, { startSpec: { ...SPEC, layers: [] }, edits: [] }), false);
  assert.equal(isRunOf(A, { startSpec: SPEC, edits: [{ step: 3, changes: { batch_size: 1 } }] }), false);
  assert.equal(isRunOf(undefined, { startSpec: SPEC, edits: [] }), false);
});

test("a small picture has the points of the preset's noise, balance and seed", () => {
  assert.equal(previewUrl(A), "api/previews?noise=0.1&balance=0.5&seed=2");
});
