/** The gradient on its way back through the layers, as a frame has it, and what there is to say of it. */

import { percent, significant, whole } from "../../base/format.js";

/** @import {Frame, Spec} from "../../base/types.js" */
/** @import {Sentence, Table} from "./panel.js" */

/**
 * What the engine calls a gradient flow; each list is of the layers, outputs last.
 *
 * @typedef {object} Gradients
 * @property {number} batch  how many points the gradient is of
 * @property {number} total  the norm of the gradient of all parameters, before clipping
 * @property {number | null} clipped  the share of the newest updates that were clipped
 * @property {number[]} norms  of the gradient of each layer's weights
 * @property {number[]} deltas  of the gradient of its sums
 * @property {number[]} slopes  the mean of |f′|
 * @property {number[]} updates  the update over the weights, in norms
 * @property {number[]} over  the share of gradients that are over the clipping limit
 * @property {{slope: number, norm: number, gain: number}[]} factors  by which δ comes down into each layer but the last
 */

/** Less than so much of the last layer's gradient is next to nothing, and more than so much too much. */
export const VANISHING = 1e-4;
export const EXPLODING = 1e2;

/** What an update should be of the weights, by a rule of thumb, and what is as good as none. */
export const GOOD_UPDATE = 1e-3;
export const SMALL_UPDATE = 1e-5;

/**
 * @param {Frame} frame
 * @returns {Gradients | null}  null where the frame has none
 */
export function gradientsOf({ reading, clipped, arrays: { flow, factors } }) {
  if (reading?.kind !== "gradients" || !flow || !factors) return null;
  const layers = flow.shape[1] ?? 0;
  const row = (/** @type {number} */ index) => Array.from(flow.data.subarray(index * layers, (index + 1) * layers));
  return {
    batch: reading.batch,
    total: reading.total ?? NaN,
    clipped,
    norms: row(0),
    deltas: row(1),
    slopes: row(2),
    updates: row(3),
    over: row(4),
    factors: Array.from({ length: layers - 1 }, (_, layer) => ({
      slope: factors.data[3 * layer] ?? NaN,
      norm: factors.data[3 * layer + 1] ?? NaN,
      gain: factors.data[3 * layer + 2] ?? NaN,
    })),
  };
}

/** By what δ of a layer differs from that of the layer above. @param {Gradients["factors"][number]} factors */
export const product = ({ slope, norm, gain }) => slope * norm * gain;

/** Whether nothing is normalized on the way; what float32 rounds off is not. @param {{norm: number}} factors */
export const isPlain = ({ norm }) => Math.abs(norm - 1) < 1e-5;

/**
 * What there is to see.
 *
 * @param {Gradients} gradients
 * @param {Spec} spec
 * @returns {Sentence}
 */
export function gradientWords(gradients, spec) {
  const { norms, updates } = gradients;
  const [first = NaN] = norms;
  const last = norms.at(-1) ?? NaN;
  const plain = (/** @type {string} */ text) => ({ head: "", text, warn: false });
  const warn = (/** @type {string} */ head, /** @type {string} */ text) => ({ head, text, warn: true });
  if (!norms.every(Number.isFinite)) return warn("Diverged: ", "the gradient is no finite number any more.");
  if (norms.length === 1) return plain(`There is one layer, and its gradient is ${significant(last, 2)}.`);
  const silent = norms.findLastIndex((norm) => norm === 0);
  if (silent >= 0) return warn("Blocked: ", `no gradient reaches layer ${silent + 1}, so it cannot learn.`);
  const times = (/** @type {number} */ ratio, /** @type {string} */ than) =>
    `layer 1 gets a gradient ${whole(Number(ratio.toPrecision(3)))} times ${than} than the output’s${clipWords(gradients, spec)}.`;
  if (first < VANISHING * last) return warn("Vanishing: ", times(last / first, "smaller"));
  if (first > EXPLODING * last) return warn("Exploding: ", times(first / last, "larger"));
  const numbers = `${significant(first, 2)} in layer 1, ${significant(last, 2)} at the output${clipWords(gradients, spec)}`;
  // Weights that are all 0 have no such share.
  const shares = updates.filter(Number.isFinite);
  const moved = Math.max(...shares);
  if (shares.length > 0 && moved < SMALL_UPDATE) {
    return plain(`Hardly anything moves: an update is ${significant(moved, 2)} of the weights at most.`);
  }
  const slowest = Math.min(...shares);
  if (slowest >= SMALL_UPDATE) return plain(`Every layer learns: the gradient is ${numbers}.`);
  const layer = `layer ${updates.indexOf(slowest) + 1} moves by ${significant(slowest, 2)} of its weights an update`;
  return warn("Hardly learning: ", `${layer}; the gradient is ${numbers}.`);
}

/**
 * What clipping does, as the end of a sentence; nothing where nothing is clipped.
 *
 * @param {Gradients} gradients
 * @param {Spec} spec
 */
export function clipWords({ total, clipped, over }, { clip }) {
  if (!clip || clip.kind === "none") return "";
  const updates = clipped === null ? "" : `, ${percent(clipped)} of updates`;
  if (clip.kind === "norm") return `; clipped by norm to ×${significant(Math.min(1, clip.limit / total), 2)}${updates}`;
  return `; clipped by value, ${percent(Math.max(...over))} at most in a layer${updates}`;
}

/**
 * @param {Gradients} gradients
 * @param {number} layer
 * @param {Spec} spec
 */
export function gradientDetail({ batch, norms, slopes, updates, over, factors }, layer, { clip }) {
  const factor = factors[layer];
  const value = (/** @type {number | undefined} */ number) => significant(number ?? NaN, 3);
  const way = factor
    ? ` From the layer above it comes down by f′ ${value(factor.slope)} times Wᵀ ${value(factor.gain)}`
      + `${isPlain(factor) ? "" : ` times batch norm ${value(factor.norm)}`}, so ×${value(product(factor))}.`
    : "";
  const cut = clip?.kind === "value" ? ` Over the limit: ${percent(over[layer] ?? NaN)}.` : "";
  return (
    `The gradient of its weights has the norm ${value(norms[layer])}, for the mean loss of the next ${batch} points.${way}`
    + ` The mean of |f′| is ${value(slopes[layer])}, and the update is ${value(updates[layer])} of the weights.${cut}`
  );
}

/** @param {Gradients} gradients @returns {Table} */
export function gradientTable({ norms, deltas, slopes, updates, over, factors }) {
  const names = ["layer", "gradient_norm", "delta_norm", "mean_slope", "update_ratio", "share_over_limit"];
  return [
    [...names, "factor_slope", "factor_batch_norm", "factor_gain"],
    ...norms.map((norm, layer) => {
      const { slope = NaN, norm: normed = NaN, gain = NaN } = factors[layer] ?? {};
      const own = [norm, deltas, slopes, updates, over].map((each) =>
        typeof each === "number" ? each : (each[layer] ?? NaN),
      );
      return [layer + 1, ...own, slope, normed, gain];
    }),
  ];
}
