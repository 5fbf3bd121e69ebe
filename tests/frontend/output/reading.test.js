import assert from "node:assert/strict";
import { test } from "node:test";

import { describeProbe } from "../../../static/js/output/reading.js";

const point = /** @type {[number, number]} */ ([-1.6, 0.25]);

test("one score, one for each class, or a number: each with what it means, in lines that fit", () => {
  assert.deepEqual(describeProbe({ point, scores: [-0.07], probabilities: [0.517, 0.483], entropy: 0.693 }), {
    head: "(−1.6, +0.3) → Class 0   score −0.07",
    detail: "p 0.517, 0.483   entropy 0.693",
  });
  assert.deepEqual(describeProbe({ point, scores: [-1, -1.5, 3], probabilities: [0.02, 0.01, 0.97], entropy: 0.15 }), {
    head: "(−1.6, +0.3) → Class 2   entropy 0.150",
    detail: "scores −1.00, −1.50, +3.00\np 0.020, 0.010, 0.970",
  });
  assert.deepEqual(describeProbe({ point, scores: [0.5], probabilities: null, entropy: null }), {
    head: "(−1.6, +0.3)  output +0.50",
    detail: "",
  });
});

test("of many classes the likeliest are named, likeliest first", () => {
  const probe = { point, scores: [0, 1, -2, 3, null], probabilities: [0.1, 0.2, 0, 0.7, null], entropy: null };
  assert.deepEqual(describeProbe(probe), {
    head: "(−1.6, +0.3) → Class 3   entropy NaN",
    detail: "Classes 3, 1, 0: scores +3.00, +1.00, +0.00\np 0.700, 0.200, 0.100",
  });
});

test("classes and values go by the names that people gave, and values by their units", () => {
  const named = /** @type {any} */ ({ task: "two_class", class_names: ["<b>grün</b>", "7"] });
  assert.equal(
    describeProbe({ point, scores: [-0.07], probabilities: [0.517, 0.483], entropy: 0.693 }, named).head,
    "(−1.6, +0.3) → <b>grün</b>   score −0.07",
  );
  assert.equal(
    describeProbe({ point, scores: [0.07], probabilities: [0.4, 0.6], entropy: 0.6 }, named).head,
    "(−1.6, +0.3) → Class 7   score +0.07",
  );
  const prices = /** @type {any} */ ({
    task: "regression",
    column_names: ["u", "v", "price"],
    target_scale: [250, 150],
  });
  // 0.5 · 150 + 250
  assert.equal(
    describeProbe({ point, scores: [0.5], probabilities: null, entropy: null }, prices).head,
    "(−1.6, +0.3)  price 325",
  );
});
