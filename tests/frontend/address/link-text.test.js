import assert from "node:assert/strict";
import { test } from "node:test";

import { pairsIn } from "../../../static/js/address/link-text.js";
import { parse } from "../../../static/js/address/run-link.js";
import { CATALOG } from "../catalog.js";

const WANTED = [
  ["data", "spiral"],
  ["batch_size", "5"],
];

for (const [what, text] of /** @type {[string, string][]} */ ([
  ["as it is written", "#data=spiral&batch_size=5"],
  ["HTML", "#data=spiral&amp;batch_size=5"],
  ["HTML, twice", "data=spiral&amp;amp;batch_size=5"],
  ["HTML by number", "data=spiral&#38;batch_size=5"],
  ["HTML, percent-encoded", "data=spiral&amp%3Bbatch_size=5"],
  ["percent-encoded", "#data%3Dspiral%26batch_size%3D5"],
  ["percent-encoded with its sign", "%23data%3Dspiral%26batch_size%3D5"],
  ["percent-encoded HTML", "#data%3Dspiral%26amp%3Bbatch_size%3D5"],
  ["the end of a sentence", "#data=spiral&batch_size=5."],
  ["brackets", "#data=spiral&batch_size=5)."],
  ["quotes", "#data=spiral&batch_size=5%22"],
  ["angle brackets", "#data=spiral&batch_size=5%3E,"],
  ["a broken line", "#data=spi%0D%0Aral&batch_size=5"],
  ["spaces behind it", "#data=spiral&batch_size=5%20%20"],
])) {
  test(`a link is read as it was passed on: ${what}`, () => assert.deepEqual(pairsIn(text), WANTED));
}

test("what belongs to a value stays", () => {
  const text = (/** @type {string} */ formula) =>
    pairsIn(`surface=formula&surface.text=${encodeURIComponent(formula)}`)[1]?.[1];
  for (const formula of ["sin(3*x) + cos(y)", "x^2 & amp = 2", "(x + 1)*(y - 1)"]) assert.equal(text(formula), formula);
  assert.equal(pairsIn("surface.text=sin(x))")[0]?.[1], "sin(x)", "a bracket too many is that of the sentence");
  assert.deepEqual(pairsIn("layers=&edits=3~frozen~"), [
    ["layers", ""],
    ["edits", "3~frozen~"],
  ]);
  assert.deepEqual(pairsIn("data=%E0%A4%A"), [["data", "%E0%A4%A"]]);
});

test("a link through a mail program gives the same run", () => {
  const { spec, problems } = parse("#data=spiral&amp;layers=4,2&amp;layers.0.activation=leaky_relu).", CATALOG);
  assert.deepEqual(spec, {
    data: { kind: "spiral" },
    layers: [{ units: 4, activation: { kind: "leaky_relu" } }, { units: 2 }],
  });
  assert.deepEqual(problems, []);
});
