/** What layers and their units are called, wherever they are spoken of. Both are counted from 1; outputs as classes are, from 0. */

import { t } from "./words.js";

/** @param {number} layer  0 for the first hidden layer */
export const layerName = (layer) => t("Layer {layer}", { layer: layer + 1 });

/** A hidden unit where its layer is known. @param {number} unit */
export const neuronName = (unit) => t("Neuron {neuron}", { neuron: unit + 1 });

/** A hidden unit wherever it is. @param {number} layer @param {number} unit */
export const unitName = (layer, unit) => t("Layer {layer}, neuron {neuron}", { layer: layer + 1, neuron: unit + 1 });

/** @param {number} unit @param {number} outputs  how many there are: a single one needs no number */
export const outputName = (unit, outputs) => (outputs > 1 ? t("Output {output}", { output: unit }) : t("Output"));
