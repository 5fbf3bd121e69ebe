/** A small catalogue for tests: each kind of section once. */

/** @import {Catalog, Knob} from "../../static/js/types.js" */

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
    datasets: [record("circle"), record("spiral"), record("custom", [knob("rows", { type: "rows" })])],
    activations: [record("tanh"), record("leaky_relu", [knob("slope", { default: 0.01 })])],
    optimizers: [
      record("sgd", [knob("learning_rate", { default: 0.03 })]),
      record("adam", [knob("learning_rate"), knob("beta1")]),
    ],
  },
  sections: [
    section("data", "datasets", false, [knob("noise", { minimum: 0, maximum: 0.5 })]),
    section("layers.*", null, false, [knob("units", { type: "integer" })]),
    section("layers.*.activation", "activations", true),
    section("optimizer", "optimizers", true),
    section("penalty", null, true, [knob("l2")]),
    section("", null, true, [knob("batch_size", { type: "integer" })]),
    section("", null, false, [knob("shuffle", { type: "boolean" }), knob("dtype", { type: "choice" })]),
  ],
};
