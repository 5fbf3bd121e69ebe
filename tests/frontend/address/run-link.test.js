import assert from "node:assert/strict";
import { test } from "node:test";

import { format, formatPreset, parse, presetIn } from "../../../static/js/address/run-link.js";
import { without } from "../../../static/js/address/drop-refused.js";
import { CATALOG } from "../catalog.js";

const ADDRESS =
  "data=circle&data.noise=0.1&features=x1,x2&layers=4,2&layers.0.activation=tanh"
  + "&layers.1.activation=leaky_relu&layers.1.activation.slope=0.2&optimizer=adam&optimizer.learning_rate=0.03"
  + "&penalty.l2=0&batch_size=10&shuffle=false&dtype=float32";

const SPEC = {
  data: { kind: "circle", noise: 0.1 },
  features: ["x1", "x2"],
  layers: [
    { units: 4, activation: { kind: "tanh" } },
    { units: 2, activation: { kind: "leaky_relu", slope: 0.2 } },
  ],
  optimizer: { kind: "adam", learning_rate: 0.03 },
  penalty: { l2: 0 },
  batch_size: 10,
  shuffle: false,
  dtype: "float32",
};

test("a spec is written so that a person can read it", () => {
  assert.equal(format({ spec: SPEC }), ADDRESS);
});

test("what was written is read back", () => {
  assert.deepEqual(parse(`#${ADDRESS}`, CATALOG), { spec: SPEC, edits: [], problems: [] });
});

test("edits keep their steps, paths and types", () => {
  const edits = [
    { step: 0, changes: { batch_size: 30 } },
    { step: 1200, changes: { "optimizer.kind": "adam", "optimizer.learning_rate": 1e-7 } },
    { step: 1500, changes: { "layers.0.activation.kind": "leaky_relu" } },
  ];
  const address = format({ spec: {}, edits });
  assert.equal(
    address,
    "edits=0~batch_size~30,1200~optimizer~adam,1200~optimizer.learning_rate~1e-7,"
      + "1500~layers.0.activation~leaky_relu",
  );
  assert.deepEqual(parse(address, CATALOG).edits, edits);
});

test("an empty address stands for the default run", () => {
  assert.deepEqual(parse("", CATALOG), { spec: {}, edits: [], problems: [] });
});

test("a network without hidden layers survives", () => {
  assert.equal(format({ spec: { layers: [] } }), "layers=");
  assert.deepEqual(parse("layers=", CATALOG).spec, { layers: [] });
});

test("a layer's setting without a list of layers belongs to the default layers", () => {
  assert.deepEqual(parse("layers.1.activation=leaky_relu", CATALOG).spec.layers, [
    CATALOG.default_spec.layers[0],
    { ...CATALOG.default_spec.layers[1], activation: { kind: "leaky_relu" } },
  ]);
  assert.deepEqual(CATALOG.default_spec.layers[1].activation, { kind: "tanh" });
});

test("own points are rows", () => {
  const spec = {
    data: {
      kind: "custom",
      rows: [
        [-4, 3, 0],
        [1.5, 1e-7, 1],
      ],
    },
  };
  assert.equal(format({ spec }), "data=custom&data.rows=-4,3,0;1.5,1e-7,1");
  assert.deepEqual(parse(format({ spec }), CATALOG).spec, spec);
});

test("names of classes and columns come through the address, whatever signs they have", () => {
  const names = ["a,b", "100 %", "x;y~z", "grün", "类 & 别 = #", "<i>"];
  const spec = {
    data: {
      kind: "custom",
      rows: [
        [0, 1, 0],
        [1, 1, 1],
      ],
      class_names: names,
      column_names: [],
    },
  };
  const address = format({ spec });
  assert.doesNotMatch(address.split("class_names=")[1]?.split("&")[0] ?? "", /[;~ #<]|,.*,.*,.*,.*,.*,/);
  assert.deepEqual(parse(address, CATALOG), { spec, edits: [], problems: [] });
});

test("the order of keys does not matter", () => {
  assert.deepEqual(parse("layers.0.activation=tanh&layers=3", CATALOG).spec.layers, [
    { units: 3, activation: { kind: "tanh" } },
  ]);
});

test("a value of the wrong type is left for the server to judge", () => {
  const { spec, problems } = parse("batch_size=many&shuffle=perhaps&layers=4,x", CATALOG);
  assert.deepEqual(spec, { batch_size: "many", shuffle: "perhaps", layers: [{ units: 4 }, { units: "x" }] });
  assert.deepEqual(problems, []);
});

test("what names no setting is reported, and the rest is kept", () => {
  const { spec, problems } = parse(
    "lerning_rate=1&__proto__.x=1&layers=4&layers.3.activation=tanh&batch_size=5",
    CATALOG,
  );
  assert.deepEqual(spec, { layers: [{ units: 4 }], batch_size: 5 });
  assert.deepEqual(
    problems.map(({ path }) => path),
    ["lerning_rate", "__proto__.x", "layers.3.activation"],
  );
});

test("a broken edit is reported, and the others are kept", () => {
  const { edits, problems } = parse("edits=x~batch_size~3,10~batch_size~5,20~nothing~1", CATALOG);
  assert.deepEqual(edits, [{ step: 10, changes: { batch_size: 5 } }]);
  assert.deepEqual(
    problems.map(({ value }) => value),
    ["x~batch_size~3", "20~nothing~1"],
  );
});

test("what is the same of every layer is said once, and read as of each", () => {
  const layers = [
    { units: 8, activation: { kind: "leaky_relu", slope: 0.2 } },
    { units: 6, activation: { kind: "leaky_relu", slope: 0.1 } },
  ];
  const text = format({ spec: { layers } });
  assert.equal(
    text,
    "layers=8,6&layers.activation=leaky_relu&layers.0.activation.slope=0.2&layers.1.activation.slope=0.1",
  );
  assert.deepEqual(parse(text, CATALOG), { spec: { layers }, edits: [], problems: [] });
  const mixed = parse("layers.1.activation.slope=0.3&layers.activation=leaky_relu&layers=3,3", CATALOG).spec.layers;
  assert.deepEqual(
    mixed.map((/** @type {any} */ layer) => layer.activation),
    [{ kind: "leaky_relu" }, { kind: "leaky_relu", slope: 0.3 }],
    "what is said of one counts more",
  );
  const { problems } = parse("layers=&layers.activation=tanh&layers.colour=red", CATALOG);
  assert.deepEqual(
    problems.map(({ path }) => path),
    ["layers.activation", "layers.colour"],
  );
});

test("broken percent signs do no harm", () => {
  assert.deepEqual(parse("data=%E0%A4%A", CATALOG).spec, { data: { kind: "%E0%A4%A" } });
});

const problem = (/** @type {string} */ path) => ({ path, value: null, allowed: "" });

test("what was refused is taken out, and nothing else", () => {
  const wanted = { spec: SPEC, edits: [] };
  const { spec } = without(
    wanted,
    [problem("optimizer.kind"), problem("features.0"), problem("layers.1.units")],
    CATALOG,
  );
  assert.deepEqual(spec.optimizer, { learning_rate: 0.03 });
  assert.deepEqual(spec.features, ["x2"]);
  assert.deepEqual(spec.layers[1], { activation: { kind: "leaky_relu", slope: 0.2 } });
  assert.deepEqual(SPEC.features, ["x1", "x2"]);
});

test("of the edits only those that were refused go", () => {
  const [first, second] = [
    { step: 1, changes: { batch_size: -1 } },
    { step: 2, changes: { batch_size: 5 } },
  ];
  const kept = without({ spec: SPEC, edits: [first, second] }, [problem("edits.0.changes.batch_size")], CATALOG);
  assert.deepEqual(kept, { spec: SPEC, edits: [second] });
});

test("where nothing can be taken out, the edits go, and then the spec", () => {
  const edits = [{ step: 1, changes: { batch_size: -1 } }];
  const first = without({ spec: SPEC, edits }, [problem("elsewhere")], CATALOG);
  assert.deepEqual(first, { spec: SPEC, edits: [] });
  assert.deepEqual(without(first, [problem("elsewhere")], CATALOG), { spec: {}, edits: [] });
});

/** @type {import("../../../static/js/base/types.js").Preset} */
const PRESET = {
  name: "vanishing",
  title: "",
  lesson: "",
  story: "",
  look: "",
  try_next: "",
  epochs: 1,
  family: "",
  offer: "",
  speed: null,
  spec: {
    layers: [{ units: 8, activation: { kind: "leaky_relu", slope: 0.01 } }],
    optimizer: { kind: "sgd", learning_rate: 0.03 },
  },
};

test("a preset stands for its settings, and is written by its name alone", () => {
  assert.equal(formatPreset(PRESET), "preset=vanishing");
  assert.deepEqual(parse("#preset=vanishing", CATALOG, [PRESET]), { spec: PRESET.spec, edits: [], problems: [] });
  assert.equal(presetIn("#preset=vanishing", [PRESET]), PRESET);
  assert.equal(presetIn("#data=circle", [PRESET]), undefined);
});

test("settings beside a preset take the place of its own, and leave the preset as it is", () => {
  const { spec } = parse("optimizer.learning_rate=1&preset=vanishing&layers.0.activation.slope=0.2", CATALOG, [PRESET]);
  assert.equal(spec.optimizer.learning_rate, 1);
  assert.equal(spec.layers[0].activation.slope, 0.2);
  assert.equal(PRESET.spec.layers[0].activation.slope, 0.01);
});

test("the name of no preset is reported, and the rest is kept", () => {
  const { spec, problems } = parse("preset=vanising&batch_size=5", CATALOG, [PRESET]);
  assert.deepEqual(spec, { batch_size: 5 });
  assert.deepEqual(
    problems.map(({ path, value }) => [path, value]),
    [["preset", "vanising"]],
  );
});

test("what is frozen, and the parameters that were set, are in the address and out of it", () => {
  const spec = { frozen: ["layers.0.W.0.1", "output.b.0"] };
  const edits = [
    { step: 0, changes: { "theta.output.b.0": 0.5 } },
    { step: 7, changes: { frozen: ["output.b.0", "layers.0.b.1"], "theta.layers.0.W.0.1": -1e-7 } },
    { step: 9, changes: { frozen: [] } },
  ];
  const text = format({ spec, edits });
  assert.match(text, /frozen=layers\.0\.W\.0\.1,output\.b\.0/);
  assert.deepEqual(parse(text, CATALOG), { spec, edits, problems: [] });
});

test("what is wrong with a member is taken out of it, and a whole one where nothing in it is named", () => {
  const members = [{ "optimizer.kind": "sgd" }, { "optimizer.kind": "adam", "data.noise": 0.1 }, { "penalty.l2": "x" }];
  const wanted = { spec: SPEC, edits: [], members };
  const bad = (/** @type {string} */ path) => ({ path, value: 0, allowed: "something else" });
  assert.deepEqual(without(wanted, [bad("members.1.data.noise")], CATALOG).members, [
    { "optimizer.kind": "sgd" },
    { "optimizer.kind": "adam" },
    { "penalty.l2": "x" },
  ]);
  assert.deepEqual(without(wanted, [bad("members.0.optimizer"), bad("members.2.penalty.l2")], CATALOG).members, [
    { "optimizer.kind": "adam", "data.noise": 0.1 },
    {},
  ]);
  assert.deepEqual(without(wanted, [bad("members")], CATALOG), { spec: SPEC, edits: [], members: [] });
  const many = { ...wanted, members: Array.from({ length: 12 }, (_, i) => ({ weights_seed: i })) };
  assert.deepEqual(
    without(many, [bad("members")], CATALOG).members,
    many.members.slice(0, 8),
    "of too many the first are kept",
  );
  assert.equal(members.length, 3);
});

test("an edit that sets all parameters is a text that stands in the address as it is", () => {
  const edits = [{ step: 7, changes: { theta: "f4.AAAAP5W_1rMAAABA", batch_size: 5 } }];
  const text = format({ spec: {}, edits });
  assert.equal(text, "edits=7~theta~f4.AAAAP5W_1rMAAABA,7~batch_size~5");
  assert.deepEqual(parse(text, CATALOG).edits, edits);
});

test("old links list all parameters: they become the text, in the precision of the run", () => {
  const theta = (/** @type {string} */ address) => parse(address, CATALOG).edits[0]?.changes.theta;
  // the bytes as Python's struct writes them
  assert.equal(theta("edits=7~theta~0.5;-1e-7;2"), "f4.AAAAP5W_1rMAAABA");
  assert.equal(theta("edits=7~theta~0.5;-1e-7;2&dtype=float64"), "f8.AAAAAAAA4D9Ir7ya8td6vgAAAAAAAABA");
  assert.deepEqual(theta("edits=7~theta~0.5;x;2"), [0.5, "x", 2], "what is wrong is the server's to say");
});
