import assert from "node:assert/strict";
import { test } from "node:test";

import { actingRecord, chosenRecord, settingsOf } from "../../../static/js/settings/control-list.js";
import { equations } from "../../../static/js/ui/formula-parser.js";
import { CATALOG, knob } from "../catalog.js";

/** @import {Section} from "../../../static/js/base/types.js" */

/** @param {string} path */
const section = (path) => /** @type {Section} */ (CATALOG.sections.find((candidate) => candidate.path === path));

/** @param {string} path @param {string} [at] */
const listed = (path, at = path) =>
  settingsOf(section(path), SPEC, CATALOG, { path: at }).map(({ path: here, own }) => (own ? `${here} (own)` : here));

const SPEC = {
  data: { kind: "custom", noise: 0 },
  layers: [{ units: 4, activation: { kind: "leaky_relu", slope: 0.1 } }],
  optimizer: { kind: "adam", learning_rate: 0.01, beta1: 0.9 },
};

test("a kind comes first, then the knobs of that kind alone", () => {
  assert.deepEqual(listed("optimizer"), [
    "optimizer.kind",
    ...["learning_rate", "beta1", "beta2", "epsilon", "bias_correction"].map((name) => `optimizer.${name} (own)`),
  ]);
});

test("what every kind has comes last, and points have no control", () => {
  assert.deepEqual(listed("data"), ["data.kind", "data.train_share", "data.seed"]);
});

test("the sections of a layer stand on each layer", () => {
  assert.deepEqual(listed("layers.*", "layers.0"), ["layers.0.units", "layers.0.batch_norm"]);
  assert.deepEqual(listed("layers.*.activation", "layers.0.activation"), [
    "layers.0.activation.kind",
    "layers.0.activation.slope (own)",
  ]);
  assert.equal(chosenRecord(section("layers.*.activation"), SPEC, CATALOG, "layers.0.activation")?.kind, "leaky_relu");
});

test("the equations of a formula stand below each other", () => {
  assert.deepEqual(equations("v ← μ v + g,  w ← w − η v"), ["v ← μ v + g", "w ← w − η v"]);
  assert.deepEqual(equations("f(x) = max(a x, x)"), ["f(x) = max(a x, x)"]);
});

test("the record that acts is the one whose knobs are all that is on", () => {
  const [l1, l2] = ["l1", "l2"].map((name) => knob(name));
  const penalty = /** @type {Section} */ ({ ...section("penalty"), knobs: [l1, l2] });
  const record = (/** @type {string} */ kind, /** @type {any[]} */ knobs) => ({ kind, label: kind, help: "", knobs });
  const penalties = [record("l1", [l1]), record("l2", [l2]), record("both", [l1, l2])];
  const catalog = { ...CATALOG, families: { ...CATALOG.families, penalties } };
  const acting = (/** @type {object} */ rates) => actingRecord(penalty, { penalty: rates }, catalog)?.kind;
  assert.deepEqual([{}, { l1: 1 }, { l2: 1, l1: 0 }, { l1: 1, l2: 2 }].map(acting), [undefined, "l1", "l2", "both"]);
});
