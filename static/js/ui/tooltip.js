/**
 * One explanation at a time, beside whatever is pointed at, focused from the keyboard, or held
 * with a finger. Any element with `data-tip` has one:
 *
 *   data-tip          one sentence
 *   data-tip-title    what it is called
 *   data-tip-formula  the formula, if there is one
 *   data-tip-legend   what each of its letters is, as JSON
 *   data-tip-effect   "live" or "restart": what a change does to the run
 *   data-tip-note     what is true of it and of all that is in it for now: why it cannot be changed
 */

import { h, setDescribedBy } from "../base/dom.js";
import { legendOf, mathOf } from "./formula.js";
import { t } from "../base/words.js";

const ID = "tip";
const HOVER_DELAY = 350;
const HOLD_DELAY = 450;
const GAP = 8;
const MARGIN = 8;

const EFFECTS = /** @type {{[effect: string]: string}} */ ({
  live: t("Applies at once, while the network trains."),
  restart: t("↺ Starts the run again."),
});

/**
 * @param {Element} element
 * @param {{title?: string | undefined, text: string, formula?: string | undefined,
 *   legend?: readonly (readonly [string, string])[] | undefined, effect?: "live" | "restart" | undefined}} tip
 */
export function describe(element, { title, text, formula, legend, effect }) {
  if (!(element instanceof HTMLElement)) return;
  element.dataset.tip = text;
  setOrDelete(element, "tipTitle", title);
  setOrDelete(element, "tipFormula", formula);
  setOrDelete(element, "tipLegend", legend?.length ? JSON.stringify(legend) : undefined);
  setOrDelete(element, "tipEffect", effect);
}

/**
 * @param {HTMLElement} element
 * @param {string} key
 * @param {string | undefined} value
 */
function setOrDelete(element, key, value) {
  if (value) element.dataset[key] = value;
  else delete element.dataset[key];
}

/** Listens on the whole page; called once. */
export function startTooltips() {
  // A popover of its own, so that it stands above the others.
  const bubble = h("div", { id: ID, class: "tip", role: "tooltip", popover: "manual" });
  document.body.append(bubble);

  /** @type {HTMLElement | null} */
  let owner = null;
  /** What was just pressed needs no explanation until the pointer has left it. */
  /** @type {HTMLElement | null} */
  let pressed = null;
  /** Where it was pressed: what opens under a pointer that rests was not pointed at either. */
  let spot = { x: NaN, y: NaN };
  /** A field that gets the focus from a press elsewhere shows its ring, but nobody asked what it is. */
  let usesKeys = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {HTMLElement} target */
  const show = (target) => {
    clearTimeout(timer);
    hide();
    bubble.replaceChildren(...contents(target));
    try {
      bubble.showPopover();
    } catch {
      // Another popover is opening or closing, and moves the focus; a third may open after that.
      showLater(target, 0);
      return;
    }
    owner = target;
    place(bubble, target);
    setDescribedBy(focusable(target), ID, true);
  };

  const hide = () => {
    clearTimeout(timer);
    if (!owner) return;
    setDescribedBy(focusable(owner), ID, false);
    owner = null;
    bubble.hidePopover();
  };

  /**
   * @param {HTMLElement} target
   * @param {number} delay
   */
  const showLater = (target, delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(target), delay);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const target = tipped(event.target);
    if (event.clientX === spot.x && event.clientY === spot.y) pressed = target;
    if (target !== pressed) pressed = null;
    if (target && (target === owner || target === pressed)) return;
    hide();
    if (target) showLater(target, HOVER_DELAY);
  });
  document.addEventListener("pointerdown", (event) => {
    hide();
    usesKeys = false;
    const target = tipped(event.target);
    pressed = target;
    spot = { x: event.clientX, y: event.clientY };
    if (target && event.pointerType === "touch") showLater(target, HOLD_DELAY);
  });
  for (const type of ["pointerup", "pointercancel"]) {
    document.addEventListener(type, () => clearTimeout(timer));
  }
  document.addEventListener("click", (event) => {
    // A tap on a name explains it; the pointer of a mouse has shown the explanation already.
    const name = event.target instanceof Element ? event.target.closest(".caption") : null;
    const target = name && event instanceof PointerEvent && event.pointerType === "touch" && tipped(name);
    if (target) show(target);
  });
  document.addEventListener("focusin", (event) => {
    const target = tipped(event.target);
    const byKeyboard = usesKeys && event.target instanceof Element && event.target.matches(":focus-visible");
    if (target && byKeyboard) show(target);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("input", hide);
  document.addEventListener(
    "keydown",
    (event) => {
      usesKeys = true;
      if (event.key === "Escape") hide();
    },
    { capture: true },
  );
  document.addEventListener(
    "scroll",
    () => {
      // What has the focus from the keyboard was scrolled into sight for it.
      if (owner && usesKeys && owner.contains(document.activeElement) && isInSight(owner)) place(bubble, owner);
      else hide();
    },
    { capture: true, passive: true },
  );
}

/** @param {EventTarget | null} target */
function tipped(target) {
  const element = target instanceof Element ? target.closest("[data-tip]") : null;
  return element instanceof HTMLElement ? element : null;
}

/** @param {HTMLElement} target */
function focusable(target) {
  return target.matches("button, input, select, [tabindex]")
    ? target
    : target.querySelector("input:not([type=range]), select, button, input");
}

/** @param {HTMLElement} target */
function isInSight(target) {
  const { top, bottom } = target.getBoundingClientRect();
  return bottom > 0 && top < document.documentElement.clientHeight;
}

/** @param {HTMLElement} target */
function contents(target) {
  const { tip = "", tipTitle, tipFormula, tipLegend, tipEffect } = target.dataset;
  const note = target.closest("[data-tip-note]")?.getAttribute("data-tip-note");
  return [
    tipTitle ? h("strong", {}, tipTitle) : null,
    h("p", {}, tip),
    tipFormula ? h("p", { class: "tip-formula" }, ...mathOf(tipFormula)) : null,
    tipLegend ? h("p", { class: "tip-legend" }, ...legendOf(JSON.parse(tipLegend))) : null,
    note ? h("p", { class: "tip-note" }, note) : null,
    tipEffect && !note ? h("p", { class: "tip-effect" }, EFFECTS[tipEffect]) : null,
  ].filter((part) => part !== null);
}

/**
 * Towards the middle of the screen, beginning where the target begins, and always on the screen.
 *
 * @param {HTMLElement} bubble
 * @param {HTMLElement} target
 */
function place(bubble, target) {
  const around = target.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const { clientWidth, clientHeight } = document.documentElement;
  const isHigh = around.top + around.bottom < clientHeight;
  const top = isHigh ? around.bottom + GAP : around.top - GAP - height;
  bubble.style.left = `${Math.max(MARGIN, Math.min(around.left, clientWidth - width - MARGIN))}px`;
  bubble.style.top = `${Math.max(MARGIN, top)}px`;
}
