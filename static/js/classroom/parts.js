/** What of the page a link for class can hide or lock: its names, and where each stands. */

import { valueAt } from "../settings/paths.js";
import { t, tc } from "../base/words.js";

/** @import {Classroom, Spec} from "../base/types.js" */

/**
 * @typedef {object} Part
 * @property {string} name  as a link has it
 * @property {string} group
 * @property {string} label
 * @property {string} hides  a selector: what is not there where it is hidden
 * @property {string} [locks]  another one for what is locked; where it is hidden it stays and can not be used
 * @property {string[]} [settings]  the paths of a spec that are set there
 * @property {string[]} [keys]  the keys that do the same, as the list of keys has them
 *
 * @typedef {{name: string, label: string, text: string}} Group
 */

/** @type {readonly Group[]} */
export const GROUPS = [
  { name: "data", label: t("Data"), text: t("Data sets, noise, points") },
  { name: "network", label: t("Network"), text: t("Inputs, layers, activations") },
  { name: "training", label: t("Training"), text: t("Optimizer, loss, penalty") },
  { name: "transport", label: t("Transport"), text: t("Play, step, speed, time") },
  { name: "output", label: t("Output"), text: t("Map, numbers, loss curve") },
  { name: "insights", label: t("Insights"), text: t("Panels, curves, compare") },
  { name: "page", label: t("Page"), text: t("Stories, runs, other pages") },
];

const field = (/** @type {string} */ path) => `.field[data-path="${path}"]`;
const group = (/** @type {string} */ section) => `.group[data-section="${section}"]`;
const part = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const view = (/** @type {string} */ name) => `[data-view="${name}"]`;
const option = (/** @type {string} */ name) => `label:has(> ${part(name)})`;
const INSIDE = "inside-";
/** A panel of the strip under the network, with its tab and its question. */
const look = (/** @type {string} */ name, /** @type {string} */ label) => ({
  name: `${INSIDE}${name}`,
  group: "insights",
  label,
  hides: `#tab-${name}, #panel-${name}, .inside-question[data-panel="${name}"]`,
});
const KNOWN_DATA = ["data.noise", "data.train_share", "batch_size"];

/** @type {readonly Part[]} */
export const PARTS = [
  { name: "problem", group: "data", label: t("Classes or numbers"), hides: ".predict" },
  {
    name: "dataset",
    group: "data",
    label: t("Data sets"),
    hides: ".data-sets > :not(.predict)",
    settings: ["data.kind"],
  },
  { name: "noise", group: "data", label: t("Noise"), hides: field("data.noise"), settings: ["data.noise"] },
  {
    name: "train-share",
    group: "data",
    label: t("Training share"),
    hides: field("data.train_share"),
    settings: ["data.train_share"],
  },
  { name: "batch", group: "data", label: t("Batch size"), hides: field("batch_size"), settings: ["batch_size"] },
  { name: "new-sample", group: "data", label: t("New sample"), hides: part("new-data") },
  {
    name: "own-data",
    group: "data",
    label: t("Own data"),
    hides: `${part("open-own-data")}, .tile[data-value^="custom"]`,
    settings: ["data.rows", "data.class_names", "data.column_names"],
  },
  {
    name: "data-more",
    group: "data",
    label: t("Other data settings"),
    hides: `.more-data, ${view("data")} > .fields > .field:not(${KNOWN_DATA.map((path) => `[data-path="${path}"]`).join()})`,
    settings: ["data", "augmentation"],
  },
  {
    name: "inputs",
    group: "network",
    label: t("Inputs"),
    hides: '.feature[aria-pressed="false"]',
    locks: ".feature",
    settings: ["features"],
  },
  {
    name: "layers",
    group: "network",
    label: t("Add and remove layers"),
    hides: `${part("add-layer")}, .layer-remove, .layer-name .popover-end`,
    settings: ["layers"],
  },
  {
    name: "neurons",
    group: "network",
    label: t("Neurons of a layer"),
    hides: ".layer-stepper > .mini-button",
    settings: ["layers.*.units"],
  },
  {
    name: "activation",
    group: "network",
    label: t("Activations"),
    hides: '.layer-activation, .every-layer, .layer-name .field[data-path*=".activation."]',
    settings: ["layers.*.activation"],
  },
  {
    name: "layer-settings",
    group: "network",
    label: t("Dropout, batch norm"),
    hides: ".layer-open > .icon, .badges",
    locks: ".layer-open, .badges",
    settings: ["layers.*"],
  },
  {
    name: "weights",
    group: "network",
    label: t("Weights by hand"),
    hides: part("parameter-editor"),
    settings: ["theta", "frozen"],
  },
  { name: "diagram", group: "network", label: t("The whole diagram"), hides: "#network-panel" },
  {
    name: "optimizer",
    group: "training",
    label: t("Optimizer"),
    hides: `${field("optimizer.kind")}, ${group("optimizer")}`,
    settings: ["optimizer"],
  },
  {
    name: "learning-rate",
    group: "training",
    label: t("Learning rate"),
    hides: field("optimizer.learning_rate"),
    settings: ["optimizer.learning_rate"],
  },
  {
    name: "loss",
    group: "training",
    label: t("Loss"),
    hides: `${field("loss.kind")}, ${group("loss")}`,
    settings: ["loss"],
  },
  {
    name: "penalty",
    group: "training",
    label: t("Penalty"),
    hides: `${field("penalty.l2")}, ${group("penalty")}`,
    settings: ["penalty"],
  },
  { name: "schedule", group: "training", label: t("Schedule"), hides: group("schedule"), settings: ["schedule"] },
  { name: "clip", group: "training", label: t("Clipping"), hides: group("clip"), settings: ["clip"] },
  { name: "stop", group: "training", label: t("When to stop"), hides: group("stop"), settings: ["stop"] },
  {
    name: "first-weights",
    group: "training",
    label: t("Initial weights"),
    hides: group("initializer"),
    settings: ["initializer"],
  },
  {
    name: "training-more",
    group: "training",
    label: t("Order, precision"),
    hides: group(""),
    settings: ["shuffle", "standardize", "dtype"],
  },
  { name: "findings", group: "training", label: t("Warnings and remedies"), hides: ".findings" },
  { name: "play", group: "transport", label: t("Play"), hides: part("play"), keys: [t("Space")] },
  {
    name: "step",
    group: "transport",
    label: tc("button", "Step"),
    hides: `${part("step")}, .step-by`,
    keys: [t("→ or S")],
  },
  { name: "reset", group: "transport", label: t("Reset"), hides: part("reset"), keys: ["R"] },
  { name: "new-start", group: "transport", label: t("New start"), hides: part("new-start"), keys: ["N"] },
  {
    name: "seeds",
    group: "transport",
    label: t("Seeds"),
    hides: view("seeds"),
    settings: ["weights_seed", "batches_seed"],
  },
  { name: "speed", group: "transport", label: t("Speed"), hides: ".field.speed" },
  { name: "counters", group: "transport", label: t("Epoch and step"), hides: ".counter" },
  { name: "timeline", group: "transport", label: t("Timeline"), hides: view("timeline"), keys: ["← →"] },
  { name: "map", group: "output", label: t("Map"), hides: view("boundary") },
  { name: "test-points", group: "output", label: t("Test points"), hides: option("show-test") },
  { name: "discretize", group: "output", label: t("Discretize"), hides: option("discretize") },
  { name: "mistakes", group: "output", label: t("Mistakes"), hides: option("mark-mistakes") },
  { name: "numbers", group: "output", label: t("Loss and accuracy"), hides: view("readout") },
  { name: "loss-curve", group: "output", label: t("Loss curve"), hides: view("loss-chart") },
  look("gradients", t("Gradients")),
  look("activations", t("Signals at activations")),
  look("weights", t("Spread of weights")),
  look("hidden-space", t("Hidden space")),
  look("one-point", t("One point")),
  { name: "curves", group: "insights", label: t("Curves"), hides: "#tab-curves, #panel-curves" },
  { name: "answers", group: "insights", label: t("Answers"), hides: "#tab-answers, #panel-answers" },
  { name: "compare", group: "insights", label: t("Compare"), hides: `#tab-compare, #panel-compare, ${view("pin")}` },
  { name: "landscape", group: "insights", label: t("Its landscape"), hides: view("to-landscape") },
  {
    name: "stories",
    group: "page",
    label: t("Stories"),
    hides: `${view("presets")}, ${view("story")}, ${view("welcome")}`,
  },
  { name: "runs", group: "page", label: t("Runs"), hides: view("runs") },
  { name: "undo", group: "page", label: t("Undo and redo"), hides: view("undo"), keys: [t("Ctrl+Z, Ctrl+Shift+Z")] },
  { name: "share", group: "page", label: t("Share"), hides: view("share") },
  { name: "pages", group: "page", label: t("Other pages"), hides: ".site-nav" },
  { name: "enlarge", group: "page", label: t("Enlarge"), hides: ".enlarge", keys: ["F"] },
  { name: "projector", group: "page", label: t("Projector view"), hides: view("projector"), keys: ["P"] },
  { name: "theme", group: "page", label: t("Light or dark"), hides: part("theme") },
];

/** What would be empty where all of these parts are hidden. @type {readonly {hides: string, parts: string[]}[]} */
export const EMPTIED = [
  { hides: ".data-sets", parts: ["problem", "dataset"] },
  { hides: ".data-buttons", parts: ["new-sample", "own-data"] },
  { hides: `${view("data")} > .fields`, parts: ["noise", "train-share", "batch", "data-more"] },
  { hides: ".strip", parts: ["optimizer", "learning-rate", "loss", "penalty"] },
  {
    hides: ".more-training, .mark-key",
    parts: ["optimizer", "loss", "penalty", "schedule", "clip", "stop", "first-weights", "training-more"],
  },
  { hides: part("output-show"), parts: ["test-points", "discretize", "mistakes"] },
  { hides: "#network-title, .network-bar .network-buttons", parts: ["layers", "activation"] },
  { hides: "#data-panel", parts: namesOf("data") },
  { hides: "#training-panel", parts: namesOf("training") },
  { hides: "#output-panel", parts: namesOf("output") },
  { hides: ".inside", parts: PARTS.map(({ name }) => name).filter((name) => name.startsWith(INSIDE)) },
  { hides: ".insights", parts: ["curves", "answers", "compare", "landscape"] },
  { hides: ".transport", parts: namesOf("transport") },
];

/** @param {string} wanted */
function namesOf(wanted) {
  return PARTS.filter((each) => each.group === wanted).map(({ name }) => name);
}

/**
 * The groups of which nothing is shown.
 *
 * @param {Classroom} classroom
 */
export const goneGroups = ({ hide, revealed }) =>
  revealed ? [] : GROUPS.filter(({ name }) => namesOf(name).every((each) => hide.includes(each)));

/**
 * The part at which a path of a spec is set: of all that name a beginning of it, the one that names most.
 *
 * @param {string} path
 */
export function partOf(path) {
  const general = path.replace(/^layers\.\d+/, "layers.*");
  const begins = (/** @type {string} */ setting) => general === setting || general.startsWith(`${setting}.`);
  let [found, longest] = [/** @type {Part | undefined} */ (undefined), -1];
  for (const each of PARTS) {
    for (const setting of each.settings ?? []) {
      if (begins(setting) && setting.length > longest) [found, longest] = [each, setting.length];
    }
  }
  return found;
}

/**
 * The parts at which one would have to turn to make one spec of another.
 *
 * @param {Spec} from  whole, as `to` is
 * @param {Spec} to
 * @returns {Part[]}
 */
export function partsBetween(from, to) {
  const found = pathsBetween(from, to).flatMap((path) => partOf(path) ?? []);
  return [...new Set(found)];
}

/**
 * @param {any} from
 * @param {any} to
 * @param {string} [path]
 * @returns {string[]}
 */
function pathsBetween(from, to, path = "") {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const isNested = [from, to].every((value) => typeof value === "object" && value !== null);
  const isList = Array.isArray(from) || Array.isArray(to);
  if (!isNested || (isList && (path !== "layers" || from.length !== to.length))) return [path];
  // Another kind brings knobs of its own along.
  const isOther = from.kind !== to.kind;
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (name) => !isOther || (name in from && name in to),
  );
  return names.flatMap((name) => pathsBetween(from[name], to[name], path === "" ? name : `${path}.${name}`));
}

/**
 * What a change would set, without what stands there already.
 *
 * @param {Spec} spec
 * @param {{[path: string]: unknown}} changes
 */
export function partsChanged(spec, changes) {
  const found = Object.entries(changes).flatMap(([path, value]) =>
    pathsBetween(valueAt(spec, path), value, path).flatMap((each) => partOf(each) ?? []),
  );
  return [...new Set(found)];
}
