/** The cross that shuts a panel or takes a card away. */

import { h, icon } from "../base/dom.js";
import { CLOSE } from "./icons.js";

/**
 * @param {string} label  what it does, for those who do not see the cross
 * @param {() => void} [press]  not needed where a popover is shut
 */
export const closeButton = (label, press) =>
  h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, ...(press && { onclick: press }) },
    icon(CLOSE),
  );
