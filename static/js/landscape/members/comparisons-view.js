/** Comparisons to begin with, each with a reason. */

import { h } from "../../base/dom.js";
import { makePopover } from "../../ui/popover.js";
import { describe } from "../../ui/tooltip.js";
import { t } from "../../base/words.js";

/** @import {View} from "../../base/types.js" */
/** @import {Comparison, LandscapeContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function racesView(root, { race, comparisons }) {
  const button = h(
    "button",
    { type: "button", class: "button presets-button", "data-testid": "races" },
    h("span", { class: "button-name" }, t("Comparisons")),
  );
  describe(button, {
    title: t("Comparisons"),
    text: t("Networks that train side by side: each comparison has a reason and something to look for."),
  });
  const panel = h(
    "div",
    { class: "popover races", role: "dialog", "aria-label": t("Comparisons") },
    h("div", { class: "popover-head" }, h("strong", {}, t("Comparisons"))),
    h(
      "div",
      { class: "race-list" },
      ...comparisons.map((each) =>
        card(each, async () => {
          panel.hidePopover();
          await race.load(each);
        }),
      ),
    ),
  );
  makePopover(panel, button, [button]);
  root.append(button, panel);
}

/**
 * @param {Comparison} comparison
 * @param {() => void} choose
 */
function card({ name, title, story, look }, choose) {
  return h(
    "button",
    { type: "button", class: "race-card", "data-testid": `race-${name}`, onclick: choose },
    h("strong", {}, title),
    h("span", {}, story),
    h("span", { class: "race-look" }, t("Look: {look}", { look })),
  );
}
