import assert from "node:assert/strict";
import { test } from "node:test";

import { defaultsAt, pathOf, placeAt, removeAt, valueAt } from "../../../static/js/settings/paths.js";
import { CATALOG } from "../catalog.js";

test("paths lead through objects and lists", () => {
  const spec = { layers: [{ units: 4, activation: { kind: "tanh" } }] };
  assert.equal(valueAt(spec, "layers.0.activation.kind"), "tanh");
  assert.equal(valueAt(spec, "layers.1.units"), undefined);
  assert.equal(pathOf("", "batch_size"), "batch_size");
  assert.equal(pathOf("optimizer", "kind"), "optimizer.kind");
});

test("a path leads to a section, its kind or a knob, of every layer and racer", () => {
  const at = (/** @type {string} */ path) => {
    const place = placeAt(path, CATALOG);
    return place && [place.section.path, place.knob?.name ?? null];
  };
  assert.deepEqual(at("optimizer"), ["optimizer", null]);
  assert.deepEqual(at("layers.11.activation.kind"), ["layers.*.activation", null]);
  assert.deepEqual(at("layers.1.dropout"), ["layers.*", "dropout"]);
  assert.deepEqual(at("batch_size"), ["", "batch_size"]);
  for (const nothing of ["", "optimizer.colour", "layers.x.units", "racers.0.optimizer", "data.noise.kind"]) {
    assert.equal(at(nothing), undefined);
  }
  const { sections } = CATALOG.race;
  assert.equal(placeAt("racers.7.clip.kind", CATALOG, sections)?.section.family, "clips");
  assert.deepEqual(defaultsAt("racers.2.optimizer", "momentum", CATALOG, sections), {
    learning_rate: 0.01,
    momentum: 0.9,
  });
});

test("what is taken out of a list or an object leaves the rest", () => {
  const spec = { features: ["x1", "x2"], optimizer: { kind: "sgd", learning_rate: 1 } };
  assert.equal(removeAt(spec, ["features", "0"]), true);
  assert.equal(removeAt(spec, ["optimizer", "learning_rate"]), true);
  assert.equal(removeAt(spec, ["optimizer", "beta1"]), false);
  assert.equal(removeAt(spec, ["nothing", "here"]), false);
  assert.deepEqual(spec, { features: ["x2"], optimizer: { kind: "sgd" } });
});
