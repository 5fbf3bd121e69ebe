/** What a panel says above its picture, which is also the name of the picture. */

import { h, setAttribute } from "../base/dom.js";
import { marked, unmarked } from "../base/marked.js";

/** @typedef {{text: string, warn: boolean}} Sentence  what is bold stands between asterisks; warn: it is what is the matter */

/** @param {string} kind  of the panel */
export const createSentence = (kind) => h("p", { class: "inside-sentence", "data-testid": `${kind}-sentence` });

/**
 * @param {HTMLElement} element
 * @param {Sentence} sentence
 * @param {Element} picture
 */
export function say(element, { text, warn }, picture) {
  const plain = unmarked(text);
  element.classList.toggle("is-warning", warn);
  if (element.textContent === plain) return;
  element.replaceChildren(...marked(text, (part) => h("b", {}, part)));
  element.title = plain;
  setAttribute(picture, "aria-label", plain);
}
