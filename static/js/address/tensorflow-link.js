/**
 * Links of TensorFlow Playground, as its source (src/state.ts) writes and reads them:
 *
 *   #activation=tanh&batchSize=10&dataset=circle&learningRate=0.03&networkShape=4,2&seed=0.12345&x=true&y=true
 *
 * What such a link leaves out is as there. What cannot be had here is said in a sentence.
 */

import { listed, sentences, t } from "../base/words.js";

/** @import {Problem, Spec} from "../base/types.js" */

/**
 * @typedef {object} Translation
 * @property {Spec} spec
 * @property {{showTest: boolean, discretize: boolean}} look
 * @property {Problem[]} problems  what could not be read
 * @property {string} notice  what could be read, and is not the same here
 */

/** What nothing but a link of TensorFlow Playground has. */
const SIGNS = [
  "activation",
  "regularization",
  "batchSize",
  "dataset",
  "regDataset",
  "learningRate",
  "regularizationRate",
  "networkShape",
  "percTrainData",
  "numHiddenLayers",
  "showTestData",
  "collectStats",
  "initZero",
  "hideText",
  "xTimesY",
  "xSquared",
  "ySquared",
  "cosX",
  "sinX",
  "cosY",
  "sinY",
];
const OTHERS = ["noise", "seed", "discretize", "problem", "tutorial", "x", "y", "hiddenLayerControls"];
const HIDES = /_hide$/;

/** The parts of this page that stand for the controls which such a link may hide. */
const HIDDEN = /** @type {{[control: string]: string}} */ ({
  showTestData: "test-points",
  discretize: "discretize",
  playButton: "play",
  stepButton: "step",
  resetButton: "reset",
  learningRate: "learning-rate",
  activation: "activation",
  regularization: "penalty",
  regularizationRate: "penalty",
  problem: "problem",
  dataset: "dataset",
  percTrainData: "train-share",
  noise: "noise",
  batchSize: "batch",
  numHiddenLayers: "layers",
});

const ACTIVATIONS = { relu: "relu", tanh: "tanh", sigmoid: "sigmoid", linear: "linear" };
const DATA = { circle: "circle", xor: "xor", gauss: "gauss", spiral: "spiral" };
const TARGETS = { "reg-plane": "plane", "reg-gauss": "multi_gaussian" };
const PENALTIES = { none: "none", L1: "l1", L2: "l2" };
const TASKS = { classification: "classification", regression: "regression" };
const FEATURES = /** @type {{[key: string]: string}} */ ({
  x: "x1",
  y: "x2",
  xSquared: "x1_squared",
  ySquared: "x2_squared",
  xTimesY: "x1_x2",
  sinX: "sin_x1",
  sinY: "sin_x2",
  cosX: "cos_x1",
  cosY: "cos_x2",
});
const POINTS = { classification: 500, regression: 1200 };

/**
 * @param {readonly [key: string, text: string][]} pairs
 * @param {(key: string) => boolean} isOurs  whether a key is one of this playground
 */
export function isTensorFlowLink(pairs, isOurs) {
  return pairs.some(([key]) => SIGNS.includes(key)) && !pairs.some(([key]) => isOurs(key));
}

/**
 * The parts of the page that such a link hides.
 *
 * @param {readonly [key: string, text: string][]} pairs
 */
export function hiddenByTensorFlow(pairs) {
  return pairs.flatMap(([key, value]) =>
    HIDES.test(key) && value === "true" ? (HIDDEN[key.replace(HIDES, "")] ?? []) : [],
  );
}

/**
 * @param {readonly [key: string, text: string][]} pairs
 * @returns {Translation}
 */
export function fromTensorFlow(pairs) {
  const { choice, number, flag, text, problems } = reader(pairs);
  const isRegression = choice("problem", TASKS, "classification") === "regression";
  // Both are read, so that a wrong one is named whichever counts.
  const kinds = [choice("dataset", DATA, "circle"), choice("regDataset", TARGETS, "plane")];
  const penalty = choice("regularization", PENALTIES, "none");
  const rate = number("regularizationRate", 0);
  const activation = choice("activation", ACTIVATIONS, "tanh");
  const seed = seedIn(text("seed"));
  const features = Object.entries(FEATURES)
    .filter(([key]) => flag(key, key === "x" || key === "y"))
    .map(([, name]) => name);
  if (features.length === 0) problems.push({ path: "x", value: "false", allowed: t("at least one input") });
  return {
    spec: {
      data: {
        kind: kinds[isRegression ? 1 : 0],
        points: isRegression ? POINTS.regression : POINTS.classification,
        noise: share(number("noise", 0)),
        balance: 0.5,
        train_share: share(number("percTrainData", 50)),
        ...(seed !== null && { seed }),
      },
      features: features.length > 0 ? features : ["x1", "x2"],
      layers: units(text("networkShape"), problems).map((count) => ({
        units: count,
        activation: { kind: activation },
      })),
      loss: { kind: "squared_error" },
      optimizer: { kind: "sgd", learning_rate: number("learningRate", 0.03) },
      initializer: flag("initZero", false) ? { kind: "zeros", bias: 0 } : { kind: "uniform", limit: 0.5, bias: 0.1 },
      penalty: { l1: penalty === "l1" ? rate : 0, l2: penalty === "l2" ? rate : 0 },
      batch_size: number("batchSize", 10),
      shuffle: false,
      ...(seed !== null && { weights_seed: seed }),
    },
    look: { showTest: flag("showTestData", false), discretize: flag("discretize", false) },
    problems,
    notice: noticeOf(text, problems.length === 0),
  };
}

/** @param {readonly [key: string, text: string][]} pairs */
function reader(pairs) {
  const map = new Map(pairs);
  /** @type {Problem[]} */
  const problems = [];
  for (const [key, value] of pairs) {
    if (!SIGNS.includes(key) && !OTHERS.includes(key) && !HIDES.test(key)) {
      problems.push({ path: key, value, allowed: t("the name of a setting") });
    }
  }
  const text = (/** @type {string} */ key) => map.get(key)?.trim();
  return {
    problems,
    text,
    /** @param {string} key @param {{[value: string]: string}} values @param {string} usual */
    choice(key, values, usual) {
      const value = text(key);
      if (!value) return usual;
      if (!Object.hasOwn(values, value)) {
        problems.push({ path: key, value, allowed: t("one of {names}", { names: listed(Object.keys(values)) }) });
      }
      return values[value] ?? usual;
    },
    /** @param {string} key @param {number} usual */
    number(key, usual) {
      const value = text(key);
      if (!value) return usual;
      if (Number.isFinite(Number(value))) return Number(value);
      problems.push({ path: key, value, allowed: t("a number") });
      return usual;
    },
    /** Whatever is not false is true, as there. @param {string} key @param {boolean} usual */
    flag(key, usual) {
      const value = text(key);
      return value ? value !== "false" : usual;
    },
  };
}

/** @param {number} percent */
const share = (percent) => Number((percent / 100).toPrecision(12));

/**
 * @param {string | undefined} text
 * @param {Problem[]} problems
 */
function units(text, problems) {
  if (text === "") return [];
  const counts = (text ?? "4,2").split(",").map(Number);
  if (counts.every((count) => Number.isInteger(count) && count > 0)) return counts;
  problems.push({
    path: "networkShape",
    value: text ?? "",
    allowed: t("the neurons of each hidden layer, such as 4,2"),
  });
  return [4, 2];
}

/**
 * Seeds are texts there and whole numbers here: one that is drawn by itself, such as 0.12345, gives its digits.
 *
 * @param {string | undefined} text
 */
function seedIn(text = "") {
  const [, digits] = /^(?:0?\.)?(\d{1,9})$/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits);
}

/**
 * @param {(key: string) => string | undefined} text
 * @param {boolean} isWhole  whether every setting could be read
 */
function noticeOf(text, isWhole) {
  const [seed, tutorial] = [text("seed"), text("tutorial")];
  return sentences(
    isWhole
      ? t("This is a TensorFlow Playground link; all its settings for data, network and training are applied.")
      : t("This is a TensorFlow Playground link; those of its settings that could be read are applied."),
    seed && t("Its seed {seed} draws other points and initial weights here.", { seed }),
    tutorial && t("Its tutorial “{tutorial}” is not part of this playground.", { tutorial }),
  );
}
