/**
 * Controls made from catalogue records: a number, a choice, a switch. Each shows its name, explains
 * itself, says at the field what is wrong, and keeps the old value until the server has taken the new.
 */

import { h, icon, setAttribute, setDescribedBy } from "../base/dom.js";
import { writeFormula } from "../ui/formula.js";
import { complaint } from "./knobs.js";
import { choiceLabel } from "./names.js";
import { numberField } from "./number-field.js";
import { describe } from "../ui/tooltip.js";
import { t } from "../base/words.js";

/** @import {CatalogRecord, Knob, Problem} from "../base/types.js" */

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(value: any, problem?: Problem) => void} update  shows what the server says
 *
 * @typedef {object} Place
 * @property {string} path  where the value stands in the spec
 * @property {boolean} live  whether a change goes on with the running network
 * @property {(value: any) => void} change
 */

/** The mark of what starts the run again. */
export const RESTART = "M5 12a7 7 0 1 0 2.2-5.1M4.6 4.2v3.9h3.9";

let fields = 0;

/**
 * @param {Knob} knob
 * @param {Place} place
 * @returns {Control}
 */
export function knobControl(knob, place) {
  if (knob.type === "boolean") return switchControl(knob, place);
  if (knob.type === "choice") {
    const options = (knob.choices ?? []).map((choice) => ({ kind: choice, label: choiceLabel(knob, choice) }));
    return choiceControl(knob, options, place);
  }
  return numberControl(knob, place);
}

/**
 * A list of records to choose from. The explanation is that of the chosen one.
 *
 * @param {{label: string, help: string}} name
 * @param {(Partial<CatalogRecord> & {kind: any, label: string})[]} options
 * @param {Place} place
 * @returns {Control}
 */
export function choiceControl(name, options, place) {
  const field = createField(name.label, place);
  const select = h(
    "select",
    {
      id: field.id,
      "data-testid": `knob-${place.path}`,
      onchange: () => {
        const chosen = options[select.selectedIndex];
        if (chosen) place.change(chosen.kind);
      },
    },
    ...options.map(({ kind, label }) => h("option", { value: String(kind) }, label)),
  );
  field.body.append(select);
  const formula = h("p", { class: "formula", hidden: true });
  field.body.after(formula);

  return {
    element: field.element,
    update(value, problem) {
      const index = options.findIndex(({ kind }) => kind === value);
      select.selectedIndex = index;
      const record = options[index];
      writeFormula(formula, record);
      describe(field.element, {
        title: record ? t("{setting}: {value}", { setting: name.label, value: record.label }) : name.label,
        text: record?.help ?? name.help,
        formula: record?.formula,
        legend: record?.legend,
        effect: effect(place),
      });
      field.complain(select, problem);
    },
  };
}

/**
 * @param {Knob} knob
 * @param {Place} place
 * @returns {Control}
 */
function switchControl(knob, place) {
  const field = createField(knob.label, place);
  const input = h("input", {
    type: "checkbox",
    id: field.id,
    class: "switch",
    "data-testid": `knob-${place.path}`,
    onchange: () => place.change(input.checked),
  });
  field.element.classList.add("field-inline");
  field.body.append(input);
  describe(field.element, { title: knob.label, text: knob.help, effect: effect(place) });

  return {
    element: field.element,
    update(value, problem) {
      input.checked = Boolean(value);
      field.complain(input, problem);
    },
  };
}

/**
 * @param {Knob} knob
 * @param {Place} place
 * @returns {Control}
 */
function numberControl(knob, place) {
  const field = createField(knob.label, place);
  const scale = sliderScale(knob);
  let current = knob.default;

  const input = h("input", { id: field.id, "data-testid": `knob-${place.path}` });
  const number = numberField(input, {
    rule: knob,
    error: field.error,
    take: place.change,
    next: (value, direction) => neighbour(knob, scale, value, direction),
  });
  const slider =
    scale
    && h("input", {
      type: "range",
      min: 0,
      max: scale.last,
      step: 1,
      // For the pointer; the arrow keys do the same in the field beside it.
      tabindex: -1,
      "aria-label": knob.label,
      oninput: () => {
        const value = scale.at(slider?.valueAsNumber ?? 0);
        input.value = String(value);
        fill(slider);
        // A live change is recorded, so only where the thumb is let go counts; a restart can follow it.
        if (!place.live) number.commit(String(value));
      },
      onchange: () => number.commit(String(scale.at(slider?.valueAsNumber ?? 0))),
    });

  /** @param {number} value */
  const slide = (value) => {
    if (!slider || (document.activeElement === slider && slider.matches(":active"))) return;
    slider.value = String(scale?.position(value));
    fill(slider);
  };

  if (slider) field.body.append(slider);
  else field.element.classList.add("field-inline");
  field.body.append(input);
  describe(field.element, { title: knob.label, text: knob.help, effect: effect(place) });

  return {
    element: field.element,
    update(value, problem) {
      number.show(value, value !== current);
      slide(value);
      current = value;
      number.complain(sentence(problem));
    },
  };
}

/**
 * What a slider stops at: the good values the record offers, else even steps between the limits.
 * Nothing where neither would help.
 *
 * @param {Knob} knob
 */
function sliderScale({ choices, minimum, maximum, step, type, scale }) {
  const values = (choices ?? []).filter((value) => typeof value === "number");
  if (values.length > 2) return stops(values.sort((a, b) => a - b));
  const size = step ?? (type === "integer" ? 1 : null);
  if (minimum === null || maximum === null || !size || scale === "log") return null;
  const count = Math.round((maximum - minimum) / size);
  if (count > 200) return null;
  return stops(Array.from({ length: count + 1 }, (_, i) => Number((minimum + i * size).toPrecision(12))));
}

/** @param {number[]} values  in rising order */
function stops(values) {
  return {
    last: values.length - 1,
    /** @param {number} position */
    at: (position) => values[Math.round(position)] ?? NaN,
    /** @param {number} value */
    position: (value) =>
      values.reduce((best, stop, i) => (Math.abs(stop - value) < Math.abs((values[best] ?? 0) - value) ? i : best), 0),
    /**
     * @param {number} value
     * @param {number} direction
     */
    next: (value, direction) =>
      direction > 0 ? values.find((stop) => stop > value) : values.findLast((stop) => stop < value),
  };
}

/**
 * @param {Knob} knob
 * @param {ReturnType<typeof stops> | null} scale
 * @param {number} value
 * @param {number} direction
 */
function neighbour(knob, scale, value, direction) {
  if (scale) return scale.next(value, direction) ?? value;
  if (knob.scale === "log" && !knob.step) return direction > 0 ? value * 10 : value / 10;
  return Number((value + direction * (knob.step ?? 1)).toPrecision(12));
}

/** @param {HTMLInputElement | null} slider */
function fill(slider) {
  slider?.style.setProperty("--fill", String(slider.valueAsNumber / Number(slider.max)));
}

/** @param {Place} place */
function effect({ live }) {
  return live ? "live" : "restart";
}

/**
 * The frame every control has: name, mark, place for the control, place for a complaint.
 *
 * @param {string} label
 * @param {Place} place
 */
function createField(label, { path, live }) {
  const id = `field-${++fields}`;
  const error = h("p", { class: "field-error", id: `${id}-error`, role: "alert", hidden: true });
  const body = h("div", { class: "field-body" });
  const name = h("label", { class: "caption", for: id }, label, !live && icon(RESTART, "restart-mark"));
  const element = h("div", { class: "field", "data-path": path }, name, body, error);

  return {
    id,
    element,
    body,
    error,
    /**
     * @param {HTMLElement} input
     * @param {Problem | undefined} problem
     */
    complain(input, problem) {
      error.hidden = !problem;
      error.textContent = sentence(problem);
      setAttribute(input, "aria-invalid", problem ? "true" : null);
      setDescribedBy(input, error.id, Boolean(problem));
    },
  };
}

/** @param {Problem | undefined} problem */
const sentence = (problem) => (problem ? complaint(problem.value, problem.allowed) : "");
