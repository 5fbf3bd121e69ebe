import assert from "node:assert/strict";
import { test } from "node:test";

import { settingName } from "../../../static/js/settings/names.js";
import { changesBetween, createUndo } from "../../../static/js/run/undo.js";
import { CATALOG } from "../catalog.js";

const USUAL = CATALOG.default_spec;

/** @param {object} rest */
const spec = (rest) => ({ ...structuredClone(USUAL), ...rest });

test("undo and redo walk through what the settings were", () => {
  const undo = createUndo();
  const [a, b, c] = [spec({}), spec({ batch_size: 5 }), spec({ batch_size: 6 })];
  for (const each of [a, b, b, c]) undo.see(each);
  assert.deepEqual([undo.before, undo.now, undo.after], [b, c, null]);
  undo.see(b);
  undo.see(a);
  assert.deepEqual([undo.before, undo.now, undo.after], [null, a, b]);
  undo.see(b);
  assert.deepEqual([undo.before, undo.now, undo.after], [a, b, c]);
});

test("another change forgets what could have been done again", () => {
  const undo = createUndo();
  for (const batch_size of [1, 2, 3]) undo.see(spec({ batch_size }));
  undo.see(spec({ batch_size: 2 }));
  undo.see(spec({ batch_size: 9 }));
  assert.equal(undo.after, null);
  assert.equal(undo.before?.batch_size, 2);
});

test("the list is bounded, and travelling in time is no change", () => {
  const undo = createUndo();
  for (let batch_size = 1; batch_size <= 150; batch_size++) undo.see(spec({ batch_size }));
  let steps = 0;
  while (undo.before) {
    undo.see(undo.before);
    steps += 1;
  }
  assert.equal(steps, 99);
  undo.replace(spec({ batch_size: 77 }));
  assert.equal(undo.before, null);
  assert.equal(undo.now?.batch_size, 77);
});

test("equal entries are told apart by where one was led", () => {
  const undo = createUndo();
  for (let i = 0; i < 3; i++) undo.add(spec({}));
  undo.move(-1);
  assert.ok(undo.before && undo.after);
  undo.move(-1);
  undo.move(-1);
  assert.equal(undo.before, null);
  undo.add(spec({ batch_size: 2 }));
  assert.equal(undo.after, null);
});

test("only what differs is set", () => {
  const to = spec({ batch_size: 3, optimizer: { kind: "sgd", learning_rate: 0.1 }, penalty: { l2: 0.5 } });
  assert.deepEqual(changesBetween(USUAL, to), { batch_size: 3, "optimizer.learning_rate": 0.1, "penalty.l2": 0.5 });
  assert.deepEqual(changesBetween(USUAL, spec({})), {});
});

test("another kind is set with all its knobs", () => {
  const to = spec({ optimizer: { kind: "adam", learning_rate: 0.03, beta1: 0.9 } });
  assert.deepEqual(changesBetween(USUAL, to), {
    "optimizer.kind": "adam",
    "optimizer.learning_rate": 0.03,
    "optimizer.beta1": 0.9,
  });
});

test("layers are set one by one, or as a whole where there are others", () => {
  const [first, second] = USUAL.layers;
  const changed = [first, { ...second, units: 7, activation: { kind: "leaky_relu", slope: 0.1 } }];
  assert.deepEqual(changesBetween(USUAL, spec({ layers: changed })), {
    "layers.1.units": 7,
    "layers.1.activation.kind": "leaky_relu",
    "layers.1.activation.slope": 0.1,
  });
  assert.deepEqual(changesBetween(USUAL, spec({ layers: [first] })), { layers: [first] });
});

test("settings have the names that their controls have", () => {
  assert.equal(settingName("optimizer.learning_rate", CATALOG), "Learning rate");
  assert.equal(settingName("penalty.l2", CATALOG), "L2 penalty");
  assert.equal(settingName("layers.1.activation.kind", CATALOG), "Activation (layer 2)");
  assert.equal(settingName("layers.0.units", CATALOG), "Neurons (layer 1)");
  assert.equal(settingName("theta.output.b.0", CATALOG), "output.b.0");
  assert.equal(settingName("batch_size", CATALOG), "Batch size");
  assert.equal(settingName("features", CATALOG), "Inputs");
});
