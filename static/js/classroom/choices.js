/** The list of all that a link for class can show, lock or hide: groups, and in each its parts. */

import { h, icon } from "../base/dom.js";
import { CHEVRON } from "../ui/icons.js";
import { createSegments } from "../ui/segments.js";
import { partsIn, treatmentOf, treatmentOfGroup, wordsFor } from "./draft.js";
import { GROUPS } from "./parts.js";
import { t } from "../base/words.js";

/** @import {Classroom} from "../base/types.js" */
/** @import {Treatment} from "./draft.js" */

const TREATMENTS = /** @type {{value: Treatment, label: string}[]} */ ([
  { value: "show", label: t("Show") },
  { value: "lock", label: t("Lock") },
  { value: "hide", label: t("Hide") },
]);

/** @param {(names: string[], treatment: Treatment) => void} choose */
export function createChoices(choose) {
  const groups = GROUPS.map((group) => createGroup(group, choose));
  return {
    element: h("div", { class: "class-groups" }, ...groups.map(({ element }) => element)),
    /** @param {Classroom} classroom */
    update(classroom) {
      for (const { update } of groups) update(classroom);
    },
  };
}

/**
 * @param {import("./parts.js").Group} group
 * @param {(names: string[], treatment: Treatment) => void} choose
 */
function createGroup({ name: group, label }, choose) {
  const parts = partsIn(group);
  const whole = createSegments(
    label,
    TREATMENTS,
    (treatment) =>
      choose(
        parts.map(({ name }) => name),
        treatment,
      ),
    group,
  );
  const rows = parts.map(({ name, label: title }) => {
    const segments = createSegments(title, TREATMENTS, (treatment) => choose([name], treatment), name);
    const element = h("div", { class: "class-row" }, h("span", {}, title, " ", h("code", {}, name)), segments.element);
    return { name, element, segments };
  });
  const words = h("span", { class: "class-words" });
  const list = h("div", { class: "class-parts", hidden: true }, ...rows.map(({ element }) => element));
  const opener = h(
    "button",
    {
      type: "button",
      class: "class-opener",
      "aria-expanded": "false",
      "data-testid": `class-open-${group}`,
      onclick: () => {
        list.hidden = !list.hidden;
        opener.setAttribute("aria-expanded", String(!list.hidden));
      },
    },
    icon(CHEVRON, "chevron"),
    h("strong", {}, label),
    words,
  );
  return {
    element: h("div", { class: "class-group" }, h("div", { class: "class-row" }, opener, whole.element), list),
    /** @param {Classroom} classroom */
    update(classroom) {
      whole.update(/** @type {Treatment} */ (treatmentOfGroup(classroom, group) ?? ""));
      words.textContent = wordsFor(classroom, group);
      for (const { name, segments } of rows) segments.update(treatmentOf(classroom, name));
    },
  };
}
