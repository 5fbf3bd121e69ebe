/** What is said to a class: a title, an instruction, and the way to all that is withheld. */

import { h } from "../base/dom.js";
import { renderMarkdown } from "./markdown.js";

/** @import {Classroom} from "../base/types.js" */

/**
 * Writes it into its place, which is gone where nothing is said.
 *
 * @param {HTMLElement} place
 * @param {Classroom} classroom
 * @param {HTMLElement} reveal  shows everything, where the link lets it
 */
export function writeNote(place, classroom, reveal) {
  const { title, text } = classroom;
  const offers = isWithholding(classroom) && classroom.revealable;
  place.hidden = title === "" && text === "" && !offers;
  const page = place.closest(".playground");
  page?.classList.toggle("has-note", !place.hidden);
  page?.classList.toggle("has-text", title !== "" || text !== "");
  place.replaceChildren(
    ...[
      title && h("h2", { "data-testid": "class-title" }, title),
      text && h("div", { class: "class-text", "data-testid": "class-text" }, ...renderMarkdown(text)),
      offers && h("p", {}, reveal),
    ].filter((part) => part instanceof HTMLElement),
  );
}

/** @param {Classroom} classroom */
const isWithholding = ({ hide, lock }) => hide.length + lock.length > 0;
