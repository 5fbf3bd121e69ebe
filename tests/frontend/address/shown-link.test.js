import assert from "node:assert/strict";
import { test } from "node:test";

import { shownRun } from "../../../static/js/address/shown-link.js";
import { CATALOG } from "../catalog.js";

/** @import {Preset} from "../../../static/js/base/types.js" */

const usual = CATALOG.default_spec;
const spec = { ...usual, batch_size: 30 };
const presets = /** @type {Preset[]} */ (/** @type {unknown} */ ([{ name: "thirty", spec }]));

test("a run is told by its preset's name until something is changed, else by what is not as usual", () => {
  const state = { startSpec: spec, edits: [], lesson: "thirty", training: false };
  assert.equal(shownRun(state, CATALOG, presets), "preset=thirty");
  assert.equal(shownRun({ ...state, training: true }, CATALOG, presets), "preset=thirty&mode=training");
  assert.equal(shownRun({ ...state, startSpec: usual, training: true }, CATALOG, presets), "mode=training");
  const edits = [{ step: 3, changes: { batch_size: 5 } }];
  assert.equal(shownRun({ ...state, edits }, CATALOG, presets), "batch_size=30&edits=3~batch_size~5");
  for (const other of [
    { ...state, lesson: null },
    { ...state, lesson: "gone" },
  ]) {
    assert.equal(shownRun(other, CATALOG, presets), "batch_size=30");
  }
  assert.equal(shownRun(state, CATALOG, []), "batch_size=30");
});
