/** Whom the strategy meets, how often, and whether a grid is moved in each duel. */

import { h } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { numberField } from "../../settings/number-field.js";
import { option } from "../../ui/option.js";
import { createField, wrongAt } from "../field.js";
import { movedIfGrid, strategyOf } from "../space.js";

/** @import {SearchContext} from "../types.js" */

const MOST = 200;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function duelSettingsView(root, { store, actions, catalog }) {
  const records = catalog.families.strategies ?? [];
  const select = h(
    "select",
    {
      "data-testid": "search-against",
      onchange: () => actions.setDuel({ against: movedIfGrid(strategyOf(catalog, select.value)) }),
    },
    ...records.map(({ kind, label }) => h("option", { value: kind }, label)),
  );
  const against = createField(select, {
    id: "against",
    label: t("Against"),
    text: t("The other strategy: it has the same settings, ranges and budget."),
  });
  const input = h("input", { "data-testid": "duel-count" });
  const duels = createField(input, {
    id: "duels",
    label: t("Duels"),
    text: t("How often they meet, each time with other seeds. One duel can go either way; sixty can tell."),
    inline: true,
  });
  const number = numberField(input, {
    rule: { type: "integer", minimum: 1, maximum: MOST },
    error: duels.error,
    take: (value) => actions.setDuel({ duels: value }),
    next: (value, direction) => value + direction,
  });
  const moved = h("input", {
    type: "checkbox",
    "data-testid": "duel-shift",
    onchange: () => actions.moveGrid(moved.checked),
  });
  const shift = option(
    moved,
    t("Move the grid in each duel"),
    t("By chance, inside its cells. A grid that stays in its place wins or loses by where its columns happen to fall."),
  );
  root.append(h("div", { class: "field-list" }, against.element, duels.element, shift));
  watch(store, ["mode"], ({ mode }) => {
    const panel = root.closest("section");
    if (panel) panel.hidden = mode !== "duel";
  });
  watch(store, ["search", "against", "duels", "faults"], ({ search, against: other, duels: count, faults }) => {
    select.value = other.kind;
    number.show(count);
    const grids = [search.strategy, other].filter(({ kind }) => kind === "grid");
    shift.hidden = grids.length === 0;
    moved.checked = grids.every((grid) => grid.shift);
    against.complain(wrongAt(faults, (path) => path.startsWith("against")));
    const sentence = wrongAt(faults, (path) => path === "duels");
    if (sentence || faults.length === 0) number.complain(sentence);
  });
}
