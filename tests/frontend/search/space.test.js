import assert from "node:assert/strict";
import { test } from "node:test";

import { knobOf, searchable, withChanges } from "../../../static/js/search/space.js";
import { CATALOG } from "../catalog.js";

const base = () => structuredClone(CATALOG.default_spec);

test("settings of the task and seeds are not searched, and those of the optimizer at hand are", () => {
  const paths = searchable(base(), CATALOG);
  assert.ok(
    ["optimizer.learning_rate", "penalty.l2", "batch_size", "layers.1.dropout"].every((path) => paths.includes(path)),
  );
  assert.equal(
    paths.some((path) => /^(data|loss|stop)|seed|dtype/.test(path)),
    false,
  );
  assert.equal(paths.includes("optimizer.momentum"), false);
  const momentum = { ...base(), optimizer: { kind: "momentum", learning_rate: 0.03, momentum: 0.9 } };
  assert.ok(searchable(momentum, CATALOG).includes("optimizer.momentum"));
});

test("every setting that is offered begins with a range or with values", () => {
  for (const path of searchable(base(), CATALOG)) {
    const knob = knobOf(path, base(), CATALOG);
    if ("values" in knob) assert.ok(knob.values.length > 1, path);
    else assert.ok(knob.low < knob.high && (knob.scale !== "log" || knob.low > 0), path);
  }
});

test("what decides the shape of arrays begins with values, of which a search takes a few", () => {
  for (const path of ["batch_size", "layers.0.units"]) {
    const knob = knobOf(path, base(), CATALOG);
    assert.equal("values" in knob && knob.values.length, 4, path);
  }
});

test("a trial's run has its changes; where the kind changes, what somebody set stays", () => {
  const run = { ...base(), optimizer: { kind: "momentum", learning_rate: 0.2, momentum: 0.9 } };
  const changed = withChanges(run, { "penalty.l2": 0.5, "layers.1.units": 7, "optimizer.kind": "adam" }, CATALOG);
  assert.equal(changed.penalty.l2, 0.5);
  assert.deepEqual([changed.layers[0].units, changed.layers[1].units], [4, 7]);
  assert.deepEqual([changed.optimizer.kind, changed.optimizer.learning_rate], ["adam", 0.2]);
  assert.equal("momentum" in changed.optimizer, false);
  const usual = { ...base(), optimizer: { kind: "sgd", learning_rate: 0.03 } };
  const adam = withChanges(usual, { "optimizer.learning_rate": 0.5, "optimizer.kind": "adam" }, CATALOG);
  assert.equal(adam.optimizer.learning_rate, 0.5, "the kind is changed first");
  assert.equal(run.optimizer.kind, "momentum", "nothing is changed in place");
});
