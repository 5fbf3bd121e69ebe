/** How a search goes: its strategy, its budget, the starts of each trial, and by what trials are judged. */

import { h, setText } from "../base/dom.js";
import { whole } from "../base/format.js";
import { numberField } from "../settings/number-field.js";
import { createSegments } from "../ui/segments.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t, tn } from "../base/words.js";
import { createField, wrongAt } from "./field.js";
import { searchKnobs, strategyOf } from "./space.js";

/** @import {Knob} from "../base/types.js" */
/** @import {Search, SearchContext} from "./types.js" */

/** What is seldom changed is out of sight. */
const MORE = ["score", "validation_share", "search_seed"];
const SCORES = /** @type {{[score: string]: string}} */ ({ loss: t("Loss"), error: t("Share misclassified") });

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function howView(root, context) {
  const { store, catalog } = context;
  const fields = searchKnobs(catalog).map((knob) => {
    const { name } = knob;
    const part =
      knob.type === "choice"
        ? choiceOf(context, knob)
        : name === "seeds"
          ? startsOf(context, knob)
          : numberOf(context, knob);
    return { name, ...part };
  });
  const paid = h("p", { class: "hint", "data-testid": "search-paid" });
  const more = h("details", { class: "more", "data-testid": "search-more" }, h("summary", {}, t("Judging and chance")));
  const seen = fields.filter(({ name }) => !MORE.includes(name)).map(({ element }) => element);
  more.append(
    h(
      "div",
      { class: "field-list" },
      ...fields.filter(({ name }) => MORE.includes(name)).map(({ element }) => element),
    ),
  );
  root.append(strategyPart(context), ...seen, paid, more);
  watch(store, ["search", "faults"], ({ search, faults }) => {
    for (const { update } of fields) update(search, faults);
    const count = Math.floor(search.budget / search.updates);
    setText(
      paid,
      tn("Pays for {count} network trained to the end.", "Pays for {count} networks trained to the end.", count, {
        count: whole(count),
      }),
    );
    if (faults.some(({ path }) => MORE.includes(path))) more.open = true;
  });
}

/** @param {SearchContext} context */
function strategyPart({ store, actions, catalog }) {
  const records = catalog.families.strategies ?? [];
  const select = h(
    "select",
    { "data-testid": "search-strategy", onchange: () => actions.set({ strategy: strategyOf(catalog, select.value) }) },
    ...records.map(({ kind, label }) => h("option", { value: kind }, label)),
  );
  const field = createField(select, {
    id: "strategy",
    label: t("Strategy"),
    text: t("How the settings to try are chosen."),
  });
  const help = h("p", { class: "hint search-help" });
  watch(store, ["search", "faults"], ({ search: { strategy }, faults }) => {
    select.value = strategy.kind;
    const record = records.find(({ kind }) => kind === strategy.kind);
    setText(help, record?.help ?? "");
    describe(field.element, {
      title: record?.label,
      text: record?.help ?? "",
      formula: record?.formula,
      legend: record?.legend,
    });
    field.complain(wrongAt(faults, (path) => path.startsWith("strategy")));
  });
  return h("div", { class: "field-list" }, field.element, help);
}

/** @typedef {{element: HTMLElement, update: (search: Search, faults: readonly import("./types.js").Problem[]) => void}} Part */

/**
 * @param {SearchContext} context
 * @param {Knob} knob
 * @returns {Part}
 */
function numberOf({ actions }, { name, label, help, type, minimum, maximum, scale, step }) {
  const key = /** @type {"budget"} */ (name);
  const input = h("input", { "data-testid": `search-${name.replaceAll("_", "-")}` });
  const field = createField(input, { id: name, label, text: help, inline: true });
  const number = numberField(input, {
    rule: { type, minimum, maximum },
    error: field.error,
    take: (value) => actions.set({ [key]: value }),
    next: (value, direction) => (scale === "log" ? value * 2 ** direction : value + direction * (step ?? 1)),
  });
  return {
    element: field.element,
    update(search, faults) {
      number.show(search[key]);
      const sentence = wrongAt(faults, (path) => path === name);
      if (sentence || faults.length === 0) number.complain(sentence);
    },
  };
}

/**
 * @param {SearchContext} context
 * @param {Knob} knob
 * @returns {Part}
 */
function choiceOf({ actions }, { name, label, help, choices }) {
  const select = h(
    "select",
    {
      "data-testid": `search-${name}`,
      onchange: () => actions.set({ score: /** @type {Search["score"]} */ (select.value) }),
    },
    ...(choices ?? []).map((value) => h("option", { value }, SCORES[value] ?? value)),
  );
  const field = createField(select, { id: name, label, text: help, inline: true });
  return {
    element: field.element,
    update({ score }, faults) {
      select.value = score;
      field.complain(wrongAt(faults, (path) => path === name));
    },
  };
}

/**
 * @param {SearchContext} context
 * @param {Knob} knob
 * @returns {Part}
 */
function startsOf({ actions }, { name, help, choices }) {
  const segments = createSegments(
    t("Starts"),
    (choices ?? []).map((value) => ({ value: String(value), label: String(value) })),
    (value) => actions.set({ seeds: Number(value) }),
    "starts",
  );
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const element = h(
    "div",
    { class: "field field-inline" },
    h("span", { class: "caption" }, t("Starts")),
    segments.element,
    error,
  );
  describe(element, { title: t("Starts"), text: help });
  return {
    element,
    update({ seeds }, faults) {
      segments.update(String(seeds));
      const sentence = wrongAt(faults, (path) => path === name);
      setText(error, sentence);
      error.hidden = sentence === "";
    },
  };
}
