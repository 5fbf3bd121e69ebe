/** What the race at hand is about, until its networks are others. */

import { h } from "../base/dom.js";
import { watch } from "../base/store.js";
import { closeButton } from "../ui/close-button.js";
import { t } from "../base/words.js";

/** @import {View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function storyView(root, { store, actions, comparisons }) {
  const title = h("strong", {});
  const text = h("span", {});
  const close = closeButton(t("Close"), actions.closeLesson);
  root.append(h("p", {}, title, " ", text), close);

  watch(store, ["lesson", "members", "run"], ({ lesson, members }) => {
    const race = comparisons.find(({ name }) => name === lesson);
    root.hidden = !race || JSON.stringify(race.members) !== JSON.stringify(members);
    title.textContent = race ? t("{title}.", { title: race.title }) : "";
    text.textContent = race?.look ?? "";
  });
}
