/** How each layer's weights are spread, and how they were at the start. */

import { createPanel } from "./panel.js";
import { t } from "../../base/words.js";
import { drawWeights } from "./weights-picture.js";
import { weightDetail, weightsOf, weightTable, weightWords } from "./weights.js";

/** @import {Context, View} from "../../base/types.js" */
/** @import {Layer} from "./weights.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export const weightsView = (root, context) =>
  createPanel(root, context, {
    kind: "weights",
    title: t("Weights"),
    read: weightsOf,
    layers: (/** @type {Layer[]} */ layers) => layers.length,
    say: weightWords,
    draw: drawWeights,
    tell: weightDetail,
    table: weightTable,
  });
