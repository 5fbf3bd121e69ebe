import assert from "node:assert/strict";
import { test } from "node:test";

import { curvatureWords, errorWords } from "../../../../static/js/race/numbers/curvature-words.js";

/** @import {StudyPart} from "../../../../static/js/race/types.js" */

/** @param {object} header @param {[low: number, high: number, edge: number]} [numbers] */
const study = (header, [low, high, edge] = [1, 20, 20]) =>
  /** @type {StudyPart} */ (
    /** @type {unknown} */ ({
      values: [1, 20],
      edges: ["2/η"],
      along: null,
      ...header,
      arrays: {
        eigenvalues: { data: Float32Array.of(low, high), shape: [1, 1, 2] },
        edges: { data: Float32Array.of(edge), shape: [1, 1] },
      },
    })
  );

/** @param {number} flat @param {number} steep @param {string} [edge] */
const along = (flat, steep, edge = "2/η") =>
  errorWords(
    study({
      edges: [edge],
      along: [
        [
          { factor: flat, limit: 2 },
          { factor: steep, limit: 0.1 },
        ],
      ],
    }),
    0,
  );

test("what a step does along each eigenvector is said by its factor", () => {
  assert.equal(
    along(0.905, -0.9),
    "Steep, λ = 20, 2/λ = 0.1: 1 − ηλ = −0.9, so it flips and shrinks. "
      + "Flat, λ = 1, 2/λ = 2: 1 − ηλ = 0.905, so it shrinks.",
  );
  assert.match(along(1, -1.2), /^Steep, .* 1 − ηλ = −1.2, so it flips and grows. Flat, .* 1 − ηλ = 1, so it stays.$/);
  assert.match(along(1.2, -1), /1 − ηλ = −1, so it flips and stays as large. Flat, λ = 1: 1 − ηλ = 1.2, so it grows.$/);
  assert.match(along(0.9, 1.1, "2(1+μ)/η"), /grows × 1.1 a step in the long run. Flat, .* shrinks × 0.9 a step/);
});

test("where no factor holds it says why", () => {
  assert.match(errorWords(study({ values: null }), 0), /not a quadratic/);
  assert.match(errorWords(study({ along: [null] }), 0), /not linear/);
});

test("the curvature here stands beside the edge", () => {
  assert.match(curvatureWords(study({}, [1, 30, 20]), 0, 0), /^λmax = 30 here, above 2\/η = 20: .* grow\.$/);
  assert.match(curvatureWords(study({}, [1, 10, 20]), 0, 0), /^λmax = 10 here, below 2\/η = 20: steps are stable\.$/);
  assert.match(curvatureWords(study({}, [-9, -1, 20]), 0, 0), /curves down in every direction/);
  assert.match(curvatureWords(study({ edges: [null] }, [1, 10, NaN]), 0, 0), /no fixed edge/);
  assert.match(curvatureWords(study({}, [NaN, NaN, 20]), 0, 0), /no curvature/);
});
