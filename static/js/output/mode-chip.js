/** Says on the map that it shows the network as in training, and leads back to evaluation. */

import { h, icon } from "../base/dom.js";
import { t, tn } from "../base/words.js";
import { CLOSE } from "../ui/icons.js";
import { describe } from "../ui/tooltip.js";

/** @import {Frame} from "../base/types.js" */

/**
 * What a picture of the map says, too.
 *
 * @param {number} count  of how many points the mini-batch is
 */
export const modeText = (count) => tn("As in training, {count} point", "As in training, {count} points", count);

/** @param {() => void} evaluate */
export function createModeChip(evaluate) {
  const text = h("span");
  const element = h(
    "button",
    { type: "button", class: "output-mode", "data-testid": "mode-chip", hidden: true, onclick: evaluate },
    text,
    icon(CLOSE),
  );
  describe(element, {
    title: t("Back to evaluation"),
    text: t(
      "The map and the neurons are those of the next update: batch norm with the statistics of its mini-batch, dropout with the mask of its first point. Loss and accuracy stay those of evaluation.",
    ),
  });
  /** @type {number | undefined} */
  let shown;
  return {
    element,
    /** @param {Frame} frame */
    show({ training: count }) {
      if (count === shown) return;
      shown = count;
      element.hidden = count === undefined;
      if (count === undefined) return;
      text.textContent = modeText(count);
    },
  };
}
