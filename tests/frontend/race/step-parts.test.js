import assert from "node:assert/strict";
import { test } from "node:test";

import { createScale } from "../../../static/js/draw/scale.js";
import { partsShown, partWords, stepInParts } from "../../../static/js/race/map/step-parts.js";

/** @import {StudyPart, Track} from "../../../static/js/race/types.js" */

const scale = createScale([-2, 2, -2, 2], 400);

/** One update of RMSProp with momentum from (1, 1): the gradient, what is divided, the velocity, the step. */
const study = /** @type {StudyPart} */ (
  /** @type {unknown} */ ({
    names: ["g", "w"],
    parts: [
      { label: "gradient", symbol: "−g", units: "gradient", lines: [] },
      { label: "scaling", symbol: "−g / (√r + ε)", units: "scaled", lines: [0] },
      { label: "velocity", symbol: "−v", units: "scaled", lines: [1] },
      { label: "step", symbol: "Δw", units: "map", lines: [2] },
    ],
    arrays: {
      values: { data: Float64Array.of(3, 4, 1, 1), shape: [1, 2, 2] },
      arrows: { data: Float64Array.of(-3, -4, -1, -1, -2, 0, -0.2, 0), shape: [1, 4, 2] },
    },
  })
);

/** @param {number} x */
const trackAt = (x) =>
  /** @type {Track} */ (
    /** @type {unknown} */ ({
      race: { racers: [{}] },
      member: () => 0,
      at: (/** @type {string} */ _, /** @type {number} */ __, /** @type {number} */ ___, part = 0) => [x, 1][part],
    })
  );

test("the step is drawn as it is, and what leads to it so that the longest of the same units can be seen", () => {
  const found = stepInParts(study, trackAt(1), 0, 0, scale);
  assert.ok(found);
  assert.deepEqual(
    found.parts.map(({ isStep, arrow }) => [isStep, ...arrow]),
    [
      [false, -3, -4],
      [false, -1, -1],
      [false, -2, 0],
      [true, -0.2, 0],
    ],
  );
  const lengths = found.parts.map(({ factor, arrow: [x, y] }) => 100 * factor * Math.hypot(x, y));
  const [gradient = NaN, scaling = NaN, velocity = NaN, step = NaN] = lengths;
  assert.ok(Math.abs(gradient - velocity) < 1e-9, "the longest of each are as long");
  assert.ok(Math.abs(scaling - velocity / Math.SQRT2) < 1e-9, "those of the same units can be compared");
  assert.ok(Math.abs(step - 20) < 1e-9);
  assert.equal(partWords(found, 2), "2 of 4, scaling: −g / (√r + ε) = (−1, −1), drawn × 0.44");
  assert.equal(partWords(found, 4), "4 of 4, step: Δw = (−0.2, 0), drawn in full");
  assert.equal(partWords(found, 0), "");
});

test("the arithmetic of another race, and a step that there is not, are not drawn", () => {
  assert.equal(stepInParts(study, trackAt(0.9), 0, 0, scale), null);
  assert.equal(stepInParts(study, trackAt(1), 1, 0, scale), null);
  assert.equal(stepInParts(null, trackAt(1), 0, 0, scale), null);
});

test("nothing is shown in parts where whole arrows are wanted", () => {
  const player = { step: 0, part: 2, playing: false };
  const results = { arithmetic: study, track: trackAt(1) };
  const whole = partsShown(results, { arrows: "all", chosen: 0, start: 0 }, player, scale);
  assert.deepEqual(whole, { step: null, count: 0 });
});
