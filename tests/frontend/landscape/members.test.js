import assert from "node:assert/strict";
import { test } from "node:test";

import { changedMember, memberNames, memberSpec } from "../../../static/js/landscape/members/members.js";
import { formatMembers, parseMembers } from "../../../static/js/address/members-link.js";
import { CATALOG } from "../catalog.js";

const SPEC = CATALOG.default_spec;

test("a member of another kind keeps the knobs that both kinds have", () => {
  const { optimizer } = memberSpec(SPEC, { "optimizer.beta1": 0.5, "optimizer.kind": "adam" }, CATALOG);
  assert.deepEqual(optimizer, { kind: "adam", learning_rate: 0.03, beta1: 0.5 });
  assert.deepEqual(memberSpec(SPEC, { batch_size: 5 }, CATALOG).batch_size, 5);
  assert.deepEqual(SPEC.optimizer, { kind: "sgd", learning_rate: 0.03 });
});

test("a kind that is chosen comes with its own good values", () => {
  const before = { "optimizer.kind": "sgd", "optimizer.learning_rate": 3, "penalty.l2": 0.1 };
  assert.deepEqual(changedMember(before, "optimizer.kind", "adam", CATALOG),
    { "penalty.l2": 0.1, "optimizer.kind": "adam", "optimizer.learning_rate": 0, "optimizer.beta1": 0 });
  assert.deepEqual(changedMember(before, "optimizer.learning_rate", 1, CATALOG), { ...before, "optimizer.learning_rate": 1 });
});

test("a member is called by what tells it from the others", () => {
  const names = (/** @type {any[]} */ ...members) => memberNames(members, SPEC, CATALOG);
  assert.deepEqual(names(), ["Sgd"]);
  assert.deepEqual(names({ "optimizer.kind": "sgd" }, { "optimizer.kind": "adam" }), ["Sgd", "Adam"]);
  assert.deepEqual(names({ "optimizer.learning_rate": 0.1 }, {}), ["η 0.1", "η 0.03"]);
  assert.deepEqual(
    names({ "optimizer.kind": "adam", "optimizer.learning_rate": 1 }, { "optimizer.kind": "adam" }, { "optimizer.kind": "sgd" }),
    ["Adam η 1", "Adam η 0.03", "Sgd"]);
  assert.deepEqual(names({ batch_size: 5 }, { batch_size: 10 }), ["Batch_size 5", "Batch_size 10"]);
  assert.deepEqual(names({ "penalty.l2": 0 }, { "penalty.l2": 0.1 }), ["L2 0", "L2 0.1"]);
  assert.deepEqual(names({}, {}), ["Sgd", "Sgd (2)"]);
  const unclipped = { ...SPEC, clip: { kind: "none" } };
  assert.deepEqual(memberNames([{}, { "optimizer.kind": "adam", "clip.kind": "norm" }], unclipped, CATALOG), ["Sgd", "Adam, clipped norm"]);
  assert.deepEqual(memberNames([{}, { "clip.kind": "norm" }], unclipped, CATALOG), ["Sgd", "Clipped norm"]);
});

test("members are written so that a person can read them, and read back", () => {
  const members = [{ "optimizer.kind": "adam", "optimizer.learning_rate": 0.01 }, {}, { "penalty.l2": 1e-7 }];
  const text = "0~optimizer~adam,0~optimizer.learning_rate~0.01,1,2~penalty.l2~1e-7";
  assert.equal(formatMembers(members), text);
  assert.deepEqual(parseMembers(text, CATALOG), { members, problems: [] });
  assert.deepEqual(parseMembers("", CATALOG), { members: [], problems: [] });
});

test("what names no member or no setting is reported, and the rest is kept", () => {
  const { members, problems } = parseMembers("x~optimizer~sgd,5~nothing~1,3~optimizer~adam", CATALOG);
  assert.deepEqual(members, [{ "optimizer.kind": "adam" }]);
  assert.deepEqual(problems.map(({ path, value }) => [path, value]), [["members", "x~optimizer~sgd"], ["members", "5~nothing~1"]]);
});
