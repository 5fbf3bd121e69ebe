import assert from "node:assert/strict";
import { test } from "node:test";

import { memberNames } from "../../../static/js/landscape/members/members.js";
import { formatMembers, parseMembers } from "../../../static/js/address/members-link.js";
import { wholeSpec } from "../../../static/js/settings/minimal-spec.js";
import { CATALOG } from "../catalog.js";

/** @import {Changes, Spec} from "../../../static/js/base/types.js" */

const SPEC = CATALOG.default_spec;

/** @param {string} kind @param {object} [knobs] @returns {Spec} */
const optimizer = (kind, knobs) => {
  const { optimizer: its, ...rest } = wholeSpec({ optimizer: { kind, ...knobs } }, CATALOG);
  return { ...rest, optimizer: its };
};

test("a member is called by what tells it from the others", () => {
  /** @param {[Changes, object?][]} each  what a member changes, and what the server makes of that */
  const names = (...each) =>
    memberNames(
      each.map(([changes]) => changes),
      each.map(([, made = {}]) => ({ ...SPEC, ...made })),
      CATALOG,
    );
  const rate = (/** @type {number} */ learning_rate) => ({ "optimizer.learning_rate": learning_rate });
  const kind = (/** @type {string} */ name) => ({ "optimizer.kind": name });
  assert.deepEqual(memberNames([], [SPEC], CATALOG), ["SGD"], "one network alone is the spec itself");
  assert.deepEqual(names([kind("sgd")], [kind("adam"), optimizer("adam")]), ["SGD", "Adam"]);
  assert.deepEqual(names([rate(0.1), optimizer("sgd", { learning_rate: 0.1 })], [{}]), ["η 0.1", "η 0.03"]);
  assert.deepEqual(
    names(
      [{ ...kind("adam"), ...rate(1) }, optimizer("adam", { learning_rate: 1 })],
      [kind("adam"), optimizer("adam")],
      [kind("sgd")],
    ),
    ["Adam η 1", "Adam η 0.01", "SGD"],
    "the rate is the one that trains",
  );
  assert.deepEqual(names([{ weights_seed: 5 }, { weights_seed: 5 }], [{ weights_seed: 6 }, { weights_seed: 6 }]), [
    "Seed 5",
    "Seed 6",
  ]);
  const l2 = (/** @type {number} */ value) =>
    /** @type {[Changes, object]} */ ([{ "penalty.l2": value }, { penalty: { l1: 0, l2: value } }]);
  assert.deepEqual(names(l2(0), l2(0.1)), ["L2 0", "L2 0.1"]);
  assert.deepEqual(names([{}], [{}]), ["SGD", "SGD (2)"]);
  const clip = { kind: "norm", limit: 1 };
  assert.deepEqual(
    names(
      [{}],
      [
        { ...kind("adam"), "clip.kind": "norm" },
        { ...optimizer("adam"), clip },
      ],
    ),
    ["SGD", "Adam, clipped by norm"],
  );
  assert.deepEqual(names([{}], [{ "clip.kind": "norm" }, { clip }]), ["SGD", "Clipped by norm"]);
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
  assert.deepEqual(
    problems.map(({ path, value }) => [path, value]),
    [
      ["members", "x~optimizer~sgd"],
      ["members", "5~nothing~1"],
    ],
  );
});
