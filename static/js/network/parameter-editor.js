/** Sets and freezes the weight of an edge, or the bias of a unit, where it is drawn. */

import { h } from "../base/dom.js";
import { numberField } from "../settings/number-field.js";
import { makePopover } from "../ui/popover.js";
import { describe } from "../ui/tooltip.js";
import { closeButton } from "../ui/close-button.js";
import { t } from "../base/words.js";

/** @import {Actions} from "../base/types.js" */
/** @import {Parameter} from "./parameters.js" */

const DIGITS = 4;

/** The arrow keys change a value by this. */
const STEP = 0.1;

/** Numbers beyond this are no float32. */
const LARGEST = 3.4e38;

/**
 * @param {HTMLElement} parent  what the places are measured in
 * @param {object} context
 * @param {Actions} context.actions
 * @param {() => string[]} context.frozen  the names of what is frozen now
 * @param {() => void} context.closed  is called once it no longer covers the network
 */
export function createParameterEditor(parent, { actions, frozen, closed }) {
  const title = h("strong");
  const close = closeButton(t("Close"));
  const rows = h("div", { class: "parameter-rows" });
  const panel = h(
    "div",
    { class: "popover parameter", role: "dialog", "data-testid": "parameter-editor" },
    h("div", { class: "popover-head" }, title, close),
    rows,
    h("p", { class: "hint" }, t("Training goes on from the value that you set; it never moves what is frozen.")),
  );
  const anchor = h("div", { class: "parameter-anchor" });
  parent.append(anchor, panel);
  makePopover(panel, anchor, [close]);
  /** @type {{parameter: Parameter, element: HTMLElement, show: (value: number, isFrozen: boolean) => void}[]} */
  let shown = [];
  /** @type {ArrayLike<number>} */
  let theta = [];
  /** @type {HTMLElement | null} */
  let opener = null;

  /** @param {Parameter} parameter */
  const freeze = ({ name }, /** @type {boolean} */ on) => {
    const others = frozen().filter((other) => other !== name);
    actions.set({ frozen: on ? [...others, name] : others });
  };

  const update = () => {
    for (const { parameter, show } of shown) show(theta[parameter.index] ?? NaN, frozen().includes(parameter.name));
  };

  panel.addEventListener("toggle", (event) => {
    if (event instanceof ToggleEvent && event.newState === "closed") {
      shown = [];
      if (panel.contains(document.activeElement) || document.activeElement === document.body) opener?.focus();
      closed();
    }
  });

  return {
    get isOpen() {
      return shown.length > 0;
    },

    /**
     * @param {string} heading
     * @param {Parameter[]} parameters
     * @param {{x: number, y: number}} at
     * @param {HTMLElement | null} from  what gets the focus back
     */
    open(heading, parameters, at, from) {
      opener = from;
      title.textContent = heading;
      panel.setAttribute("aria-label", heading);
      anchor.style.translate = `${at.x}px ${at.y}px`;
      shown = parameters.map((parameter) => ({
        parameter,
        ...row(parameter, {
          set: (value) => actions.set({ [`theta.${parameter.name}`]: value }),
          freeze: (on) => freeze(parameter, on),
        }),
      }));
      rows.replaceChildren(...shown.map(({ element }) => element));
      update();
      panel.showPopover();
      rows.querySelector("input")?.select();
    },

    /** Another network: what stood here may be gone. */
    close() {
      if (shown.length > 0) panel.hidePopover();
    },

    /** @param {ArrayLike<number>} values  theta as of the newest frame */
    update(values) {
      theta = values;
      update();
    },
  };
}

let rowCount = 0;

/**
 * @param {Parameter} parameter
 * @param {{set: (value: number) => void, freeze: (on: boolean) => void}} actions
 */
function row({ name, label }, { set, freeze }) {
  const id = `parameter-${++rowCount}`;
  /** @type {boolean | null} */
  let wasFrozen = null;
  const error = h("p", { class: "field-error", id: `${id}-error`, role: "alert", hidden: true });
  const input = h("input", {
    id,
    "data-testid": `value-${name}`,
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") input.select();
    },
  });
  const number = numberField(input, {
    rule: { type: "number", minimum: -LARGEST, maximum: LARGEST },
    error,
    take: set,
    next: (value, direction) => value + direction * STEP,
    write: text,
  });
  const field = h(
    "div",
    { class: "field field-inline" },
    h("label", { class: "caption", for: id }, label),
    input,
    error,
  );
  describe(field, { title: label, text: t("Set it to any number: training goes on from there."), effect: "live" });
  const lock = h("input", {
    type: "checkbox",
    class: "switch",
    id: `${id}-frozen`,
    "data-testid": `freeze-${name}`,
    onchange: () => freeze(lock.checked),
  });
  const freezing = h(
    "div",
    { class: "field field-inline" },
    h("label", { class: "caption", for: `${id}-frozen` }, t("Freeze")),
    h("div", { class: "field-body" }, lock),
  );
  describe(freezing, { title: t("Freeze"), text: t("Training leaves it as it is."), effect: "live" });

  return {
    element: h("div", { class: "parameter-row" }, field, freezing),
    /**
     * @param {number} value
     * @param {boolean} isFrozen
     */
    show(value, isFrozen) {
      // Between a press and word of it the switch stays where it was put.
      if (isFrozen !== wasFrozen) lock.checked = isFrozen;
      wasFrozen = isFrozen;
      number.show(value);
    },
  };
}

/** @param {number} value */
const text = (value) => String(Number(value.toPrecision(DIGITS)));
