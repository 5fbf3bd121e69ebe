/** The gradient on its way back through the layers, as a frame has it, and what there is to say of it. */

import { significant, whole } from "../base/format.js";

/** @import {Frame} from "../base/types.js" */

/**
 * What the engine calls a gradient flow; each list is of the layers, outputs last.
 *
 * @typedef {object} Gradients
 * @property {number} batch  how many points the gradient is of
 * @property {number} total  the norm of the gradient of all parameters, before clipping
 * @property {number[]} norms  of the gradient of each layer's weights
 * @property {number[]} deltas
 * @property {number[]} slopes  the mean of |f′|
 * @property {number[]} updates  the update over the weights, in norms
 * @property {number[]} over  the share of gradients that are over the clipping limit
 * @property {{slope: number, norm: number, gain: number}[]} factors  by which δ comes down into each layer but the last
 */

/** Less than so much of the last layer's gradient is next to nothing, and more than so much too much. */
export const VANISHING = 1e-4;
export const EXPLODING = 1e2;

/**
 * @param {Frame} frame
 * @returns {Gradients | null}  null where the frame has none
 */
export function gradientsOf({ reading, arrays: { flow, factors } }) {
  if (reading?.kind !== "gradients" || !flow || !factors) return null;
  const layers = flow.shape[1] ?? 0;
  const [norms, deltas, slopes, updates, over] = [0, 1, 2, 3, 4].map((row) =>
    Array.from(flow.data.subarray(row * layers, (row + 1) * layers)),
  );
  return {
    batch: reading.batch,
    total: reading.total ?? NaN,
    norms: norms ?? [],
    deltas: deltas ?? [],
    slopes: slopes ?? [],
    updates: updates ?? [],
    over: over ?? [],
    factors: Array.from({ length: layers - 1 }, (_, layer) => ({
      slope: factors.data[3 * layer] ?? NaN,
      norm: factors.data[3 * layer + 1] ?? NaN,
      gain: factors.data[3 * layer + 2] ?? NaN,
    })),
  };
}

/** What there is to see, in one sentence. @param {Gradients} gradients */
export function gradientWords({ norms }) {
  const [first = NaN] = norms;
  const last = norms.at(-1) ?? NaN;
  const numbers = `${significant(first, 2)} in layer 1, ${significant(last, 2)} at the output`;
  if (first < VANISHING * last) {
    return `Vanishing: layer 1 gets a gradient ${whole(last / first)} times smaller: ${numbers}.`;
  }
  if (first > EXPLODING * last) {
    return `Exploding: layer 1 gets a gradient ${whole(first / last)} times larger: ${numbers}.`;
  }
  return `Every layer learns: the gradient is ${numbers}.`;
}
