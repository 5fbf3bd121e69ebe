/** The strip above the page: what the preset at hand is about. */

import { h, icon } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { CLOSE } from "../../ui/icons.js";
import { describe } from "../../ui/tooltip.js";

/** @import {SearchContext} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function lessonView(root, { store, actions, searches }) {
  const close = h(
    "button",
    {
      type: "button",
      class: "icon-button lesson-close",
      "aria-label": t("Dismiss"),
      "data-testid": "lesson-close",
      onclick: actions.closeLesson,
    },
    icon(CLOSE),
  );
  describe(close, { title: t("Dismiss"), text: t("Hides this note. Your search is not affected.") });
  watch(store, ["lesson"], ({ lesson }) => {
    const preset = searches.find(({ name }) => name === lesson);
    root.hidden = !preset;
    if (!preset) return;
    const part = (/** @type {string} */ title, /** @type {string} */ text, /** @type {string} */ testid) =>
      h("div", {}, h("dt", {}, title), h("dd", { "data-testid": testid }, text));
    root.replaceChildren(
      h("strong", { class: "lesson-title", "data-testid": "lesson-title" }, preset.title),
      h(
        "dl",
        { class: "lesson-text" },
        part(t("What happens"), preset.story, "lesson-story"),
        part(t("Look for"), preset.look, "lesson-look"),
        part(t("Try next"), preset.try_next, "lesson-next"),
      ),
      close,
    );
  });
}
