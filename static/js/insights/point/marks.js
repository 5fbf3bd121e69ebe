/** What a step shows in the diagram: values beside units, the links it is about, and the numbers on them. */

import { short } from "./numbers.js";
import { isFolded, progressOf } from "./steps.js";
import { linksInto } from "./trace.js";

/** @import {Tracing} from "../../base/types.js" */
/** @import {Step} from "./steps.js" */
/** @import {Trace} from "./trace.js" */

/**
 * @param {Step} step
 * @param {Trace} trace
 * @param {number[]} path
 * @returns {Tracing}
 */
export function marksOf(step, trace, path) {
  const units = valuesOf(step, trace, path);
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
 */
function valuesOf(step, trace, path) {
  const progress = progressOf(step, trace);
  const folded = isFolded(trace);
  const inputs = Array.from(trace.layers[0]?.x ?? [], (x, unit) => ({ layer: -1, unit, text: short(x) }));
  const others = trace.layers.flatMap(({ a, delta }, layer) => {
    const written = (/** @type {number} */ unit) => {
      if (step.kind === "backward" && progress.backward(layer, unit)) return `δ ${short(delta[unit] ?? NaN)}`;
      const isAnswer = progress.answered && layer === trace.layers.length - 1 && a.length > 1;
      return short((isAnswer ? trace.probabilities?.[unit] : a[unit]) ?? NaN);
    };
    return Array.from(a, (_, unit) => unit)
      .filter((unit) => progress.forward(layer, unit) && (!folded || path[layer] === unit))
      .map((unit) => ({ layer, unit, text: written(unit) }));
  });
  return [...inputs, ...others];
}
