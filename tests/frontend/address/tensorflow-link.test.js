import assert from "node:assert/strict";
import { test } from "node:test";

import { parse } from "../../../static/js/address/run-link.js";
import { CATALOG } from "../catalog.js";

/** As TensorFlow Playground writes its first page. */
const FIRST =
  "#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0"
  + "&noise=0&networkShape=4,2&seed=0.35423&showTestData=false&discretize=false&percTrainData=50&x=true&y=true"
  + "&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false"
  + "&problem=classification&initZero=false&hideText=false";

const USUAL = {
  data: { kind: "circle", points: 500, noise: 0, balance: 0.5, train_share: 0.5 },
  features: ["x1", "x2"],
  layers: [
    { units: 4, activation: { kind: "tanh" } },
    { units: 2, activation: { kind: "tanh" } },
  ],
  loss: { kind: "squared_error" },
  optimizer: { kind: "sgd", learning_rate: 0.03 },
  initializer: { kind: "uniform", limit: 0.5, bias: 0.1 },
  penalty: { l1: 0, l2: 0 },
  batch_size: 10,
  shuffle: false,
};

const read = (/** @type {string} */ text) => parse(text, CATALOG);

test("its first page is its default run, with digits of its seed", () => {
  const { spec, edits, look, problems, notice } = read(FIRST);
  assert.deepEqual(spec, { ...USUAL, data: { ...USUAL.data, seed: 35423 }, weights_seed: 35423 });
  assert.deepEqual([edits, problems, look], [[], [], { showTest: false, discretize: false }]);
  assert.match(notice ?? "", /TensorFlow Playground.*seed 0\.35423 draws other points/);
});

test("what it leaves out is as there", () => {
  const { spec, notice, problems } = read("activation=tanh");
  assert.deepEqual(spec, USUAL);
  assert.doesNotMatch(notice ?? "", /seed/);
  assert.deepEqual(problems, []);
});

test("every setting of it is taken over", () => {
  const { spec, look, problems } = read(
    "activation=relu&regularization=L1&regularizationRate=0.003&batchSize=30&dataset=spiral"
      + "&learningRate=3&noise=35&networkShape=8,7,6&percTrainData=80&showTestData=true&discretize=true&x=false&y=false"
      + "&xTimesY=true&xSquared=true&ySquared=true&cosX=true&sinX=true&cosY=true&sinY=true&initZero=true&tutorial=",
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(look, { showTest: true, discretize: true });
  assert.deepEqual(spec, {
    data: { kind: "spiral", points: 500, noise: 0.35, balance: 0.5, train_share: 0.8 },
    features: ["x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2", "cos_x1", "cos_x2"],
    layers: [8, 7, 6].map((units) => ({ units, activation: { kind: "relu" } })),
    loss: { kind: "squared_error" },
    optimizer: { kind: "sgd", learning_rate: 3 },
    initializer: { kind: "zeros", bias: 0 },
    penalty: { l1: 0.003, l2: 0 },
    batch_size: 30,
    shuffle: false,
  });
});

test("regression has its own data and as many points as there", () => {
  assert.deepEqual(
    read("problem=regression&regDataset=reg-gauss&dataset=xor&regularization=L2&regularizationRate=1").spec,
    { ...USUAL, data: { ...USUAL.data, kind: "multi_gaussian", points: 1200 }, penalty: { l1: 0, l2: 1 } },
  );
  assert.equal(read("problem=regression&learningRate=0.03").spec.data.kind, "plane");
  assert.deepEqual(read("networkShape=&activation=linear").spec.layers, []);
});

test("what cannot be taken over is said in a sentence", () => {
  const { spec, notice, problems } = read(
    "activation=tanh&seed=hello&tutorial=intro&playButton_hide=true&dataset_hide=false",
  );
  assert.deepEqual([spec, problems], [USUAL, []]);
  assert.match(notice ?? "", /seed hello draws other.*tutorial “intro” is not part/);
});

test("what is wrong is named, and the rest is kept", () => {
  const { spec, problems } = read(
    "activation=swish&batchSize=many&dataset=moons&networkShape=4,x&learningRate=0.3&x=false&y=false&fog=1",
  );
  assert.deepEqual(problems.map(({ path }) => path).sort(), [
    "activation",
    "batchSize",
    "dataset",
    "fog",
    "networkShape",
    "x",
  ]);
  assert.deepEqual(spec, { ...USUAL, optimizer: { kind: "sgd", learning_rate: 0.3 } });
});

test("a link through a mail program is read", () => {
  assert.equal(read(FIRST.replaceAll("&", "&amp;").replace("circle", "gauss")).spec.data.kind, "gauss");
});

test("a link of this playground with such a key is not one", () => {
  const { spec, problems, notice } = read("data=spiral&batchSize=5");
  assert.deepEqual(
    [spec, problems.map(({ path }) => path), notice],
    [{ data: { kind: "spiral" } }, ["batchSize"], undefined],
  );
  assert.deepEqual(
    read("noise=0.3").problems.map(({ path }) => path),
    ["noise"],
    "percent there, a share here",
  );
});

test("that all settings are applied is said where they are", () => {
  assert.match(read("activation=tanh&networkShape=4,2").notice ?? "", /all its settings/);
  const { notice, problems } = read("activation=tanh&networkShape=a,b");
  assert.equal(problems.length, 1);
  assert.match(notice ?? "", /those of its settings that could be read/);
});
