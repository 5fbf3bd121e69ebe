import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { OPEN } from "../../../static/js/base/classroom.js";
import {
  EMPTIED,
  GROUPS,
  PARTS,
  goneGroups,
  partOf,
  partsBetween,
  partsChanged,
} from "../../../static/js/classroom/parts.js";
import { createPermits } from "../../../static/js/classroom/permits.js";
import { treat, treatmentOf, treatmentOfGroup, wordsFor } from "../../../static/js/classroom/draft.js";
import { placeAt } from "../../../static/js/settings/paths.js";
import { INITIAL } from "../../../static/js/base/store.js";
import { CATALOG } from "../catalog.js";

const names = PARTS.map(({ name }) => name);
const nameOf = (/** @type {string} */ path) => partOf(path)?.name;

test("every name is one of a part or of a group, and of one alone", () => {
  const all = [...names, ...GROUPS.map(({ name }) => name)];
  assert.equal(new Set(all).size, all.length);
  for (const name of all) assert.match(name, /^[a-z][a-z-]*$/);
  for (const { group } of PARTS) {
    assert.ok(
      GROUPS.some(({ name }) => name === group),
      group,
    );
  }
  for (const { parts } of EMPTIED) for (const name of parts) assert.ok(names.includes(name), name);
});

test("the documentation lists every name", () => {
  const text = readFileSync(new URL("../../../docs/class-links.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| ([^|]+?) \|[^|]*\|$/gm)].map(([, name, label]) => [name, label]);
  const wanted = GROUPS.flatMap(({ name }) =>
    PARTS.filter(({ group }) => group === name).map((part) => [part.name, part.label]),
  );
  assert.deepEqual(rows, wanted);
});

test("every setting of a run is set at a part of the page", () => {
  for (const section of CATALOG.sections) {
    for (const { name } of section.knobs) {
      const path = section.path === "" ? name : `${section.path}.${name}`;
      assert.ok(nameOf(path), `nothing withholds ${path}`);
    }
  }
  for (const { settings = [] } of PARTS) {
    for (const path of settings.filter((each) => !/^(theta|frozen|features|layers|data\.(rows|c))/.test(each))) {
      assert.ok(placeAt(path.replace("*", "0"), CATALOG), path);
    }
  }
});

test("the part of a setting is the one that names most of its path", () => {
  assert.equal(nameOf("optimizer.kind"), "optimizer");
  assert.equal(nameOf("optimizer.learning_rate"), "learning-rate");
  assert.equal(nameOf("layers"), "layers");
  assert.equal(nameOf("layers.3.units"), "neurons");
  assert.equal(nameOf("layers.0.activation.kind"), "activation");
  assert.equal(nameOf("layers.0.dropout"), "layer-settings");
  assert.equal(nameOf("data.balance"), "data-more");
  assert.equal(nameOf("theta.output.W.0.0"), "weights");
});

test("what lies between two specs is told by its parts", () => {
  const spec = CATALOG.default_spec;
  const between = (/** @type {any} */ to) => partsBetween(spec, { ...spec, ...to }).map(({ name }) => name);
  assert.deepEqual(between({}), []);
  assert.deepEqual(between({ data: { ...spec.data, kind: "blobs", classes: 4 } }), ["dataset"]);
  assert.deepEqual(between({ layers: spec.layers.slice(1) }), ["layers"]);
  assert.deepEqual(between({ layers: spec.layers.with(0, { ...spec.layers[0], units: 9 }) }), ["neurons"]);
  assert.deepEqual(
    partsChanged(spec, { "data.train_share": spec.data.train_share, batch_size: 7 }).map(({ name }) => name),
    ["batch"],
  );
});

test("what is held is changed by nothing but an address", async () => {
  const state = {
    ...INITIAL,
    run: 1,
    spec: CATALOG.default_spec,
    classroom: { ...OPEN, lock: ["dataset"], hide: ["loss"] },
  };
  const { permits, lift } = createPermits(() => state, CATALOG);
  assert.match(permits("set", { changes: { "data.kind": "xor" } }) ?? "", /allows no changes to: Data sets\.$/);
  assert.equal(permits("set", { changes: { "data.kind": state.spec.data.kind } }), null);
  assert.equal(permits("set", { changes: { "data.noise": 0.1 } }), null);
  assert.match(permits("load", { spec: { loss: { kind: "huber" } } }) ?? "", /Loss/);
  assert.equal(permits("load", { spec: { data: { noise: 0.2 } } }), null);
  assert.equal(permits("play", {}), null);
  assert.equal(await lift(async () => permits("load", { spec: { data: { kind: "xor" } } })), null);
  state.classroom.revealed = true;
  assert.equal(permits("set", { changes: { "data.kind": "xor" } }), null);
});

test("a link is made by treating parts and groups", () => {
  const data = PARTS.filter(({ group }) => group === "data").map(({ name }) => name);
  const hidden = treat(OPEN, data, "hide");
  assert.equal(treatmentOfGroup(hidden, "data"), "hide");
  assert.deepEqual(
    goneGroups(hidden).map(({ name }) => name),
    ["data"],
  );
  const mixed = treat(treat(hidden, ["noise"], "lock"), ["batch"], "show");
  assert.deepEqual([treatmentOf(mixed, "noise"), treatmentOf(mixed, "batch")], ["lock", "show"]);
  assert.equal(treatmentOfGroup(mixed, "data"), null);
  assert.equal(wordsFor(mixed, "data"), "1 locked, 6 hidden, of 8");
});
