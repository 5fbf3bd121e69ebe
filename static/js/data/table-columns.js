/** Which column of a table is x1, x2 and the label, and what the labels are. */

import { h } from "../base/dom.js";
import { createSegments } from "../ui/segments.js";
import { describe } from "../ui/tooltip.js";
import { t } from "../base/words.js";

/** @import {Choice, Table} from "./table.js" */

/** @typedef {"x1" | "x2" | "label"} Role */

const ROLES = /** @type {{role: Role, label: string, help: string}[]} */ ([
  { role: "x1", label: "x1", help: t("The column drawn from left to right.") },
  { role: "x2", label: "x2", help: t("The column drawn from bottom to top.") },
  { role: "label", label: t("Label"), help: t("The column to learn.") },
]);

/** @param {(changes: Choice) => void} choose  what a person wants otherwise */
export function createTableColumns(choose) {
  /** @type {Table | null} */
  let shown = null;
  const selects = ROLES.map(({ role, label, help }) => {
    const select = h("select", {
      id: `column-${role}`,
      "data-testid": `column-${role}`,
      onchange: () => choose(swapped(shown, role, Number(select.value))),
    });
    const element = h(
      "div",
      { class: "table-column" },
      h("label", { class: "caption", for: select.id }, label),
      select,
    );
    describe(element, { title: label, text: help });
    return { role, select, element };
  });
  const targets = createSegments(
    t("Label type"),
    [
      { value: "classes", label: t("Classes"), text: t("Each different label is a class, 8 at most.") },
      { value: "numbers", label: t("Numbers"), text: t("The label is a number to learn (regression).") },
    ],
    (target) => choose({ target }),
    "labels-are",
  );
  const header = h("input", {
    type: "checkbox",
    "data-testid": "table-header",
    onchange: () => choose({ header: String(header.checked) }),
  });
  const element = h(
    "div",
    { class: "table-columns", "data-testid": "table-columns", hidden: true },
    h("div", { class: "table-roles" }, ...selects.map((each) => each.element)),
    h("div", { class: "tool-row" }, h("span", { class: "caption" }, t("Label type")), targets.element),
    h("label", { class: "output-option table-header" }, header, t("The first line names the columns")),
  );

  return {
    element,
    /** @param {Table | null} table */
    update(table) {
      shown = table;
      element.hidden = !table || table.columns.length === 0;
      if (!table || element.hidden) return;
      for (const { role, select } of selects) {
        select.replaceChildren(...table.columns.map(({ name }, index) => h("option", { value: String(index) }, name)));
        select.value = String(table[role] ?? 0);
      }
      targets.update(table.target);
      header.checked = table.header !== null;
    },
  };
}

/**
 * The columns with another one for a role: whoever had that one takes what the role had.
 *
 * @param {Table | null} table
 * @param {Role} role
 * @param {number} column
 * @returns {Choice}
 */
function swapped(table, role, column) {
  const now = ROLES.map((each) => ({ role: each.role, column: table?.[each.role] ?? 0 }));
  const former = table?.[role] ?? 0;
  return Object.fromEntries(
    now.map((each) => {
      const next = each.role === role ? column : each.column === column ? former : each.column;
      return [each.role, String(next)];
    }),
  );
}
