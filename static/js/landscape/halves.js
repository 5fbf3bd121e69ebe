/** A choice of the points whose loss is shown: those that are trained on, or those kept back, where there are any. */

import { h } from "../base/dom.js";
import { describe } from "../ui/tooltip.js";
import { sentences, t } from "../base/words.js";

/** @import {Spec} from "../base/types.js" */

/** @typedef {"train" | "test"} Half */

const NONE_KEPT = t("All points train the network, so there are none to test on: the training share is 100 %.");

/** @param {Spec} spec */
export const hasTestPoints = (spec) => spec.data.train_share < 1;

/**
 * @param {{[attribute: string]: unknown}} attributes
 */
export function halfSelect(attributes) {
  const test = h("option", { value: "test" }, t("Test"));
  const element = h("select", attributes, h("option", { value: "train" }, t("Training")), test);
  return {
    element,
    value: () => /** @type {Half} */ (element.value),
    /**
     * Offers the test points where there are any, and says why not where there are none.
     *
     * @param {Spec} spec
     * @param {HTMLElement} described  what bears the explanation
     * @param {{title: string, text: string}} tip
     */
    offer(spec, described, { title, text }) {
      test.disabled = !hasTestPoints(spec);
      describe(described, { title, text: sentences(text, test.disabled && NONE_KEPT) });
    },
  };
}
