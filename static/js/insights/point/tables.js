/** The numbers of a step as tables: one under each column of the network, or one about the links of a unit. */

import { significant } from "../../base/format.js";
import { t, tc, tn } from "../../base/words.js";
import { exact, short } from "./numbers.js";
import { fine, marginsOf } from "./sentence.js";
import { foldTerms, isAt, isFolded, progressOf } from "./steps.js";
import { softmax } from "./softmax.js";
import { biasOf, linksInto } from "./trace.js";

/** @import {Names} from "./numbers.js" */
/** @import {Step} from "./steps.js" */
/** @import {Parameter, Trace} from "./trace.js" */

/** So many rows are seen at once where a panel has its usual place. */
const MOST_ROWS = 4;

/** A number that is still to come. */
const TO_COME = "·";

/** How near two gradients are that agree. */
const AGREE = 1e-6;

/**
 * `mark` is the class that a row is about; `drag` the score that can be dragged in it.
 *
 * `others` is of how many others it is.
 *
 * @typedef {{cells: string[], present?: boolean, mark?: number, others?: number, drag?: {place: number, score: number}}} Row
 * @typedef {{head: string[], rows: Row[], present: boolean, spare?: number}} Table  `spare` is the column that a small
 *   window has no room for
 *
 * @typedef {object} Shown
 * @property {Trace} trace
 * @property {Names} names
 * @property {number[]} path
 * @property {string} loss  its kind
 * @property {number[] | null} scores  those that somebody dragged
 * @property {number} [most]  so many rows are seen at once, heads and sums not counted; few where nothing is said
 */

/**
 * The tables under the columns: inputs first, outputs last.
 *
 * @param {Step} step
 * @param {Shown} shown
 * @returns {Table[]}
 */
export function columnTables(step, shown) {
  const { layers } = shown.trace;
  return [
    inputs(shown, step.kind === "point"),
    ...layers.slice(0, -1).map((_, layer) => hidden(shown, layer, step)),
    outputs(shown, step),
  ];
}

/** @param {number} count */
const othersName = (count) => tn("{count} other", "{count} others", count);

/**
 * @param {Shown} shown
 * @param {boolean} present
 * @returns {Table}
 */
function inputs({ trace, names, most = MOST_ROWS }, present) {
  const values = Array.from(trace.layers[0]?.x ?? []);
  const { shown, others } = foldTerms(values, most);
  /** @type {Row[]} */
  const rows = shown.map((place) => ({ cells: [names.unit(-1, place), short(values[place] ?? NaN)] }));
  if (others) rows.push({ cells: [othersName(others.count), ""], others: others.count });
  const mark = trace.probabilities ? { mark: trace.label } : {};
  return {
    head: [t("input"), ""],
    rows: [...rows, { cells: [tc("label", "true"), names.label(trace.label)], ...mark }],
    present,
  };
}

/**
 * @param {Shown} shown
 * @param {number} layer
 * @param {Step} step
 * @returns {Table}
 */
function hidden({ trace, names, path, most = MOST_ROWS }, layer, step) {
  const found = trace.layers[layer];
  const { forward } = progressOf(step, trace);
  const row = (/** @type {number} */ unit) => ({
    cells: [
      String(unit + 1),
      ...[found?.z, found?.a].map((values) => (forward(layer, unit) ? short(values?.[unit] ?? NaN) : TO_COME)),
    ],
    present: isAt(step, "forward", layer, unit),
  });
  const count = trace.units[layer + 1] ?? 0;
  const head = [t("unit"), tc("into a neuron", "sum"), names.activation(layer)];
  const present = isAt(step, "forward", layer);
  if ((most > MOST_ROWS || !isFolded(trace)) && count <= most + 1) {
    return { head, rows: Array.from({ length: count }, (_, unit) => row(unit)), present };
  }
  const chosen = step.kind === "forward" && present ? step.unit : (path[layer] ?? 0);
  const rest = Array.from(found?.a ?? []).filter((_, unit) => unit !== chosen);
  const total = rest.reduce((sum, value) => sum + value, 0);
  const others = {
    cells: [othersName(rest.length), "Σ", forward(layer, chosen) ? short(total) : TO_COME],
    others: rest.length,
  };
  return { head, rows: [row(chosen), ...(rest.length > 0 ? [others] : [])], present };
}

/**
 * @param {Shown} shown
 * @param {Step} step
 * @returns {Table}
 */
function outputs(shown, step) {
  const layer = shown.trace.layers.length - 1;
  const present = step.kind === "answer" || step.kind === "loss" || isAt(step, "forward", layer);
  const table = shown.loss === "cross_entropy" ? classes(shown, step) : plainOutputs(shown, step);
  return { ...table, present };
}

/**
 * Scores, e to each of them, and the share of each in their sum.
 *
 * @param {Shown} shown
 * @param {Step} step
 */
function classes({ trace, scores, most = MOST_ROWS }, step) {
  const layer = trace.layers.length - 1;
  const { forward, answered } = progressOf(step, trace);
  const of = Array.from(scores ?? trace.output);
  const { exponentials, sum, probabilities } = softmax(of);
  const { shown, others } = foldTerms(of, most + 1);
  const later = (/** @type {number} */ value) => (answered ? short(value) : TO_COME);
  /** @type {Row[]} */
  const rows = shown.map((unit) => ({
    cells: [
      String(unit),
      forward(layer, unit) ? short(of[unit] ?? NaN) : TO_COME,
      later(exponentials[unit] ?? NaN),
      later(probabilities[unit] ?? NaN),
    ],
    mark: unit,
    present: isAt(step, "forward", layer, unit),
    ...(step.kind === "answer" && { drag: { place: unit, score: of[unit] ?? NaN } }),
  }));
  if (others) rows.push({ cells: [othersName(others.count), "", "", ""], others: others.count });
  rows.push({ cells: [t("sum"), "", later(sum), later(1)] });
  return { head: ["", t("score z"), "eᶻ", "p"], rows };
}

/**
 * Outputs that are compared with their targets as they are.
 *
 * @param {Shown} shown
 * @param {Step} step
 */
function plainOutputs({ trace, names, loss, most = MOST_ROWS }, step) {
  const layer = trace.layers.length - 1;
  const { forward, answered } = progressOf(step, trace);
  const found = trace.layers[layer];
  const isMulti = trace.output.length > 1;
  const isLinear = found?.activation === "linear";
  const margins = loss === "hinge" ? marginsOf(trace.output, trace.label) : null;
  const goals = { hinge: t("short by"), logistic: "σ" }[loss] ?? t("target");
  const goal = margins ?? (loss === "logistic" ? [trace.probabilities?.[1] ?? NaN] : trace.target);
  const { shown, others } = foldTerms(Array.from(trace.output), most + 1);
  /** @type {Row[]} */
  const rows = shown.map((unit) => ({
    cells: [
      isMulti ? String(unit) : "",
      ...(isLinear ? [found.a] : [found?.z, found?.a]).map((values) =>
        forward(layer, unit) ? short(values?.[unit] ?? NaN) : TO_COME,
      ),
      answered ? short(goal[unit] ?? NaN) : TO_COME,
    ],
    ...(isMulti && trace.probabilities && { mark: unit }),
    present: isAt(step, "forward", layer, unit),
  }));
  const head = [
    "",
    ...(isLinear
      ? [trace.probabilities ? tc("of a class", "score") : t("output")]
      : [tc("into a neuron", "sum"), names.activation(layer)]),
    goals,
  ];
  if (others) rows.push({ cells: [othersName(others.count), ...head.slice(1).map(() => "")], others: others.count });
  return { head, rows };
}

/**
 * The links into a unit on the way back: value × δ = gradient, beside what nudging the link says.
 *
 * @param {{layer: number, unit: number}} step
 * @param {Shown} shown
 * @returns {Table}
 */
export function backwardTable({ layer, unit }, { trace, names, most = MOST_ROWS }) {
  const found = trace.layers[layer];
  const links = linksInto(trace, layer, unit);
  const gradients = links.map(({ gradient }) => gradient);
  const { shown, others } = foldTerms(gradients, most);
  const delta = exact(found?.delta[unit] ?? NaN);
  const checked = (/** @type {Parameter} */ { numeric, difference }) =>
    trace.checked ? [exact(numeric), difference <= AGREE ? "✓" : "≠"] : [TO_COME, ""];
  /** @type {Row[]} */
  const rows = shown.map((from) => {
    const link = /** @type {Parameter} */ (links[from]);
    return {
      cells: [
        names.unit(layer - 1, from),
        exact(found?.x[from] ?? NaN),
        `× ${delta}`,
        `= ${exact(link.gradient)}`,
        ...checked(link),
      ],
    };
  });
  if (others) {
    rows.push({
      cells: [othersName(others.count), "", t("sum"), `= ${exact(others.sum)}`, "", ""],
      others: others.count,
    });
  }
  const bias = biasOf(trace, layer, unit);
  rows.push({ cells: [t("bias"), exact(1), `× ${delta}`, `= ${exact(bias.gradient)}`, ...checked(bias)] });
  const head = [
    t("into {unit}", { unit: names.unit(layer, unit) }),
    t("value"),
    t("× incoming δ"),
    t("= gradient"),
    t("nudged"),
    "",
  ];
  return { head, rows, present: true, spare: 1 };
}

/**
 * The links of the strongest path in the next update.
 *
 * @param {Shown} shown
 * @returns {Table}
 */
export function updateTable({ trace, names, path }) {
  const batch = trace.update?.batch ?? NaN;
  const links = path.map((to, layer) => {
    const into = linksInto(trace, layer, to);
    const from = layer === 0 ? steepest(into) : (path[layer - 1] ?? 0);
    return { name: names.link(layer, from, to), link: into[from] };
  });
  const { shown } = foldTerms(
    links.map(({ link }) => link?.gradient ?? 0),
    MOST_ROWS + 2,
  );
  const rows = shown.map((place) => {
    const { name, link } = /** @type {typeof links[number]} */ (links[place]);
    const { gradient = NaN, batchGradient = NaN, theta = NaN, after = NaN } = link ?? {};
    return {
      cells: [
        name,
        significant(gradient / batch, 3),
        significant(batchGradient, 3),
        fine(after, theta),
        fine(theta, after),
      ],
    };
  });
  return {
    head: [t("link"), t("gradient ÷ {batch}", { batch }), t("whole batch"), t("weight now"), t("after")],
    rows,
    present: true,
    spare: 2,
  };
}

/** @param {Parameter[]} links */
function steepest(links) {
  const sizes = links.map(({ gradient }) => Math.abs(gradient) || 0);
  return sizes.indexOf(Math.max(...sizes));
}
