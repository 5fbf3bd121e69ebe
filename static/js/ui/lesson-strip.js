/** The strip above a page: what the preset at hand is about. */

import { h, icon } from "../base/dom.js";
import { t } from "../base/words.js";
import { CLOSE } from "./icons.js";
import { describe } from "./tooltip.js";

/** @typedef {{title: string, story: string, look: string, try_next: string}} Told */

/**
 * @param {HTMLElement} root
 * @param {string} text  what becomes of the page when the strip is closed
 * @param {() => void} close
 */
export function createLessonStrip(root, text, close) {
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button lesson-close",
      "aria-label": t("Dismiss"),
      "data-testid": "lesson-close",
      onclick: close,
    },
    icon(CLOSE),
  );
  describe(button, { title: t("Dismiss"), text });
  return {
    /** @param {Told | undefined} preset  none, and the strip is gone */
    show(preset) {
      root.hidden = !preset;
      if (!preset) return;
      root.replaceChildren(
        h("strong", { class: "lesson-title", "data-testid": "lesson-title" }, preset.title),
        h(
          "dl",
          { class: "lesson-text" },
          part(t("What happens"), preset.story, "lesson-story"),
          part(t("Look for"), preset.look, "lesson-look"),
          part(t("Try next"), preset.try_next, "lesson-next"),
        ),
        button,
      );
    },
  };
}

/** @param {string} title @param {string} text @param {string} testid */
const part = (title, text, testid) => h("div", {}, h("dt", {}, title), h("dd", { "data-testid": testid }, text));
