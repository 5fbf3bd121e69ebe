/** A few choices side by side, one of which holds. */

import { h } from "../base/dom.js";
import { describe } from "./tooltip.js";

let groups = 0;

/**
 * @template {string} V
 * @param {string} label
 * @param {{value: V, label: string, text?: string}[]} options
 * @param {(value: V) => void} choose
 * @param {string} id  what tests and scripts know it by
 */
export function createSegments(label, options, choose, id) {
  const name = `segments-${++groups}`;
  const inputs = options.map(({ value }) =>
    h("input", {
      type: "radio",
      name,
      value,
      class: "visually-hidden",
      "data-testid": `${id}-${value}`,
      onchange: () => choose(value),
    }),
  );
  const element = h(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": label },
    ...options.map(({ label: title, text }, index) => {
      const segment = h("label", { class: "segment" }, inputs[index], h("span", {}, title));
      if (text) describe(segment, { title, text });
      return segment;
    }),
  );
  return {
    element,
    /** @param {V} value */
    update(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}
