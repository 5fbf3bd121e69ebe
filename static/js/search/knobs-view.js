/** The settings that are searched: which they are, and from where to where or which values. */

import { h } from "../base/dom.js";
import { wholeSpec } from "../settings/minimal-spec.js";
import { numberField } from "../settings/number-field.js";
import { settingName } from "../settings/names.js";
import { placeAt } from "../settings/paths.js";
import { closeButton } from "../ui/close-button.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { sentences, t, tc } from "../base/words.js";
import { createField, wrongAt } from "./field.js";
import { isList, knobOf, searchable } from "./space.js";

/** @import {Problem, SearchContext, SearchKnob} from "./types.js" */

const MOST = 6;

/** So many signs a field has room for. */
const ROOM = 7;

/** From one power of ten to the next. */
const STEPS = [1, 2, 5];

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function knobsView(root, context) {
  const { store, actions, catalog } = context;
  const list = h("div", { class: "search-knobs" });
  const add = h(
    "button",
    { type: "button", class: "text-button", "data-testid": "search-add-knob" },
    t("Add a setting"),
  );
  describe(add, {
    title: t("Add a setting"),
    text: t("One more setting that trials differ in; a search has up to six."),
  });
  // What is wrong with the settings together, and with none of them alone.
  const error = h("p", { class: "field-error", role: "alert", "data-testid": "search-knobs-wrong", hidden: true });
  root.append(list, error, add);

  const whole = () => wholeSpec(store.get().search.base, catalog);
  const free = () => {
    const taken = store.get().search.knobs.map(({ path }) => path);
    return searchable(whole(), catalog).filter((path) => !taken.includes(path));
  };
  add.addEventListener("click", () => {
    const [path] = free();
    const { knobs } = store.get().search;
    if (path) actions.set({ knobs: [...knobs, knobOf(path, whole(), catalog)] });
  });

  /** @type {ReturnType<typeof createKnob>[]} */
  let rows = [];
  let shape = "";
  watch(store, ["search", "faults"], ({ search: { knobs }, faults }) => {
    const paths = free();
    // A row is made anew only where the settings themselves are others: what is being typed stays.
    const now = JSON.stringify([knobs.map((knob) => [knob.path, isList(knob)]), paths]);
    if (now !== shape) {
      shape = now;
      rows = knobs.map((knob, index) => createKnob(context, knob, index, paths));
      list.replaceChildren(...rows.map(({ element }) => element));
      add.hidden = knobs.length >= MOST || paths.length === 0;
    }
    rows.forEach((row, index) => {
      const knob = knobs[index];
      if (knob) row.update(knob, faults);
    });
    const wrong = faults.filter(({ path }) => path === "knobs");
    error.textContent = sentences(...wrong.map(({ allowed }) => t("Allowed: {allowed}.", { allowed })));
    error.hidden = wrong.length === 0;
  });
}

/**
 * @param {SearchContext} context
 * @param {SearchKnob} knob
 * @param {number} index
 * @param {string[]} free  what else it could be
 */
function createKnob({ store, actions, catalog }, knob, index, free) {
  const name = settingName(knob.path, catalog);
  const where = `knobs.${index}`;
  const put = (/** @type {SearchKnob} */ next) => actions.set({ knobs: store.get().search.knobs.with(index, next) });
  const now = () => store.get().search.knobs[index] ?? knob;
  const options = [knob.path, ...free].map((path) => h("option", { value: path }, settingName(path, catalog)));
  const choice = h(
    "select",
    {
      "aria-label": t("Setting {number}", { number: index + 1 }),
      "data-testid": `search-knob-${index}`,
      onchange: () => put(knobOf(choice.value, wholeSpec(store.get().search.base, catalog), catalog)),
    },
    ...options,
  );
  const remove = closeButton(t("Do not search {name}", { name }), () =>
    actions.set({ knobs: store.get().search.knobs.toSpliced(index, 1) }),
  );
  remove.dataset.testid = `search-remove-${index}`;
  remove.hidden = store.get().search.knobs.length < 2;
  const error = h("p", { class: "field-error", id: `wrong-${where}`, role: "alert", hidden: true });
  const editor = isList(knob) ? valuesEditor(index, name, now, put) : rangeEditor(index, name, now, put, catalog);
  return {
    element: h(
      "div",
      { class: "search-knob", role: "group", "aria-label": name },
      h("div", { class: "search-knob-head" }, choice, remove),
      editor.element,
      error,
    ),
    /** @param {SearchKnob} next @param {readonly Problem[]} faults */
    update(next, faults) {
      editor.update(next, faults);
      const sentence = wrongAt(
        faults,
        (path) => path === where || path === `${where}.path` || path === `${where}.scale`,
      );
      error.textContent = sentence;
      error.hidden = sentence === "";
    },
  };
}

/**
 * @param {number} index
 * @param {string} name
 * @param {() => SearchKnob} now
 * @param {(knob: SearchKnob) => void} put
 * @param {SearchContext["catalog"]} catalog
 */
function rangeEditor(index, name, now, put, catalog) {
  const { path } = now();
  const own = placeAt(path, catalog)?.knob;
  const rule = { type: own?.type ?? "number", minimum: own?.minimum ?? null, maximum: own?.maximum ?? null };
  const scaleOf = (/** @type {SearchKnob} */ knob) => (isList(knob) ? undefined : knob.scale) ?? own?.scale ?? "linear";
  /** A step on a logarithmic scale is from 1 to 2 to 5 to 10. @param {number} value @param {number} direction */
  const next = (value, direction) => {
    if (scaleOf(now()) === "linear" || value <= 0) return value + direction * (own?.step ?? 1);
    const at = Math.round(STEPS.length * Math.log10(value)) + direction;
    const power = Math.floor(at / STEPS.length);
    return Number(((STEPS[at - STEPS.length * power] ?? 1) * 10 ** power).toPrecision(12));
  };
  const ends = /** @type {const} */ (["low", "high"]).map((end) => {
    const id = `knobs.${index}.${end}`;
    const input = h("input", {
      "data-testid": `search-${end}-${index}`,
      "aria-label": end === "low" ? t("{name}, from", { name }) : t("{name}, to", { name }),
    });
    const field = createField(input, {
      id,
      label: end === "low" ? t("From") : t("To"),
      text: end === "low" ? t("The smallest value that is tried.") : t("The largest value that is tried."),
    });
    const take = (/** @type {number} */ value) => put(/** @type {SearchKnob} */ ({ ...now(), [end]: value }));
    return { end, id, field, number: numberField(input, { rule, error: field.error, take, next, write: brief }) };
  });
  const scale = h(
    "select",
    {
      "data-testid": `search-scale-${index}`,
      onchange: () => put(/** @type {SearchKnob} */ ({ ...now(), scale: scale.value })),
    },
    h("option", { value: "log" }, t("log")),
    h("option", { value: "linear" }, t("linear")),
  );
  const scaleField = createField(scale, {
    id: `knobs.${index}.scale`,
    label: tc("axis", "Scale"),
    text: t(
      "On a logarithmic scale every power of ten gets equally many trials; on a linear one every stretch of equal length.",
    ),
  });
  return {
    element: h("div", { class: "search-range" }, ...ends.map(({ field }) => field.element), scaleField.element),
    /** @param {SearchKnob} knob @param {readonly Problem[]} faults */
    update(knob, faults) {
      if (isList(knob)) return;
      scale.value = scaleOf(knob);
      for (const { end, id, number } of ends) {
        number.show(knob[end]);
        const sentence = wrongAt(faults, (at) => at === id);
        if (sentence || faults.length === 0) number.complain(sentence);
      }
    },
  };
}

/**
 * @param {number} index
 * @param {string} name
 * @param {() => SearchKnob} now
 * @param {(knob: SearchKnob) => void} put
 */
function valuesEditor(index, name, now, put) {
  const id = `knobs.${index}.values`;
  const input = h("input", {
    type: "text",
    class: "number search-values",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": t("{name}, values", { name }),
    "data-testid": `search-values-${index}`,
    onchange: () => put({ path: now().path, values: readValues(input.value) }),
  });
  const field = createField(input, {
    id,
    label: t("Values"),
    text: t("The values that are tried, with commas between them."),
  });
  return {
    element: field.element,
    /** @param {SearchKnob} knob @param {readonly Problem[]} faults */
    update(knob, faults) {
      if (!isList(knob)) return;
      if (document.activeElement !== input) input.value = knob.values.join(", ");
      field.complain(wrongAt(faults, (path) => path === id || path.startsWith(`${id}.`)));
    },
  };
}

/** Very small numbers by their power of ten, where all their noughts have no room. @param {number} value */
const brief = (value) => (String(value).length <= ROOM ? String(value) : value.toExponential());

/** @param {string} text  values with commas between them; numbers are numbers */
const readValues = (text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));
