/** How each layer's weights are spread, now and at the start; and two of them with what a penalty does to them. */

import { t } from "../../base/words.js";
import { createPenalty } from "../pair/penalty.js";
import { readLook } from "./look.js";
import { createPanel } from "./panel.js";
import { drawWeights } from "./weights-picture.js";
import { weightDetail, weightsOf, weightTable, weightWords } from "./weights.js";

/** @import {Context, View} from "../../base/types.js" */
/** @import {Layer} from "./weights.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function weightsView(root, context) {
  const penalty = createPenalty(context, readLook);
  return createPanel(root, context, {
    kind: "weights",
    title: t("Weights"),
    read(frame) {
      penalty.draw(frame);
      return weightsOf(frame);
    },
    layers: (/** @type {Layer[]} */ { length }) => length,
    say: (layers) => {
      const text = penalty.words();
      return text ? { text, warn: false } : weightWords(layers);
    },
    draw(surface, layers, place, look) {
      if (!penalty.drawInside(surface, place)) drawWeights(surface, layers, place, look);
    },
    tell: weightDetail,
    table: weightTable,
    asks: ({ pair }) => (pair ? { pair } : {}),
    controls: [penalty.button],
    saved: penalty.saved,
  });
}
