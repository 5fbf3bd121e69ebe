/** How large each layer's gradient is, and what shrinks it on its way back. */

import { h } from "../../base/dom.js";
import { sentences, t } from "../../base/words.js";
import { option } from "../../ui/option.js";
import { drawGradients } from "./gradients-picture.js";
import { gradientDetail, gradientsOf, gradientTable, gradientWords } from "./gradients.js";
import { createPanel } from "./panel.js";
import { drawSharpness, ROW } from "./sharpness-picture.js";
import { sharpnessWords } from "./sharpness.js";
import { createTrail } from "./trail.js";

/** @import {Context, Store, View} from "../../base/types.js" */
/** @import {Gradients} from "./gradients.js" */

/** Beside the sharpness, a picture that is less high than this has no room for the updates. */
const FITS = 150;

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function gradientsView(root, context) {
  const trail = createTrail();
  const sharpnesses = createTrail();
  return createPanel(root, context, {
    kind: "gradients",
    title: t("Gradients"),
    read(frame) {
      const gradients = gradientsOf(frame);
      if (gradients) trail.add(frame, gradients.norms);
      if (gradients?.sharpness) {
        const { value, edge } = gradients.sharpness;
        sharpnesses.add(frame, [value ?? NaN, edge ?? NaN]);
      }
      return gradients;
    },
    layers: (/** @type {Gradients} */ { norms }) => norms.length,
    say(gradients, spec) {
      const { text, warn } = gradientWords(gradients, spec);
      const { sharpness, tooLarge } = gradients;
      if (tooLarge) return { text: sentences(t("This network is too large to read its sharpness."), text), warn };
      return sharpness ? { text: sentences(sharpnessWords(sharpness), text), warn } : { text, warn };
    },
    draw(surface, gradients, place, look, spec) {
      const { sharpness } = gradients;
      const rest = sharpness ? { ...place, height: place.height - ROW } : place;
      const updates = rest.height === place.height || rest.height >= FITS;
      drawGradients(surface, { gradients, trail: trail.rows, spec, updates }, rest, look);
      if (sharpness) drawSharpness(surface, sharpness, sharpnesses.rows, place, look);
    },
    tell: gradientDetail,
    table: gradientTable,
    asks: ({ sharpness }) => (sharpness ? { sharpness } : {}),
    controls: [sharpnessOption(context.store)],
  });
}

/**
 * Whether the sharpness is read as well, which takes a worker some milliseconds.
 *
 * @param {Store} store
 */
function sharpnessOption(store) {
  const box = h("input", {
    type: "checkbox",
    "data-testid": "sharpness",
    onchange: () => store.set({ sharpness: box.checked }),
  });
  return option(
    box,
    t("Sharpness"),
    t(
      "λmax, the largest curvature of the loss over all training points (at most 128), beside the edge up to which steps are stable: 2/η for SGD. A few times a second.",
    ),
  );
}
