/** What a step shows in the diagram: values beside units, the links it is about, and the numbers on them. */

import { short } from "./numbers.js";
import { isFolded, progressOf } from "./steps.js";
import { linksInto } from "./trace.js";

/** @import {Tracing} from "../../base/types.js" */
/** @import {Step} from "./steps.js" */
/** @import {Trace} from "./trace.js" */

/**
 * @param {Step} step
 * @param {{trace: Trace, path: number[], loss: string}} shown
 * @returns {Tracing}
 */
export function marksOf(step, { trace, path, loss }) {
  const units = valuesOf(step, trace, path, loss === "cross_entropy" ? trace.probabilities : null);
  if (step.kind !== "forward" && step.kind !== "backward") return { units, present: null, links: [] };
  const { layer, unit: to } = step;
  const links = linksInto(trace, layer, to).map((link, from) => {
    const x = trace.layers[layer]?.x[from] ?? NaN;
    const [one, other, product] =
      step.kind === "forward" ? [link.theta, x, link.term] : [x, trace.layers[layer]?.delta[to] ?? NaN, link.gradient];
    return {
      layer,
      from,
      to,
      size: Math.abs(product),
      text: short(product),
      long: `${short(one)} × ${short(other)} = ${short(product)}`,
    };
  });
  return { units, present: { layer, unit: to }, links };
}

/**
 * The values that are known by now; on the way back the δ of those that it has come to.
 *
 * @param {Step} step
 * @param {Trace} trace
 * @param {number[]} path
 * @param {ArrayLike<number> | null} answers  what is made of the scores, where the loss looks at that
 */
function valuesOf(step, trace, path, answers) {
  const progress = progressOf(step, trace);
  const folded = isFolded(trace);
  const inputs = Array.from(trace.layers[0]?.x ?? [], (x, unit) => ({ layer: -1, unit, text: short(x) }));
  const others = trace.layers.flatMap(({ a, delta }, layer) => {
    const written = (/** @type {number} */ unit) => {
      if (step.kind === "backward" && progress.backward(layer, unit)) return `δ ${short(delta[unit] ?? NaN)}`;
      const shown = progress.answered && layer === trace.layers.length - 1 ? (answers ?? a) : a;
      return short(shown[unit] ?? NaN);
    };
    return Array.from(a, (_, unit) => unit)
      .filter((unit) => progress.forward(layer, unit) && (!folded || path[layer] === unit))
      .map((unit) => ({ layer, unit, text: written(unit) }));
  });
  return [...inputs, ...others];
}
