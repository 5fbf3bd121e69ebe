/** Races to begin with, each with a reason. */

import { h } from "../../base/dom.js";
import { RACES } from "./comparisons.js";
import { makePopover } from "../../ui/popover.js";
import { describe } from "../../ui/tooltip.js";

/** @import {View} from "../../base/types.js" */
/** @import {LandscapeContext} from "../types.js" */
/** @import {Race} from "./comparisons.js" */

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function racesView(root, { race }) {
  const button = h("button", { type: "button", class: "button presets-button", "data-testid": "races" }, "Races");
  describe(button, { title: "Races", text: "Networks that train side by side, each time with a reason and something to look for." });
  const panel = h("div", { class: "popover races", role: "dialog", "aria-label": "Races" },
    h("div", { class: "popover-head" }, h("strong", {}, "Races")),
    h("div", { class: "race-list" }, ...RACES.map((each) => card(each, async () => {
      panel.hidePopover();
      await race.load(each);
    }))));
  makePopover(panel, button, [button]);
  root.append(button, panel);
}

/**
 * @param {Race} race
 * @param {() => void} choose
 */
function card({ name, title, story, look }, choose) {
  return h("button", { type: "button", class: "race-card", "data-testid": `race-${name}`, onclick: choose },
    h("strong", {}, title), h("span", {}, story), h("span", { class: "race-look" }, `Look: ${look}`));
}
