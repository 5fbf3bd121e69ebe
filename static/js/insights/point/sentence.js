/** Each step of one point in a sentence with the run's own numbers. The number to look at stands between asterisks. */

import { sentences, t, tn } from "../../base/words.js";
import { BASES, percent, short, unitOf } from "./numbers.js";
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
  switch (step.kind) {
    case "forward":
    case "backward": {
      const unit = names.unit(step.layer, step.unit);
      const place = { layer: step.layer + 1, unit };
      if (step.layer < layers.length - 1) {
        return step.kind === "forward"
          ? t("Forward: layer {layer}, {unit}", place)
          : t("Backward: layer {layer}, {unit}", place);
      }
      return step.kind === "forward" ? t("Forward: {unit}", { unit }) : t("Backward: {unit}", { unit });
    }
    case "answer":
      return loss === "logistic" ? t("Sigmoid") : t("Softmax");
    case "point":
      return t("The point");
    case "loss":
      return t("Loss");
    case "update":
      return t("Next update");
  }
}

/** @param {Telling} telling */
function aboutPoint({ trace, names }) {
  const [x1 = "", x2 = ""] = trace.point.map(short);
  const { probabilities, label, output } = trace;
  return probabilities
    ? t("The point ({x1}, {x2}) is of {label}; the network gives that *{share}*.", {
        x1,
        x2,
        label: names.label(label),
        share: percent(probabilities[label] ?? NaN),
      })
    : t("The point ({x1}, {x2}) has the value {value}; the network says *{answer}*.", {
        x1,
        x2,
        value: short(label),
        answer: short(output[0] ?? NaN),
      });
}

/**
 * @param {{layer: number, unit: number}} step
 * @param {Telling} telling
 */
function forward({ layer, unit }, { trace, names }) {
  const { links, shown, others, bias } = termsOf(trace, layer, unit, MOST_PRODUCTS);
  const found = trace.layers[layer];
  const products = shown.map((from) => `${short(links[from]?.theta ?? NaN)}·${factor(found?.x[from])}`).join(" + ");
  const [sum = NaN, z = NaN, a = NaN] = [found?.sums[unit], found?.z[unit], found?.a[unit]];
  const numbers = {
    unit: names.title(layer, unit),
    sum: others
      ? t("{products} + {rest} of {count} others + bias {bias}", {
          products,
          rest: factor(others.sum),
          count: others.count,
          bias: factor(bias),
        })
      : t("{products} + bias {bias}", { products, bias: factor(bias) }),
    total: short(sum),
    normalized: short(z),
    activation: names.activation(layer),
    value: short(a),
  };
  if (found?.activation === "linear") {
    return z === sum
      ? t("{unit}: {sum} = *{total}*.", numbers)
      : t("{unit}: {sum} = *{total}*, normalized {normalized}.", numbers);
  }
  return z === sum
    ? t("{unit}: {sum} = {total}; {activation}: *{value}*.", numbers)
    : t("{unit}: {sum} = {total}, normalized {normalized}; {activation}: *{value}*.", numbers);
}

/** @param {Telling} telling */
function answer({ trace, names, loss }) {
  const { probabilities, label, output } = trace;
  const numbers = {
    label: names.label(label),
    share: percent(probabilities?.[label] ?? NaN),
    score: short(output[0] ?? NaN),
    second: names.label(1),
    says: percent(probabilities?.[1] ?? NaN),
  };
  return loss === "logistic"
    ? t("The sigmoid of the score {score} says {says} for {second}: the true class, {label}, has *{share}*.", numbers)
    : t("Softmax divides each eᶻ by the sum of them all: the true class, {label}, has *{share}*.", numbers);
}

/** @param {Telling} telling */
function aboutLoss({ trace, names, loss, base }) {
  const { probabilities, label, output, target, information } = trace;
  const value = short(trace.loss);
  if (loss === "hinge") {
    const close = marginsOf(output, label).filter((margin) => margin > 0).length;
    const numbers = { others: output.length - 1, label: names.label(label), value };
    return tn(
      "{count} of {others} other scores comes closer than 1 to the score of {label}: the hinge loss is *{value}*.",
      "{count} of {others} other scores come closer than 1 to the score of {label}: the hinge loss is *{value}*.",
      close,
      numbers,
    );
  }
  if (loss === "squared_error" || !information || !probabilities) {
    const [o = NaN, y = NaN] = [output[0], target[0]];
    return output.length === 1
      ? t("The output {output} should be {target}: its loss is ½ ({output} − {factor})² = *{value}*.", {
          output: short(o),
          target: short(y),
          factor: factor(y),
          value,
        })
      : t("Half the squared distance of the {outputs} outputs from their targets is the loss, *{value}*.", {
          outputs: output.length,
          value,
        });
  }
  const { log, size } = BASES[base];
  const total = { total: short(information.crossEntropy / size), base: unitOf(base) };
  if (information.entropy > 0) {
    return t("The label is smoothed, so its own entropy is {entropy}; with KL {kl} the loss is *{total}* {base}.", {
      ...total,
      entropy: short(information.entropy / size),
      kl: short(information.kl / size),
    });
  }
  const p = probabilities[label] ?? NaN;
  return t("The network gives the true class {share}: its loss is −{log} {p} = *{total}* {base}.", {
    ...total,
    share: percent(p),
    log,
    p: short(p),
  });
}

/**
 * @param {{layer: number, unit: number}} step
 * @param {Telling} telling
 */
function backward({ layer, unit }, { trace, names, loss }) {
  const found = trace.layers[layer];
  const [came = NaN, slope = NaN, delta = NaN] = [found?.d_a[unit], found?.slope[unit], found?.delta[unit]];
  const isOutput = layer === trace.layers.length - 1;
  const isMulti = trace.output.length > 1;
  const numbers = {
    unit: names.unit(layer, unit),
    came: short(came),
    activation: names.activation(layer),
    slope: short(slope),
    delta: short(delta),
  };
  if (isOutput && found?.activation === "linear") {
    const rule = { cross_entropy: "p − y", logistic: "p − y", squared_error: "o − y" }[loss];
    const value = rule ? `${rule} = *${numbers.delta}*` : `*${numbers.delta}*`;
    return towards(delta, isMulti ? t("the score of {unit}", numbers) : t("the output"), value);
  }
  const normalized = found && trace.layout.some((entry) => entry.name === `${found.name}.gamma`);
  return sentences(
    isOutput
      ? isMulti
        ? t("Backward: the loss by the output of {unit} is {came}.", numbers)
        : t("Backward: the loss by the output is {came}.", numbers)
      : t("Backward: to {unit} comes Σ w·δ = {came}.", numbers),
    normalized
      ? t("Times {activation}’s slope {slope} and normalization, δ = *{delta}*.", numbers)
      : t("Times {activation}’s slope {slope}, δ = *{delta}*.", numbers),
    slope === 0 && t("Nothing goes on from here."),
  );
}

/** @param {Telling} telling */
function update({ trace, names, path }) {
  if (!trace.update) return t("The next update is on its way.");
  const layer = trace.layers.length - 1;
  const [from = 0, to = 0] = layer === 0 ? [0, path[0]] : path.slice(-2);
  const link = linksInto(trace, layer, to)[from];
  const [now, after] = [link?.theta ?? NaN, link?.after ?? NaN];
  const { batch } = trace.update;
  const numbers = { link: names.link(layer, from, to), now: fine(after, now), after: fine(now, after) };
  return sentences(
    batch === 1
      ? t("A point in the next batch has the whole say.")
      : t("A point in the next batch has 1/{count} of the say.", { count: batch }),
    after > now
      ? t("The weight {link} rises from {now} to *{after}*.", numbers)
      : after < now
        ? t("The weight {link} falls from {now} to *{after}*.", numbers)
        : t("The weight {link} stays at *{after}*.", numbers),
  );
}

/**
 * By how much each other score falls short of a lead of 1, and 0 for the true one.
 *
 * @param {ArrayLike<number>} scores
 * @param {number} label
 */
export const marginsOf = (scores, label) =>
  Array.from(scores, (score, place) => (place === label ? 0 : Math.max(0, score - (scores[label] ?? NaN) + 1)));

/**
 * @param {number} delta
 * @param {string} output
 * @param {string} value
 */
function towards(delta, output, value) {
  if (delta > 0) return t("Backward: the loss by {output} is {value}, so it should fall.", { output, value });
  if (delta < 0) return t("Backward: the loss by {output} is {value}, so it should rise.", { output, value });
  return t("Backward: the loss by {output} is {value}.", { output, value });
}

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
