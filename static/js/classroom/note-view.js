/** What a link says to the class, before everything else. */

import { h } from "../base/dom.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";
import { writeNote } from "./note.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function classNoteView(root, { store }) {
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
    const { revealed } = classroom;
    reveal.textContent = revealed ? t("As in the link") : t("Show everything");
    describe(reveal, {
      title: reveal.textContent,
      text: revealed
        ? t("Hides and locks again what this link hides and locks.")
        : t("Shows and unlocks everything that this link hides or locks. Your run is not affected."),
    });
    writeNote(root, classroom, reveal);
  });
}
