/** The cross that takes a card away. */

import { h, icon } from "../base/dom.js";

const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/** @param {() => void} dismiss */
export function closeButton(dismiss) {
  return h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: dismiss },
    icon(CLOSE));
}
