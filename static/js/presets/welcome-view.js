/** Where a newcomer may begin: one story, and all of them. It stands last in its column, so that nothing moves when it goes. */

import { h, icon } from "../base/dom.js";
import { remember } from "../base/page.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { CLOSE } from "../ui/icons.js";
import { t, tn } from "../base/words.js";

/** @import {Context, View} from "../base/types.js" */

const WELCOMED = "welcomed";

/** Where a newcomer may begin. */
const FIRST = "spiral";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function welcomeView(root, { store, actions, presets: { presets } }) {
  const first = presets.find(({ name }) => name === FIRST);
  let welcome = location.hash.length < 2 && !wasWelcomed();
  const show = () => {
    // Who has chosen a preset needs no invitation any more.
    if (store.get().lesson !== null) welcome = false;
    root.hidden = !welcome;
    root.replaceChildren(...(welcome ? invitation() : []));
  };
  const invitation = () => {
    const begin = h(
      "button",
      {
        type: "button",
        class: "link-button",
        "data-testid": "welcome-first",
        onclick: () => first && actions.loadPreset(first),
      },
      t("Watch a network untangle a spiral"),
    );
    describe(begin, { title: first?.title ?? "", text: first?.story ?? "", effect: "restart" });
    const all = h(
      "button",
      {
        type: "button",
        class: "link-button",
        "data-testid": "welcome-all",
        onclick: () => actions.browsePresets(true),
      },
      tn("All {count} preset", "All {count} presets", presets.length),
    );
    describe(all, {
      title: t("All presets"),
      text: t("Opens the gallery: every preset with a picture and what happens in it."),
    });
    const dismiss = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t("Dismiss"),
        "data-testid": "welcome-close",
        onclick: () => {
          remember(WELCOMED, "yes");
          welcome = false;
          show();
        },
      },
      icon(CLOSE),
    );
    describe(dismiss, { title: t("Dismiss"), text: t("Hides this note. Your run is not affected.") });
    return [
      h("p", { "data-testid": "welcome" }, h("strong", {}, t("New here?")), " ", begin),
      h("p", { class: "welcome-more" }, all),
      dismiss,
    ];
  };
  watch(store, ["lesson"], show);
}

function wasWelcomed() {
  try {
    return localStorage.getItem(WELCOMED) !== null;
  } catch {
    return false;
  }
}
