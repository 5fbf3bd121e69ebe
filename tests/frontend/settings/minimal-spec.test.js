import assert from "node:assert/strict";
import { test } from "node:test";

import { shortSpec, wholeSpec } from "../../../static/js/settings/minimal-spec.js";
import { format, parse } from "../../../static/js/address/run-link.js";
import { CATALOG as catalog } from "../catalog.js";

const usual = catalog.default_spec;

test("the default spec is nothing", () => {
  assert.deepEqual(shortSpec(structuredClone(usual), catalog), {});
});

test("only the knob that differs is left of a section of the same kind", () => {
  const spec = { ...structuredClone(usual), optimizer: { ...usual.optimizer, learning_rate: 0.3 } };
  assert.deepEqual(shortSpec(spec, catalog), { optimizer: { learning_rate: 0.3 } });
});

test("a section of another kind is its kind, and what differs from that kind's defaults", () => {
  const adam = wholeSpec({ optimizer: { kind: "adam" } }, catalog);
  assert.deepEqual(shortSpec(adam, catalog), { optimizer: { kind: "adam" } });
  // 0.03 is the usual rate of another kind
  const other = { ...adam, optimizer: { ...adam.optimizer, learning_rate: 0.03 } };
  assert.deepEqual(shortSpec(other, catalog), { optimizer: { kind: "adam", learning_rate: 0.03 } });
});

test("layers keep their units and what differs; features are kept whole", () => {
  const layers = [...structuredClone(usual.layers), { units: 3, activation: { kind: "leaky_relu", slope: 0.01 } }];
  const spec = { ...structuredClone(usual), layers, features: ["x1"] };
  assert.deepEqual(shortSpec(spec, catalog).layers, [
    { units: 4 },
    { units: 2 },
    { units: 3, activation: { kind: "leaky_relu" } },
  ]);
  assert.deepEqual(shortSpec(spec, catalog).features, ["x1"]);
});

test("the link of a short spec is short, and says what the whole one says", () => {
  const spec = { ...structuredClone(usual), batch_size: 30 };
  const link = format({ spec: shortSpec(spec, catalog) });
  assert.equal(link, "batch_size=30");
  assert.deepEqual(parse(link, catalog).spec, { batch_size: 30 });
});
