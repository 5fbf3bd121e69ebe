/** What layers, their units and parameters are called, wherever they are spoken of. Both are counted from 1; outputs as classes are, from 0. */

import { className } from "./data-names.js";
import { t } from "./words.js";

/** @import {Catalog, LayoutEntry, Scene, Spec} from "./types.js" */

/** @param {number} layer  0 for the first hidden layer */
export const layerName = (layer) => t("Layer {layer}", { layer: layer + 1 });

/** A hidden unit where its layer is known. @param {number} unit */
export const neuronName = (unit) => t("Neuron {neuron}", { neuron: unit + 1 });

/** A hidden unit wherever it is. @param {number} layer @param {number} unit */
export const unitName = (layer, unit) => t("Layer {layer}, neuron {neuron}", { layer: layer + 1, neuron: unit + 1 });

/** @param {number} unit @param {number} outputs  how many there are: a single one needs no number */
export const outputName = (unit, outputs) => (outputs > 1 ? t("Output {output}", { output: unit }) : t("Output"));

/**
 * The two ends of a network by name, and how many layers it has, that of the outputs among them.
 *
 * @typedef {{features: readonly string[], layers: number, outputs: readonly string[]}} Ends
 */

/**
 * @param {Spec} spec
 * @param {readonly LayoutEntry[]} layout
 * @param {Scene | null} scene
 * @param {Catalog} catalog
 * @returns {Ends}
 */
export function endsOf({ features = [] }, layout, scene, catalog) {
  const matrices = layout.filter(({ name }) => name.endsWith(".W"));
  return {
    features: features.map((/** @type {string} */ kind) => featureName(kind, catalog)),
    layers: matrices.length,
    outputs: answerNames(matrices.at(-1)?.shape[1] ?? 0, scene?.class_names),
  };
}

/** @param {string} kind @param {Catalog} catalog */
export const featureName = (kind, { families }) =>
  families.features?.find((record) => record.kind === kind)?.label ?? kind;

/**
 * What the outputs answer: one for each class, or a single one.
 *
 * @param {number} count
 * @param {readonly string[]} [classes]  those that have a name
 */
export const answerNames = (count, classes) =>
  count > 1 ? Array.from({ length: count }, (_, label) => className(label, classes)) : [t("output")];

/**
 * A unit where its layer is known; −1 is the layer of the inputs.
 *
 * @param {Ends} ends
 * @param {number} layer
 * @param {number} unit
 */
export function unitWithin({ features, layers, outputs }, layer, unit) {
  if (layer < 0) return features[unit] ?? "";
  return layer < layers - 1 ? t("unit {unit}", { unit: unit + 1 }) : (outputs[unit] ?? "");
}

/**
 * A weight by what it connects, with its layer unless there is only one that it can be in.
 *
 * @param {Ends} ends
 * @param {number} layer
 * @param {number} from
 * @param {number} to
 */
export function linkName(ends, layer, from, to) {
  const isClear = ends.layers < 3 || layer === ends.layers - 1;
  if (isClear) return `${unitWithin(ends, layer - 1, from)} → ${unitWithin(ends, layer, to)}`;
  return t("layer {layer}: {from} → {to}", {
    layer: layer + 1,
    from: layer === 0 ? unitWithin(ends, -1, from) : from + 1,
    to: to + 1,
  });
}

/**
 * @param {string} name  such as "layers.0.W.1.2" or "output.b.0"
 * @param {Ends} ends
 */
export function parameterLabel(name, ends) {
  const [, hidden, kind, ...places] =
    /^(?:layers\.(\d+)|output)\.(W|b|gamma|beta)\.(\d+)(?:\.(\d+))?$/.exec(name) ?? [];
  const layer = hidden === undefined ? ends.layers - 1 : Number(hidden);
  const [first = NaN, second = NaN] = places.map(Number);
  if (kind === "W") return linkName(ends, layer, first, second);
  const isClear = ends.layers < 3 || layer === ends.layers - 1;
  const unit = isClear
    ? unitWithin(ends, layer, first)
    : t("layer {layer}, unit {unit}", { layer: layer + 1, unit: first + 1 });
  switch (kind) {
    case "b":
      return t("bias of {unit}", { unit });
    case "gamma":
      return t("γ of {unit}", { unit });
    case "beta":
      return t("β of {unit}", { unit });
    default:
      return name;
  }
}
