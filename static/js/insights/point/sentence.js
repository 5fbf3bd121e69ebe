/** Each step of one point in a sentence with the run's own numbers. What stands between ** is the number to look at. */

import { BASES, percent, short } from "./numbers.js";
import { termsOf } from "./steps.js";
import { linksInto } from "./trace.js";

/** @import {Base, Names} from "./numbers.js" */
/** @import {Step} from "./steps.js" */
/** @import {Trace} from "./trace.js" */

/** More products than this make a sentence too long. */
const MOST_PRODUCTS = 3;

/**
 * @typedef {object} Telling
 * @property {Trace} trace
 * @property {Names} names
 * @property {number[]} path
 * @property {string} loss  its kind
 * @property {Base} base
 *
 * @param {Step} step
 * @param {Telling} telling
 * @returns {string}
 */
export function sentenceOf(step, telling) {
  switch (step.kind) {
    case "point":
      return aboutPoint(telling);
    case "forward":
      return forward(step, telling);
    case "answer":
      return answer(telling);
    case "loss":
      return aboutLoss(telling);
    case "backward":
      return backward(step, telling);
    case "update":
      return update(telling);
  }
}

/**
 * What a step is called.
 *
 * @param {Step} step
 * @param {Telling} telling
 */
export function nameOf(step, { trace: { layers }, names, loss }) {
  if (step.kind === "forward" || step.kind === "backward") {
    const unit = names.unit(step.layer, step.unit);
    const place = step.layer < layers.length - 1 ? `layer ${step.layer + 1}, ${unit}` : unit;
    return `${step.kind === "forward" ? "Forward" : "Backward"}: ${place}`;
  }
  if (step.kind === "answer") return loss === "logistic" ? "Sigmoid" : "Softmax";
  return { point: "The point", loss: "Loss", update: "Next update" }[step.kind];
}

/** @param {Telling} telling */
function aboutPoint({ trace, names }) {
  const [x1, x2] = trace.point.map(short);
  const { probabilities, label, output } = trace;
  return probabilities
    ? `The point (${x1}, ${x2}) is of ${names.label(label)}; the network gives that **${percent(probabilities[label] ?? NaN)}**.`
    : `The point (${x1}, ${x2}) has the value ${short(label)}; the network says **${short(output[0] ?? NaN)}**.`;
}

/**
 * @param {{layer: number, unit: number}} step
 * @param {Telling} telling
 */
function forward({ layer, unit }, { trace, names }) {
  const { links, shown, others, bias } = termsOf(trace, layer, unit, MOST_PRODUCTS);
  const found = trace.layers[layer];
  const products = shown.map((from) => `${short(links[from]?.theta ?? NaN)}·${factor(found?.x[from])}`);
  const rest = others ? ` + ${factor(others.sum)} of ${others.count} others` : "";
  const added = `${products.join(" + ")}${rest} + bias ${factor(bias)}`;
  const [sum = NaN, z = NaN, a = NaN] = [found?.sums[unit], found?.z[unit], found?.a[unit]];
  const normalized = z === sum ? "" : `, normalized ${short(z)}`;
  const name = capital(names.unit(layer, unit));
  return found?.activation === "linear"
    ? `${name}: ${added} = **${short(sum)}**${normalized}.`
    : `${name}: ${added} = ${short(sum)}${normalized}; ${names.activation(layer)}: **${short(a)}**.`;
}

/** @param {Telling} telling */
function answer({ trace, names, loss }) {
  const { probabilities, label, output } = trace;
  const p = percent(probabilities?.[label] ?? NaN);
  return loss === "logistic"
    ? `The sigmoid of the score ${short(output[0] ?? NaN)} says ${percent(probabilities?.[1] ?? NaN)} for ${names.label(1)}: `
        + `the true class, ${names.label(label)}, has **${p}**.`
    : `Softmax takes e to each score and divides by their sum: the true class, ${names.label(label)}, has **${p}**.`;
}

/** @param {Telling} telling */
function aboutLoss({ trace, names, loss, base }) {
  const { probabilities, label, output, target, information } = trace;
  const value = `**${short(trace.loss)}**`;
  if (loss === "hinge") {
    const close = marginsOf(output, label).filter((margin) => margin > 0).length;
    return (
      `${close} of ${output.length - 1} other scores come closer than 1 to the score of ${names.label(label)}: `
      + `the hinge loss is ${value}.`
    );
  }
  if (loss === "squared_error" || !information || !probabilities) {
    const [o = NaN, y = NaN] = [output[0], target[0]];
    return output.length === 1
      ? `The output ${short(o)} should be ${short(y)}: its loss is ½ (${short(o)} − ${factor(y)})² = ${value}.`
      : `Half the squared distance of the ${output.length} outputs from their targets is the loss, ${value}.`;
  }
  const { log, size } = BASES[base];
  const total = `**${short(information.crossEntropy / size)}** ${base}`;
  if (information.entropy > 0) {
    return (
      `The label is smoothed, so its own entropy is ${short(information.entropy / size)}; with KL `
      + `${short(information.kl / size)} the loss is ${total}.`
    );
  }
  const p = probabilities[label] ?? NaN;
  return `The network gives the true class ${percent(p)}: its loss is −${log} ${short(p)} = ${total}.`;
}

/**
 * @param {{layer: number, unit: number}} step
 * @param {Telling} telling
 */
function backward({ layer, unit }, { trace, names, loss }) {
  const found = trace.layers[layer];
  const [came = NaN, slope = NaN, delta = NaN] = [found?.d_a[unit], found?.slope[unit], found?.delta[unit]];
  const name = names.unit(layer, unit);
  const isOutput = layer === trace.layers.length - 1;
  if (isOutput && found?.activation === "linear") {
    const rule = { cross_entropy: "p − y", logistic: "p − y", squared_error: "o − y" }[loss];
    return `Backward: the loss by ${isOutput && trace.output.length > 1 ? `the score of ${name}` : "the output"}${
      rule ? ` is ${rule}` : ""
    } = **${short(delta)}**${towards(delta)}.`;
  }
  const origin = isOutput
    ? `the loss by the ${name === "output" ? name : `output of ${name}`} is`
    : `to ${name} comes Σ w·δ =`;
  const silent = slope === 0 ? ", so nothing goes on from here" : "";
  const scaled =
    found && trace.layout.some((entry) => entry.name === `${found.name}.gamma`) ? " and normalization" : "";
  return (
    `Backward: ${origin} ${short(came)}; times ${names.activation(layer)}’s slope ${short(slope)}${scaled}, `
    + `δ = **${short(delta)}**${silent}.`
  );
}

/** @param {Telling} telling */
function update({ trace, names, path }) {
  if (!trace.update) return "What the next update does is on its way.";
  const layer = trace.layers.length - 1;
  const [from = 0, to = 0] = layer === 0 ? [0, path[0]] : path.slice(-2);
  const link = linksInto(trace, layer, to)[from];
  const [now, after] = [link?.theta ?? NaN, link?.after ?? NaN];
  const course = after > now ? "rises from" : after < now ? "falls from" : "stays, from";
  const { batch } = trace.update;
  const say = batch === 1 ? "the whole say" : `1/${batch} of the say`;
  const name = names.link(layer, from, to);
  return `A point in the next batch has ${say}; ${name} ${course} ${fine(after, now)} to **${fine(now, after)}**.`;
}

/**
 * By how much each other score falls short of a lead of 1, and 0 for the true one.
 *
 * @param {ArrayLike<number>} scores
 * @param {number} label
 */
export const marginsOf = (scores, label) =>
  Array.from(scores, (score, place) => (place === label ? 0 : Math.max(0, score - (scores[label] ?? NaN) + 1)));

/** @param {number} delta */
const towards = (delta) => (delta > 0 ? ", so it should fall" : delta < 0 ? ", so it should rise" : "");

/**
 * A number in a product or a sum: in brackets where it has a sign.
 *
 * @param {number | undefined} value
 */
const factor = (value = NaN) => (value < 0 ? `(${short(value)})` : short(value));

/**
 * A number with so many decimals that one sees how it differs from another.
 *
 * @param {number} from
 * @param {number} value
 */
export function fine(from, value) {
  const step = Math.abs(value - from);
  if (!Number.isFinite(step) || step === 0 || step >= 0.01) return short(value);
  return value.toFixed(Math.min(8, Math.ceil(-Math.log10(step)) + 1)).replace("-", "−");
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
