/** The gradient on its way back through the layers, as a frame has it, and what there is to say of it. */

import { percent, significant, whole } from "../../base/format.js";
import { sentences, t } from "../../base/words.js";

/** @import {Frame, Sharpness, Spec} from "../../base/types.js" */
/** @import {Table} from "../saving.js" */
/** @import {Sentence} from "../sentence.js" */

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
 * @property {Sharpness | null} sharpness  where it is asked for
 * @property {boolean} tooLarge  whether the network is too large for it
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
    sharpness: reading.sharpness ?? null,
    tooLarge: reading.too_large ?? false,
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
  const plain = (/** @type {(string | false)[]} */ ...texts) => ({ text: sentences(...texts), warn: false });
  const warn = (/** @type {(string | false)[]} */ ...texts) => ({ text: sentences(...texts), warn: true });
  const clipping = clipWords(gradients, spec);
  if (!norms.every(Number.isFinite)) return warn(t("*Diverged:* the gradient is no longer a finite number."));
  if (norms.length === 1) {
    return plain(
      t("There is one layer, and its gradient is {gradient}.", { gradient: significant(last, 2) }),
      clipping,
    );
  }
  const silent = norms.findLastIndex((norm) => norm === 0);
  if (silent >= 0) {
    return warn(t("*Blocked:* no gradient reaches layer {layer}, so it cannot learn.", { layer: silent + 1 }));
  }
  const times = (/** @type {number} */ ratio) => ({ times: whole(Number(ratio.toPrecision(3))) });
  if (first < VANISHING * last) {
    return warn(
      t("*Vanishing:* layer 1 gets a gradient {times} times smaller than the output’s.", times(last / first)),
      clipping,
    );
  }
  if (first > EXPLODING * last) {
    return warn(
      t("*Exploding:* layer 1 gets a gradient {times} times larger than the output’s.", times(first / last)),
      clipping,
    );
  }
  const numbers = { first: significant(first, 2), last: significant(last, 2) };
  // Weights that are all 0 have no such share.
  const shares = updates.filter(Number.isFinite);
  const moved = Math.max(...shares);
  if (shares.length > 0 && moved < SMALL_UPDATE) {
    return plain(
      t("Hardly anything moves: an update is at most {share} of the weights.", { share: significant(moved, 2) }),
    );
  }
  const slowest = Math.min(...shares);
  if (slowest >= SMALL_UPDATE) {
    return plain(t("Every layer learns: the gradient is {first} in layer 1, {last} at the output.", numbers), clipping);
  }
  return warn(
    t("*Hardly learning:* an update moves layer {layer} by {share} of its weights.", {
      layer: updates.indexOf(slowest) + 1,
      share: significant(slowest, 2),
    }),
    t("The gradient is {first} in layer 1, {last} at the output.", numbers),
    clipping,
  );
}

/**
 * What clipping does; nothing where nothing is clipped.
 *
 * @param {Gradients} gradients
 * @param {Spec} spec
 */
export function clipWords({ total, clipped, over }, { clip }) {
  if (!clip || clip.kind === "none") return false;
  const updates = percent(clipped ?? NaN);
  if (clip.kind === "norm") {
    const times = significant(Math.min(1, clip.limit / total), 2);
    return clipped === null
      ? t("Clipping by norm makes it ×{times}.", { times })
      : t("Clipping by norm makes it ×{times}, and acts in {updates} of updates.", { times, updates });
  }
  const most = percent(Math.max(...over));
  return clipped === null
    ? t("Clipping by value cuts at most {most} of a layer’s.", { most })
    : t("Clipping by value cuts at most {most} of a layer’s, and acts in {updates} of updates.", { most, updates });
}

/**
 * @param {Gradients} gradients
 * @param {number} layer
 * @param {Spec} spec
 */
export function gradientDetail({ batch, norms, slopes, updates, over, factors }, layer, { clip }) {
  const factor = factors[layer];
  const value = (/** @type {number | undefined} */ number) => significant(number ?? NaN, 3);
  const way = factor && {
    slope: value(factor.slope),
    norm: value(factor.norm),
    gain: value(factor.gain),
    product: value(product(factor)),
  };
  return sentences(
    t("The gradient of its weights has the norm {norm}, for the mean loss of the next {batch} points.", {
      norm: value(norms[layer]),
      batch,
    }),
    way
      && (isPlain(/** @type {{norm: number}} */ (factor))
        ? t("From the layer above it comes down by f′ {slope} times Wᵀ {gain}, so ×{product}.", way)
        : t(
            "From the layer above it comes down by f′ {slope} times Wᵀ {gain} times batch norm {norm}, so ×{product}.",
            way,
          )),
    t("The mean of |f′| is {slope}, and the update is {share} of the weights.", {
      slope: value(slopes[layer]),
      share: value(updates[layer]),
    }),
    clip?.kind === "value" && t("Over the limit: {share}.", { share: percent(over[layer] ?? NaN) }),
  );
}

/** @param {Gradients} gradients @returns {Table} */
export function gradientTable({ norms, deltas, slopes, updates, over, factors }) {
  return [
    [
      t("layer"),
      t("gradient_norm"),
      t("delta_norm"),
      t("mean_slope"),
      t("update_ratio"),
      t("share_over_limit"),
      t("factor_slope"),
      t("factor_batch_norm"),
      t("factor_gain"),
    ],
    ...norms.map((norm, layer) => {
      const { slope = NaN, norm: normed = NaN, gain = NaN } = factors[layer] ?? {};
      const own = [norm, deltas, slopes, updates, over].map((each) =>
        typeof each === "number" ? each : (each[layer] ?? NaN),
      );
      return [layer + 1, ...own, slope, normed, gain];
    }),
  ];
}
