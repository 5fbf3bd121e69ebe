import assert from "node:assert/strict";
import { test } from "node:test";

import { format, parse, withArrows } from "../../../static/js/race/link.js";
import { choice, without } from "../../../static/js/race/settings.js";
import { racerNames } from "../../../static/js/race/names.js";
import { CATALOG } from "../catalog.js";

/** @import {Race} from "../../../static/js/race/settings.js" */

const usual = /** @type {Race} */ (CATALOG.race.default);
/** @param {Partial<Race>} changes @returns {Race} */
const race = (changes) => ({ ...structuredClone(usual), ...changes });

/** @param {string} kind @param {object} knobs @param {object} [rest] */
const racer = (kind, knobs, rest = {}) => ({
  ...structuredClone(usual.racers[0]),
  optimizer: { ...choice("racers.0.optimizer", kind, CATALOG), ...knobs },
  ...rest,
});

test("an address is read and written the same", () => {
  const address =
    "surface.condition=50&racer=sgd,learning_rate~0.02"
    + "&racer=momentum,learning_rate~0.02,momentum~0.8,schedule~step,schedule.every~20,clip~norm,clip.limit~0.5&starts=-2.5,1;2,2&steps=500";
  const { race: found, problems, preset } = parse(`#${address}`, CATALOG, []);
  assert.deepEqual(problems, []);
  assert.equal(preset, null);
  assert.deepEqual(found.surface, { kind: "ravine", condition: 50, angle: 0 });
  assert.deepEqual(found.racers[1], {
    optimizer: { kind: "momentum", learning_rate: 0.02, momentum: 0.8 },
    schedule: { kind: "step", gamma: 0.5, every: 20 },
    clip: { kind: "norm", limit: 0.5 },
  });
  assert.deepEqual(
    [found.starts, found.steps],
    [
      [
        [-2.5, 1],
        [2, 2],
      ],
      500,
    ],
  );
  assert.equal(format(found, CATALOG), address);
});

test("a race is written by what differs from the usual one, and addresses with all of it are read", () => {
  assert.equal(format(usual, CATALOG), "");
  assert.equal(format(race({ noise: 0.5 }), CATALOG), "noise=0.5");
  const whole =
    "surface=ravine&racer=sgd,learning_rate~0.09&racer=momentum,learning_rate~0.02&racer=adam,learning_rate~0.1&noise=0.5";
  assert.deepEqual(parse(whole, CATALOG, []).race, race({ noise: 0.5 }));
});

test("the arrows that are drawn stand beside the race, or beside its preset", () => {
  const presets = [{ name: "zigzag", race: race({ steps: 70 }) }];
  assert.equal(withArrows("preset=zigzag", "parts"), "preset=zigzag&arrows=parts");
  assert.equal(withArrows("", "parts"), "arrows=parts");
  assert.equal(withArrows("noise=0.5", "chosen"), "noise=0.5");
  const found = parse("preset=zigzag&arrows=parts", CATALOG, presets);
  assert.deepEqual([found.preset, found.arrows, found.race.steps, found.problems], ["zigzag", "parts", 70, []]);
  assert.equal(parse("noise=0.5", CATALOG, []).arrows, "chosen");
  const wrong = parse("arrows=many", CATALOG, []);
  assert.deepEqual([wrong.arrows, wrong.problems.map(({ path }) => path)], ["chosen", ["arrows"]]);
});

test("a formula keeps its signs, and an empty address is the usual race", () => {
  const typed = race({ surface: { kind: "formula", text: "x^2 + 3*y & 1=2" } });
  assert.deepEqual(parse(format(typed, CATALOG), CATALOG, []).race.surface, typed.surface);
  assert.deepEqual(parse("", CATALOG, []).race, usual);
});

test("another surface begins at its own start", () => {
  const preset = { name: "here", race: race({ starts: [[1, 2]] }) };
  assert.deepEqual(parse("#preset=here&surface=bowl", CATALOG, [preset]).race.starts, []);
});

test("a preset stands for its settings until one is named beside it", () => {
  const preset = { name: "here", race: race({ steps: 30 }) };
  const found = parse("#preset=here", CATALOG, [preset]);
  assert.deepEqual(found, { race: preset.race, preset: "here", arrows: "chosen", problems: [] });
  const beside = parse("#preset=here&noise=0.5", CATALOG, [preset]);
  assert.deepEqual([beside.race.steps, beside.race.noise, beside.preset], [30, 0.5, null]);
});

test("names that are not known are said, and the rest is kept", () => {
  const { race: found, problems } = parse(
    "#fog=3&preset=nowhere&racer=adam,banana~3,bias_correction~false&steps=70",
    CATALOG,
    [],
  );
  assert.deepEqual(
    problems.map(({ path, value }) => [path, value]),
    [
      ["preset", "nowhere"],
      ["racer", "banana~3"],
      ["fog", "3"],
    ],
  );
  assert.equal(found.steps, 70);
  assert.equal(found.racers[0]?.optimizer.bias_correction, false);
});

test("what the server refuses is taken out, and only that", () => {
  const wrong = race({
    surface: { kind: "ravine", condition: -1, angle: 5 },
    steps: 1e9,
    racers: [racer("momentum", { learning_rate: 5000, momentum: 0.5 })],
  });
  const problem = (/** @type {string} */ path) => ({ path, value: 0, allowed: "less" });
  const mended = without(wrong, ["racers.0.optimizer.learning_rate", "steps"].map(problem), CATALOG);
  assert.deepEqual(mended.racers[0]?.optimizer, { kind: "momentum", momentum: 0.5 });
  assert.equal("steps" in mended, false);
  assert.deepEqual(without(wrong, [problem("surface.condition")], CATALOG).surface, { kind: "ravine", angle: 5 });
  assert.equal(wrong.steps, 1e9, "nothing is changed in place");
  const many = race({ racers: Array.from({ length: 12 }, (_, i) => racer("sgd", { learning_rate: i + 1 })) });
  assert.deepEqual(without(many, [problem("racers")], CATALOG).racers, many.racers.slice(0, 8));
});

test("racers are called by what tells them apart", () => {
  const names = (/** @type {any[]} */ racers) => racerNames(racers, CATALOG);
  assert.deepEqual(names([racer("sgd", {}), racer("adam", {})]), ["SGD", "Adam"]);
  assert.deepEqual(names([racer("sgd", { learning_rate: 0.1 }), racer("sgd", { learning_rate: 0.2 })]), [
    "SGD η 0.1",
    "SGD η 0.2",
  ]);
  assert.deepEqual(names([racer("adam", {}), racer("adam", { bias_correction: false })]), [
    "Adam bias correction on",
    "Adam bias correction off",
  ]);
  assert.deepEqual(names([racer("sgd", {}), racer("sgd", {}, { clip: { kind: "norm", limit: 1 } })]), [
    "SGD",
    "SGD clipped by norm",
  ]);
  assert.deepEqual(names([racer("sgd", {}), racer("sgd", {})]), ["SGD", "SGD (2)"]);
});
