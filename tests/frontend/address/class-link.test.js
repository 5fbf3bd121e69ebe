import assert from "node:assert/strict";
import { test } from "node:test";

import { formatClass, readClass, speedOf, withClass } from "../../../static/js/address/class-link.js";
import { parse } from "../../../static/js/address/run-link.js";
import { OPEN } from "../../../static/js/base/classroom.js";
import { PARTS } from "../../../static/js/classroom/parts.js";
import { CATALOG } from "../catalog.js";

const read = (/** @type {string} */ hash) => readClass(hash, PARTS);
const textOf = (/** @type {string} */ text) => {
  const written = formatClass({ ...OPEN, title: "T", text }, PARTS);
  return { written, read: read(`#data=spiral&${written}`).classroom.text };
};

const INSIGHTS = PARTS.filter(({ group }) => group === "insights").map(({ name }) => name);

test("a link without a word to a class withholds nothing", () => {
  assert.deepEqual(read("#data=spiral&layers=8"), { classroom: OPEN, problems: [] });
  assert.equal(withClass("data=spiral", OPEN, PARTS), "data=spiral");
  assert.equal(withClass("", { ...OPEN, lock: ["noise"] }, PARTS), "lock=noise");
});

test("what is hidden, locked and said comes back as it was written", () => {
  const link =
    "title=Smallest+spiral&text=Find+the+**smallest+network**+that+parts+the+arms%252E&hide=optimizer,loss,insights"
    + "&lock=noise,inputs&speed=3-epochs&everything=no";
  const { classroom, problems } = read(`preset=spiral&${link}`);
  assert.deepEqual(problems, []);
  assert.equal(classroom.title, "Smallest spiral");
  assert.equal(classroom.text, "Find the **smallest network** that parts the arms.");
  assert.deepEqual(classroom.hide, ["optimizer", "loss", ...INSIGHTS]);
  assert.deepEqual(classroom.lock, ["noise", "inputs"]);
  assert.equal(classroom.revealable, false);
  assert.equal(formatClass(classroom, PARTS), link);
});

test("what is hidden and locked is hidden", () => {
  const { hide, lock } = read("hide=noise&lock=data").classroom;
  assert.deepEqual(hide, ["noise"]);
  assert.ok(lock.includes("dataset") && !lock.includes("noise"));
});

for (const text of [
  "Plain words, with a comma; a colon: and (brackets)!",
  "1 + 1 = 2 & 50 % of #3?",
  "One line\nand another\n\n- a list\n- of two",
  "Ψ̂ — “quoted”",
  "See [this](https://example.org/a?b=c&d=%20e)",
  "%2B stays",
  "ends with a full stop.",
]) {
  test(`a text survives its way through a link: ${JSON.stringify(text)}`, () => {
    assert.equal(textOf(text).read, text);
  });
}

test("a text stays readable in the address", () => {
  assert.equal(textOf("Find **it**, then stop").written, "title=T&text=Find+**it**,+then+stop");
});

test("a text that somebody typed into the address is read too", () => {
  assert.equal(read("text=50% off").classroom.text, "50% off");
  assert.equal(read("text=two%20words").classroom.text, "two words");
});

test("a wrong name is said with what was expected, and the rest is kept", () => {
  const { classroom, problems } = read("hide=los,play&lock=everything&speed=fast&everything=maybe");
  assert.deepEqual(classroom.hide, ["play"]);
  assert.deepEqual([classroom.lock, classroom.speed, classroom.revealable], [[], "", true]);
  assert.deepEqual(
    problems.map(({ path, value }) => [path, value]),
    [
      ["hide", "los"],
      ["lock", "everything"],
      ["speed", "fast"],
      ["everything", "maybe"],
    ],
  );
  assert.match(problems[0]?.allowed ?? "", /^the name of a part of the page, perhaps loss;/);
  assert.doesNotMatch(problems[1]?.allowed ?? "", /perhaps/);
});

test("a speed is a word, or steps or epochs a second", () => {
  assert.equal(speedOf("slow-then-fast", 25), "rising");
  assert.equal(speedOf("max", 25), null);
  assert.equal(speedOf("10-steps", 25), 10);
  assert.equal(speedOf("3-epochs", 25), 75);
  for (const wrong of ["", "10", "0-steps", "fast", "-1-steps", "0.01-steps", "9999999-steps", "0-epochs"]) {
    assert.equal(speedOf(wrong, 25), undefined);
  }
  // As fast or as slowly as can be, however long an epoch is.
  assert.equal(speedOf("999999-epochs", 250), 1e6);
  assert.equal(speedOf("0.01-epochs", 1), 0.1);
});

test("a page that says nothing to a class has no settings of these names", () => {
  const { spec, problems } = parse("data=xor&hide=loss&title=A", CATALOG);
  assert.deepEqual(spec, { data: { kind: "xor" } });
  assert.deepEqual(
    problems.map(({ path }) => path),
    ["hide", "title"],
  );
});

test("every control that a link of TensorFlow Playground may hide is a part here", () => {
  const controls = [
    "showTestData",
    "discretize",
    "playButton",
    "stepButton",
    "resetButton",
    "learningRate",
    "activation",
    "regularization",
    "regularizationRate",
    "problem",
    "dataset",
    "percTrainData",
    "noise",
    "batchSize",
    "numHiddenLayers",
  ];
  const names = PARTS.map(({ name }) => name);
  for (const control of controls) {
    const { hide } = read(`activation=tanh&${control}_hide=true`).classroom;
    assert.equal(hide.length, 1, control);
    assert.ok(names.includes(hide[0] ?? ""), control);
  }
  assert.deepEqual(read("activation=tanh&dataset_hide=false").classroom.hide, []);
});
