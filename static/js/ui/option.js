/** A box to tick, with what it does in a tip. */

import { h } from "../base/dom.js";
import { describe } from "./tooltip.js";

/**
 * @param {HTMLInputElement} box
 * @param {string} title
 * @param {string} text
 */
export function option(box, title, text) {
  const element = h("label", { class: "output-option" }, box, title);
  describe(element, { title, text });
  return element;
}
