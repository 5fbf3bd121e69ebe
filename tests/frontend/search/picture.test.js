import assert from "node:assert/strict";
import { test } from "node:test";

import { sceneOf } from "../../../static/js/search/map/scene.js";
import { searchPicture } from "../../../static/js/search/map/portrait.js";
import { usualSearch } from "../../../static/js/search/space.js";
import { installCanvas } from "../canvas.js";
import { CATALOG as ALL } from "../catalog.js";

/** @import {SearchLook} from "../../../static/js/search/map/look.js" */
/** @import {Found, SearchCatalog} from "../../../static/js/search/types.js" */

const CATALOG = /** @type {SearchCatalog} */ (/** @type {unknown} */ (ALL));
const usual = usualSearch(CATALOG);
installCanvas();
const paper = "#ffffff";
const LOOK = /** @type {SearchLook} */ (
  /** @type {unknown} */ ({
    frame: { ink: [0, 0, 0], surface: [255, 255, 255], font: "sans-serif" },
    ink: "#000000",
    soft: "#555555",
    faint: "#eeeeee",
    line: "#999999",
    surface: paper,
    font: "sans-serif",
    rank: () => "#24108f",
    ground: () => paper,
  })
);

/** @param {number} knobs  how many of them were searched */
function picture(knobs) {
  const search = { ...usual, knobs: usual.knobs.slice(0, knobs) };
  const trial = {
    number: 0,
    place: [0.3, 0.4],
    changes: {},
    steps: 10,
    scores: [0.25],
    median: 0.25,
    diverged: null,
    cut: false,
    curve: [],
    traces: new Float32Array(),
  };
  const found = /** @type {Found} */ (/** @type {unknown} */ ({ search, trials: [trial], ranking: [trial] }));
  return searchPicture(sceneOf(found, search, [0, 1], CATALOG), "", LOOK, null).text;
}

test("beside the map stands what each knob did alone, and nothing where there is no second knob", () => {
  assert.match(picture(2), /1 value of L2 penalty tried/);
  assert.match(picture(1), /1 value of Learning rate tried/);
  assert.equal(picture(1).match(/1 value of/g)?.length, 1);
});

test("where there are many trials each dot takes less room, and all together no more", () => {
  const sizes = [1, 150, 600, 2000].map((count) => {
    const trials = Array.from({ length: count }, (_, number) => ({
      number,
      place: [0.3, 0.4],
      changes: {},
      median: 1,
    }));
    const found = /** @type {Found} */ (/** @type {unknown} */ ({ search: usual, trials, ranking: trials }));
    return sceneOf(found, usual, [0, 1], CATALOG).dots[0]?.size;
  });
  assert.deepEqual(sizes, [1, 1, 0.5, 0.4]);
});
