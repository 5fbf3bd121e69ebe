/** How large each layer's gradient is, and what shrinks it on its way back. */

import { h, setText } from "../base/dom.js";
import { watch } from "../base/store.js";
import { gradientsOf, gradientWords } from "./gradients.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function gradientsView(root, { store, frames, want }) {
  const sentence = h("p", { class: "inside-sentence", "data-testid": "gradients-sentence" });
  root.append(sentence);
  watch(store, ["insight"], ({ insight }) => {
    want("gradients", { inspect: insight === "gradients" ? { kind: "gradients" } : null });
  });

  return {
    draw() {
      const gradients = frames.latest && gradientsOf(frames.latest);
      if (gradients) setText(sentence, gradientWords(gradients));
    },
  };
}
