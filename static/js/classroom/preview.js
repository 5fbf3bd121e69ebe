/** The parts of the page where they stand, and what is said to the class. A press treats a part. */

import { h } from "../base/dom.js";
import { renderMarkdown } from "./markdown.js";
import { after, partsIn, treatmentOf } from "./draft.js";
import { GROUPS } from "./parts.js";
import { t } from "../base/words.js";

/** @import {Classroom} from "../base/types.js" */
/** @import {Treatment} from "./draft.js" */

const SAID = { show: t("shown"), lock: t("locked"), hide: t("hidden") };

/** @param {(names: string[], treatment: Treatment) => void} choose */
export function createPreview(choose) {
  const title = h("strong", { class: "preview-title" });
  const text = h("div", { class: "class-text" });
  const reveal = h("span", { class: "preview-reveal" }, t("Show everything"));
  /** @type {Classroom} */
  let shown;
  const chips = GROUPS.map(({ name: group }) =>
    partsIn(group).map(({ name, label }) => {
      const element = h(
        "button",
        {
          type: "button",
          class: "preview-part",
          "data-testid": `preview-${name}`,
          onclick: () => choose([name], after(treatmentOf(shown, name))),
        },
        label,
      );
      return { name, label, element };
    }),
  );
  const areas = GROUPS.map(({ name, label }, index) =>
    h(
      "section",
      { class: "preview-area", "data-area": name, "aria-label": label },
      ...(chips[index] ?? []).map(({ element }) => element),
    ),
  );
  return {
    element: h(
      "div",
      { class: "class-preview", "data-testid": "class-preview" },
      ...areas,
      h("div", { class: "preview-note" }, title, text, reveal),
    ),
    /** @param {Classroom} classroom */
    update(classroom) {
      shown = classroom;
      title.textContent = classroom.title;
      title.hidden = classroom.title === "";
      text.replaceChildren(...renderMarkdown(classroom.text));
      reveal.hidden = !classroom.revealable || classroom.hide.length + classroom.lock.length === 0;
      for (const { name, label, element } of chips.flat()) {
        const treatment = treatmentOf(classroom, name);
        element.dataset.treatment = treatment;
        element.setAttribute("aria-label", t("{part}: {treatment}", { part: label, treatment: SAID[treatment] }));
      }
    },
  };
}
