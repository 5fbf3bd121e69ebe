/** How large each layer's gradient is, and what shrinks it on its way back. */

import { t } from "../../base/words.js";
import { drawGradients } from "./gradients-picture.js";
import { gradientDetail, gradientsOf, gradientTable, gradientWords } from "./gradients.js";
import { createPanel } from "./panel.js";
import { createTrail } from "./trail.js";

/** @import {Context, View} from "../../base/types.js" */
/** @import {Gradients} from "./gradients.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function gradientsView(root, context) {
  const trail = createTrail();
  return createPanel(root, context, {
    kind: "gradients",
    title: t("Gradients"),
    read(frame) {
      const gradients = gradientsOf(frame);
      if (gradients) trail.add(frame, gradients.norms);
      return gradients;
    },
    layers: (/** @type {Gradients} */ { norms }) => norms.length,
    say: gradientWords,
    draw: (surface, gradients, place, look, spec) =>
      drawGradients(surface, { gradients, trail: trail.rows, spec }, place, look),
    tell: gradientDetail,
    table: gradientTable,
  });
}
