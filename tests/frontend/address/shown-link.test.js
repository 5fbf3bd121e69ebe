import assert from "node:assert/strict";
import { test } from "node:test";

import { pack } from "../../../static/js/address/packed.js";
import { formatShown, parseShown } from "../../../static/js/address/shown-link.js";
import { OPEN } from "../../../static/js/base/classroom.js";
import { PARTS } from "../../../static/js/classroom/parts.js";
import { CATALOG } from "../catalog.js";

/** @import {Classroom, Preset} from "../../../static/js/base/types.js" */

const usual = CATALOG.default_spec;
const spec = { ...usual, batch_size: 30 };
const presets = /** @type {Preset[]} */ (/** @type {unknown} */ ([{ name: "thirty", spec, speed: 50 }]));
/** @type {Parameters<typeof formatShown>[0]} */
const run = { startSpec: spec, edits: [], lesson: "thirty", training: false, classroom: OPEN };
/** @type {Classroom} */
const lesson = {
  ...OPEN,
  title: "Ends with a stop.",
  text: "Two\n**lines** & 50 % of #3",
  hide: ["optimizer"],
  lock: ["noise"],
  speed: "3-epochs",
  revealable: false,
};

test("a run is told by its preset's name until something is changed, else by what is not as usual", () => {
  const written = (/** @type {Partial<typeof run>} */ other, known = presets) =>
    formatShown({ ...run, ...other }, CATALOG, known, PARTS);
  assert.equal(written({}), "preset=thirty");
  assert.equal(written({ training: true }), "preset=thirty&mode=training");
  assert.equal(written({ startSpec: usual, training: true }), "mode=training");
  const edits = [{ step: 3, changes: { batch_size: 5 } }];
  assert.equal(written({ edits }), "batch_size=30&edits=3~batch_size~5");
  for (const other of [null, "gone"]) assert.equal(written({ lesson: other }), "batch_size=30");
  assert.equal(written({}, []), "batch_size=30");
});

test("a link for class carries a whole run: its settings, its changes on the way, and what is said", () => {
  const data = {
    kind: "custom",
    rows: [
      [0.5, 0.25, 1],
      [-1, 2, 0],
    ],
  };
  const edits = [
    { step: 0, changes: { "theta.layers.0.W.0.1": 0.5 } },
    { step: 20, changes: { "optimizer.kind": "adam", "layers.0.dropout": 0.25 } },
    { step: 300, changes: { theta: pack([0.5, -1.25, 3], false) } },
  ];
  const state = { ...run, startSpec: { ...spec, data }, edits, lesson: null, training: true, classroom: lesson };
  const address = formatShown(state, CATALOG, presets, PARTS);
  const { wanted, classroom, look, problems } = parseShown(`#${address}`, CATALOG, presets, PARTS);
  assert.deepEqual(problems, []);
  assert.deepEqual(wanted.spec, { data: { kind: "custom", rows: data.rows }, batch_size: 30 });
  assert.deepEqual(wanted.edits, edits);
  assert.deepEqual([classroom, look.training], [lesson, true]);
});

test("a link for class keeps the name of a preset, and its speed", () => {
  const address = formatShown({ ...run, classroom: { ...OPEN, hide: ["loss"] } }, CATALOG, presets, PARTS);
  assert.equal(address, "preset=thirty&hide=loss");
  const { wanted, lesson: name, classroom } = parseShown(address, CATALOG, presets, PARTS);
  assert.deepEqual([name, wanted.speed, wanted.spec.batch_size], ["thirty", 50, 30]);
  assert.deepEqual(classroom.hide, ["loss"]);
});

test("what is wrong is said of each part of an address", () => {
  const { problems } = parseShown("data=xor&fog=1&hide=los&mode=train", CATALOG, presets, PARTS);
  assert.deepEqual(
    problems.map(({ path }) => path),
    ["fog", "hide", "mode"],
  );
});
