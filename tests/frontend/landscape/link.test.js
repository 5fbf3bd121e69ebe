import assert from "node:assert/strict";
import { test } from "node:test";

import { formatLandscape, parseLandscape } from "../../../static/js/landscape/link.js";
import { INITIAL } from "../../../static/js/base/store.js";
import { CATALOG } from "../catalog.js";

const STATE = {
  startSpec: { optimizer: { kind: "sgd" }, batch_size: 30 },
  edits: [{ step: 5, changes: { "theta.output.b.0": 0.5 } }],
  members: [{ "optimizer.kind": "sgd" }, {}],
  member: 1,
  landscape: {
    ...INITIAL.landscape,
    axes: /** @type {const} */ ("weights"),
    names: ["output.b.0", "output.b.1"],
    penalty: true,
  },
};

test("a landscape is written so that a person can read it, and read back", () => {
  const text = formatLandscape(STATE, 120, CATALOG);
  assert.equal(
    text,
    "batch_size=30&edits=5~theta.output.b.0~0.5&members=0~optimizer~sgd,1&member=1&step=120"
      + "&map=weights&map.weights=output.b.0,output.b.1&map.penalty=true",
  );
  const { wanted, member, landscape, problems } = parseLandscape(`#${text}`, CATALOG);
  assert.deepEqual(wanted, { spec: { batch_size: 30 }, edits: STATE.edits, members: STATE.members, step: 120 });
  assert.deepEqual([member, landscape, problems], [1, STATE.landscape, []]);
});

test("what stands for the usual is left out", () => {
  const usual = { startSpec: {}, edits: [], members: [], member: 0, landscape: INITIAL.landscape };
  assert.equal(formatLandscape(usual, 0, CATALOG), "step=0", "without an address another run would be shown");
  for (const text of ["", "step=0"]) {
    assert.deepEqual(parseLandscape(text, CATALOG), {
      wanted: { spec: {}, edits: [], members: [], step: 0 },
      member: 0,
      landscape: INITIAL.landscape,
      problems: [],
      notice: null,
    });
  }
});

test("what is wrong is named, and the rest is kept", () => {
  const { wanted, member, landscape, problems } = parseLandscape(
    "map=sideways&map.size=300&map.half=test&step=x&member=4&members=0,1~nothing~2,1&optimizer=adam&map.follow=maybe",
    CATALOG,
  );
  assert.deepEqual(
    problems.map(({ path }) => path),
    ["members", "map", "map.size", "map.follow", "step", "member"],
  );
  assert.deepEqual(wanted, { spec: { optimizer: { kind: "adam" } }, edits: [], members: [{}, {}], step: 0 });
  assert.deepEqual([member, landscape], [0, { ...INITIAL.landscape, half: "test" }]);
});

test("the networks that the axes are about are part of the address", () => {
  const landscape = { ...INITIAL.landscape, axes: /** @type {const} */ ("networks"), networks: [2, 0, 1] };
  const text = formatLandscape({ ...STATE, landscape }, 0, CATALOG);
  assert.match(text, /&map=networks&map\.networks=2,0,1$/);
  assert.deepEqual(parseLandscape(text, CATALOG).landscape, landscape);
  assert.deepEqual(
    parseLandscape("map.networks=0,x", CATALOG).problems.map(({ path }) => path),
    ["map.networks"],
  );
});
