/** Races of networks with a reason: what differs, and what to look for. A spec has only what differs from the usual. */

/** @import {Changes, LandscapeChoices, Spec} from "../../base/types.js" */

/**
 * @typedef {{name: string, title: string, story: string, look: string, spec: Spec, members: Changes[],
 *   speed: number | null, landscape?: Partial<LandscapeChoices>}} Race
 */

/** @param {number} units @param {string} activation */
const layer = (units, activation) => ({ units, activation: { kind: activation } });

const EIGHT_EIGHT = [layer(8, "tanh"), layer(8, "tanh")];

/** @type {Race[]} */
export const RACES = [
  {
    name: "optimizers",
    title: "Four optimizers on the spiral",
    story: "The same weights, the same batches: only the rule that turns gradients into updates differs.",
    look: "All paths begin at the ring. See which way each goes, how far, and how low it comes.",
    spec: {
      data: { kind: "spiral", points: 400, noise: 0.05 }, layers: EIGHT_EIGHT, loss: { kind: "cross_entropy" },
      initializer: { kind: "xavier" }, batch_size: 20,
    },
    members: [
      { "optimizer.kind": "sgd", "optimizer.learning_rate": 0.1 },
      { "optimizer.kind": "momentum", "optimizer.learning_rate": 0.1, "optimizer.momentum": 0.9 },
      { "optimizer.kind": "rmsprop", "optimizer.learning_rate": 0.01 },
      { "optimizer.kind": "adam", "optimizer.learning_rate": 0.01 },
    ],
    speed: 300,
  },
  {
    name: "learning-rates",
    title: "One optimizer, four learning rates",
    story: "SGD on the circle with steps from timid to reckless.",
    look: "A small rate creeps down the slope, a good one walks, a large one jumps from wall to wall.",
    spec: {
      data: { kind: "circle", points: 300, noise: 0.1 }, layers: [layer(8, "tanh")], loss: { kind: "cross_entropy" },
      initializer: { kind: "xavier" }, batch_size: 15,
    },
    members: [0.01, 0.1, 1, 3].map((rate) => ({ "optimizer.kind": "sgd", "optimizer.learning_rate": rate })),
    speed: 100,
  },
  {
    name: "initializers",
    title: "Where training starts",
    story: "A deep ReLU network from four initializers: all zero, too small, Xavier, and He, which is made for ReLU.",
    look: "From zeros only the last bias moves. Too small a start stays on a plain; from He's the way down is shortest.",
    spec: {
      data: { kind: "xor", points: 400, noise: 0.1 }, layers: Array.from({ length: 4 }, () => layer(8, "relu")),
      loss: { kind: "cross_entropy" }, optimizer: { kind: "momentum", learning_rate: 0.02, momentum: 0.9 }, batch_size: 20,
    },
    members: [
      { "initializer.kind": "zeros", "initializer.bias": 0 },
      { "initializer.kind": "normal", "initializer.std": 0.05, "initializer.bias": 0 },
      { "initializer.kind": "xavier", "initializer.bias": 0 },
      { "initializer.kind": "he", "initializer.bias": 0 },
    ],
    speed: 300,
  },
  {
    name: "penalties",
    title: "What a penalty does to the ground",
    story: "Few and noisy points, and four strengths of the L2 penalty. Without one the network learns the noise.",
    look: "Choose a network, then \"With penalty\": the valley floor becomes a bowl, and its path stays near the middle.",
    spec: {
      data: { kind: "moons", points: 80, noise: 0.4 }, layers: EIGHT_EIGHT, loss: { kind: "cross_entropy" },
      optimizer: { kind: "adam", learning_rate: 0.01 }, initializer: { kind: "xavier" }, batch_size: 10,
    },
    members: [0, 0.003, 0.01, 0.03].map((l2) => ({ "penalty.l2": l2 })),
    speed: 300,
    landscape: { half: "test" },
  },
  {
    name: "seeds",
    title: "Six starts, one optimizer",
    story: "The same settings from six draws of the first weights.",
    look: "The paths end far apart, most of them equally low: the ground has many valleys that are as good.",
    spec: {
      data: { kind: "circle", points: 300, noise: 0.1 }, layers: [layer(6, "tanh")], loss: { kind: "cross_entropy" },
      optimizer: { kind: "adam", learning_rate: 0.02 }, initializer: { kind: "xavier" }, batch_size: 15,
    },
    members: [1, 2, 3, 4, 5, 6].map((seed) => ({ weights_seed: seed })),
    speed: 300,
  },
];
