/** Numbers of one point as text, and what its units and links are called. */

import { className } from "../../base/data-names.js";
import { ABSENT, minus, significant, wholePercent } from "../../base/format.js";
import { answerNames, featureName, linkName, unitWithin } from "../../base/unit-names.js";
import { t } from "../../base/words.js";

/** @import {Catalog, Scene} from "../../base/types.js" */
/** @import {Trace} from "./trace.js" */

/** From here on a number is written beside a power of ten where it has two decimals else. */
const LARGE = 1e4;
const SMALL = 0.005;

/**
 * Two decimals, or two digits where these would be none.
 *
 * @param {number} value
 */
export function short(value) {
  if (!Number.isFinite(value)) return ABSENT;
  const size = Math.abs(value);
  return size !== 0 && (size < SMALL || size >= LARGE) ? significant(value, 2) : minus(value.toFixed(2));
}

/**
 * Six decimals, so that one sees how far two numbers agree.
 *
 * @param {number} value
 */
export function exact(value) {
  if (!Number.isFinite(value)) return ABSENT;
  return Math.abs(value) >= LARGE ? significant(value, 6) : minus(value.toFixed(6));
}

/** @param {number} value  0 to 1 */
export function percent(value) {
  if (!Number.isFinite(value)) return ABSENT;
  const share = 100 * value;
  if (share > 0 && share < 1) return t("under 1 %");
  return share > 99 && share < 100 ? t("over 99 %") : wholePercent(value);
}

/** The base of a logarithm, and what is measured with it. */
export const BASES = { nats: { log: "ln", size: 1 }, bits: { log: "log₂", size: Math.LN2 } };

/** @typedef {keyof typeof BASES} Base */

/** @param {Base} base */
export const unitOf = (base) => (base === "nats" ? t("nats") : t("bits"));

/**
 * @typedef {object} Names
 * @property {(layer: number, unit: number) => string} unit  −1 is the layer of the inputs
 * @property {(layer: number, unit: number) => string} title  the same at the head of a sentence
 * @property {(layer: number, from: number, to: number) => string} link
 * @property {(layer: number) => string} activation
 * @property {(label: number) => string} label  of a class, or the number itself
 */

/**
 * @param {Trace} trace
 * @param {Scene | null} scene
 * @param {Catalog} catalog
 * @returns {Names}
 */
export function namesOf({ layers, features, output, probabilities }, scene, catalog) {
  const ends = {
    features: features.map((kind) => featureName(kind, catalog)),
    layers: layers.length,
    outputs: answerNames(output.length, scene?.class_names),
  };
  const activation = (/** @type {string | undefined} */ kind) =>
    catalog.families.activations?.find((record) => record.kind === kind)?.label ?? kind ?? "";
  const label = (/** @type {number} */ value) => (probabilities ? className(value, scene?.class_names) : short(value));
  const unit = (/** @type {number} */ layer, /** @type {number} */ place) => unitWithin(ends, layer, place);
  return {
    label,
    unit,
    title(layer, place) {
      if (layer >= 0 && layer < layers.length - 1) return t("Unit {unit}", { unit: place + 1 });
      return layer < 0 || output.length > 1 ? unit(layer, place) : t("Output");
    },
    activation: (layer) => activation(layers[layer]?.activation),
    link: (layer, from, to) => linkName(ends, layer, from, to),
  };
}
