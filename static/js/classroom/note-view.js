/** What a link says to the class, before everything else: a title, an instruction, and the way to all that it hides. */

import { h } from "../base/dom.js";
import { renderMarkdown } from "./markdown.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Classroom, Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function classNoteView(root, { store }) {
  const playground = root.closest(".playground");
  const reveal = h("button", {
    type: "button",
    class: "link-button",
    "data-testid": "show-everything",
    onclick: () => {
      const { classroom } = store.get();
      store.set({ classroom: { ...classroom, revealed: !classroom.revealed } });
    },
  });
  watch(store, ["classroom"], ({ classroom }) => {
    const { title, text, revealed } = classroom;
    const offers = isWithholding(classroom) && classroom.revealable;
    root.hidden = title === "" && text === "" && !offers;
    playground?.classList.toggle("has-note", !root.hidden);
    playground?.classList.toggle("has-text", title !== "" || text !== "");
    reveal.textContent = revealed ? t("As in the link") : t("Show everything");
    describe(reveal, {
      title: reveal.textContent,
      text: revealed
        ? t("Hides and locks again what this link hides and locks.")
        : t("Shows and unlocks everything that this link hides or locks. Your run is not affected."),
    });
    root.replaceChildren(
      ...[
        title && h("h2", { "data-testid": "class-title" }, title),
        text && h("div", { class: "class-text", "data-testid": "class-text" }, ...renderMarkdown(text)),
        offers && h("p", {}, reveal),
      ].filter((part) => part instanceof HTMLElement),
    );
  });
}

/** @param {Classroom} classroom */
const isWithholding = ({ hide, lock }) => hide.length + lock.length > 0;
