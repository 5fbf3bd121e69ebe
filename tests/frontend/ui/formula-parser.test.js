import assert from "node:assert/strict";
import { test } from "node:test";

import { breakable, parseMath } from "../../../static/js/ui/formula-parser.js";

/** @import {Node} from "../../../static/js/ui/formula-parser.js" */

/**
 * A tree in one line: "msup(x 2)".
 *
 * @param {Node[]} nodes
 * @returns {string}
 */
const line = (nodes) =>
  nodes
    .map(
      ({ tag, text, children }) =>
        text ?? (tag === "mrow" ? `{${line(children ?? [])}}` : `${tag.slice(1)}(${line(children ?? [])})`),
    )
    .join(" ");

for (const [formula, expected] of /** @type {[string, string][]} */ ([
  ["w ← w − η g", "w ← w − η g"],
  ["r ← ρ r + (1−ρ) g²", "r ← ρ r + {( 1 − ρ )} sup(g {2})"],
  ["w ← w − η g / (√r + ε)", "w ← w − η frac(g {sqrt(r) + ε})"],
  ["f(x) = 1 / (1 + e⁻ˣ)", "f {( x )} = frac(1 {1 + sup(e {− x})})"],
  ["β₁v", "sub(β {1}) v"],
  ["v̂ / (√r̂ + ε)", "frac(over(v ˆ) {sqrt(over(r ˆ)) + ε})"],
  ["f(x) = x if x > 0, else a (eˣ − 1)", "f {( x )} = x if x > 0 , else a {( sup(e {x}) − 1 )}"],
  ["½ Σ (o − y)²", "frac(1 2) Σ sup({( o − y )} {2})"],
  ["W ~ N(0, 2/(nᵢₙ + nₒᵤₜ))", "W ~ N {( 0 , frac(2 {sub(n {i n}) + sub(n {o u t})}) )}"],
  ["c / ‖g‖", "frac(c {‖ g ‖})"],
  ["η γ^⌊t / s⌋", "η sup(γ {⌊ frac(t s) ⌋})"],
  ["e^(−r²)", "sup(e {− sup(r {2})})"],
  ["√(x₁² + x₂²)", "sqrt({sup(sub(x {1}) {2}) + sup(sub(x {2}) {2})})"],
  ["tanh x", "tanh x"],
  ["sin²(πx)/2", "frac({sup(sin {2}) {( π x )}} 2)"],
  ["max(0, r − 3)²/8 − 1", "frac({max sup({( 0 , r − 3 )} {2})} 8) − 1"],
  ["a cos x / 3 + y", "a frac({cos x} 3) + y"],
  ["1 / tanh x", "frac(1 {tanh x})"],
  ["e^−x", "sup(e {− x})"],
  ["2^x^2", "sup(2 sup(x 2))"],
  ["1 − β₁ⁿ", "1 − sup(sub(β {1}) {n})"],
  ["μ′ v", "μ′ v"],
  ["", ""],
])) {
  test(`${formula || "nothing"} is read as it is meant`, () => {
    assert.equal(line(parseMath(formula)), expected);
  });
}

test("a line is broken at its relation, its terms and its words, and never inside parentheses", () => {
  const broken = (/** @type {string} */ formula) => breakable(parseMath(formula)).map(line);
  assert.deepEqual(broken("w ← (1 − η) w − η g"), ["w ←", "{( 1 − η )} w", "− η g"]);
  assert.deepEqual(broken("L = max(0, x) over j"), ["L =", "max {( 0 , x )}", "over j"]);
  assert.deepEqual(broken("−x"), ["− x"]);
  assert.deepEqual(broken(""), [""]);
});
