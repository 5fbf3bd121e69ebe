/** A small catalogue for tests: each kind of section once. */

/** @import {Catalog, Knob} from "../../static/js/base/types.js" */

/**
 * @param {string} name
 * @param {Partial<Knob>} [rest]
 * @returns {Knob}
 */
export function knob(name, rest = {}) {
  return {
    name, label: name, help: "A sentence.", type: "number", default: 0, minimum: null, maximum: null,
    scale: "linear", step: null, choices: null, ...rest,
  };
}

/** @param {string} kind @param {Knob[]} [knobs] */
const record = (kind, knobs = []) => ({ kind, label: kind, help: "A sentence.", knobs });

/** @param {string} path @param {string | null} family @param {boolean} live @param {Knob[]} [knobs] */
const section = (path, family, live, knobs = []) => ({ path, family, label: path, help: "A sentence.", live, knobs });

/** @type {Catalog} */
export const CATALOG = {
  version: "0",
  default_spec: {
    data: { kind: "circle", noise: 0 },
    features: ["x1", "x2"],
    layers: [{ units: 4, activation: { kind: "tanh" } }, { units: 2, activation: { kind: "tanh" } }],
    optimizer: { kind: "sgd", learning_rate: 0.03 },
    penalty: { l2: 0 },
    batch_size: 10,
    shuffle: false,
    dtype: "float32",
  },
  families: {
    datasets: [record("circle"), record("spiral"), record("custom", [
      knob("rows", { type: "rows" }), knob("class_names", { type: "names" }), knob("column_names", { type: "names" }),
    ])],
    activations: [record("tanh"), record("leaky_relu", [knob("slope", { default: 0.01 })])],
    optimizers: [
      record("sgd", [knob("learning_rate", { default: 0.03, symbol: "η" })]),
      record("adam", [knob("learning_rate", { symbol: "η" }), knob("beta1", { symbol: "β₁" })]),
    ],
  },
  sections: [
    section("data", "datasets", false, [knob("noise", { minimum: 0, maximum: 0.5 })]),
    section("layers.*", null, false, [knob("units", { type: "integer" })]),
    { ...section("layers.*.activation", "activations", true), default: "tanh" },
    section("optimizer", "optimizers", true),
    section("penalty", null, true, [knob("l2")]),
    section("", null, true, [knob("batch_size", { type: "integer" })]),
    section("", null, false, [knob("shuffle", { type: "boolean" }), knob("dtype", { type: "choice" })]),
  ],
};

/** The same for a race on a surface. */
export const RACE_CATALOG = {
  ...CATALOG,
  families: {
    ...CATALOG.families,
    surfaces: [
      { ...record("bowl"), start: /** @type {[number, number]} */ ([1, 1]) },
      { ...record("ravine", [knob("condition", { default: 20 }), knob("angle")]), start: /** @type {[number, number]} */ ([-2.5, 1]) },
      { ...record("formula", [knob("text", { type: "text", default: "x^2" })]), start: /** @type {[number, number]} */ ([3, 2]) },
    ],
    optimizers: [
      record("sgd", [knob("learning_rate", { default: 0.03, symbol: "η" })]),
      record("momentum", [knob("learning_rate", { default: 0.01, symbol: "η" }), knob("momentum", { default: 0.9, symbol: "μ" })]),
      record("adam", [knob("learning_rate", { default: 0.01, symbol: "η" }), knob("bias_correction", { type: "boolean", default: true })]),
    ],
    step_schedules: [record("constant"), record("step", [knob("every", { default: 10 })])],
    clips: [record("none"), record("norm", [knob("limit", { default: 1 })])],
  },
  race: {
    default: {
      surface: { kind: "ravine", condition: 20, angle: 0 },
      racers: [{ optimizer: { kind: "sgd", learning_rate: 0.09 }, schedule: { kind: "constant" }, clip: { kind: "none" } }],
      starts: /** @type {[number, number][]} */ ([]), steps: 200, noise: 0, noise_seed: 1, tolerance: 0.001, view: null,
    },
    sections: [
      section("surface", "surfaces", true),
      section("racers.*.optimizer", "optimizers", true),
      section("racers.*.schedule", "step_schedules", true),
      section("racers.*.clip", "clips", true),
      section("", null, true, [knob("steps"), knob("noise"), knob("noise_seed"), knob("tolerance")]),
    ],
  },
};
