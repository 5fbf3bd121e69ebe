/** The button that keeps a trial in sight, and lets it go again: what a press on its dot and Escape do. */

import { h, setText } from "../../base/dom.js";
import { t } from "../../base/words.js";
import { describe } from "../../ui/tooltip.js";

/** @import {SearchActions} from "../types.js" */

/** @param {Pick<SearchActions, "choose">} actions */
export function createPin({ choose }) {
  /** @type {number | null} */
  let shown = null;
  let isPinned = false;
  const element = h("button", {
    type: "button",
    class: "button search-pin",
    "data-testid": "search-pin",
    onclick: () => choose(isPinned ? null : shown),
  });
  describe(element, {
    title: t("Pin"),
    text: t(
      "Keeps this trial here, in all pictures and in the address, until it is let go. A press on its dot does the same.",
    ),
  });
  return {
    element,
    /**
     * @param {number | null} number  of the trial in the card
     * @param {number | null} pinned
     */
    update(number, pinned) {
      shown = number;
      isPinned = number !== null && number === pinned;
      setText(element, isPinned ? t("Let go") : t("Pin"));
      element.setAttribute("aria-pressed", String(isPinned));
    },
  };
}
