/**
 * Takes what a link hides out of the page, and keeps what it locks from being changed. Both go by selectors, so that
 * what is made anew is hidden or locked with what was there.
 */

import { EMPTIED, PARTS, goneGroups } from "./parts.js";
import { setAttribute } from "../base/dom.js";
import { oncePerFrame } from "../base/scheduling.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Classroom, Store} from "../base/types.js" */

const REASON = t("Locked by the person who made this link.");
const CONTROLS = "button, input, select, textarea, summary, a, [tabindex]";

/** What would change something; to point at it and to walk on with the Tab key is free. */
const CHANGING = ["pointerdown", "mousedown", "click", "dblclick", "keydown", "beforeinput", "input", "change"];
const WALKING = ["Tab", "Shift", "Escape", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/** @param {Store} store */
export function keepWithheld(store) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  let locked = "";
  let still = "";

  const mark = () => {
    for (const element of document.querySelectorAll("[data-locked]")) {
      if (locked === "" || !element.matches(locked)) setLocked(element, false);
    }
    for (const element of document.querySelectorAll("[data-still]")) {
      if (still === "" || !element.matches(still)) setStill(element, false);
    }
    for (const element of all(locked)) setLocked(element, true);
    for (const element of all(still)) setStill(element, true);
  };
  const observer = new MutationObserver(oncePerFrame(mark));

  watch(store, ["classroom"], ({ classroom }) => {
    sheet.replaceSync(rulesFor(classroom));
    ({ locked, still } = selectorsFor(classroom));
    document.documentElement.dataset.hidden = goneFrom(classroom).join(" ");
    mark();
    observer.disconnect();
    if (locked || still) observer.observe(document.body, { childList: true, subtree: true });
    for (const list of document.querySelectorAll('[role="tablist"]')) showTab(list);
  });

  for (const type of CHANGING) {
    document.addEventListener(
      type,
      (event) => {
        if (!(event.target instanceof Element) || !event.target.closest("[data-locked]")) return;
        if (event instanceof KeyboardEvent && isWalk(event)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { capture: true },
    );
  }
}

/**
 * The arrow keys lead on from a unit of the network, and change a list or a number.
 *
 * @param {KeyboardEvent} event
 */
function isWalk({ key, target }) {
  if (!WALKING.includes(key)) return false;
  return !key.startsWith("Arrow") || !(target instanceof Element && target.matches("input, select"));
}

/**
 * The names of all that is hidden, and of the groups of which nothing is left.
 *
 * @param {Classroom} classroom
 */
export function goneFrom(classroom) {
  const groups = goneGroups(classroom).map(({ name }) => name);
  return classroom.revealed ? [] : [...new Set([...groups, ...classroom.hide])];
}

/** @param {string} selector */
const all = (selector) => (selector === "" ? [] : document.querySelectorAll(selector));

/**
 * @param {Classroom} classroom
 * @returns {string} a style sheet
 */
export function rulesFor({ hide, revealed }) {
  if (revealed) return "";
  const emptied = EMPTIED.filter(({ parts }) => parts.every((name) => hide.includes(name)));
  const parts = PARTS.filter(({ name }) => hide.includes(name));
  const keys = parts.flatMap((part) => part.keys ?? []).map((key) => `.shortcuts [data-keys="${key}"]`);
  const selectors = [...parts.map(({ hides }) => hides), ...emptied.map(({ hides }) => hides), ...keys];
  return selectors.map((selector) => `${selector} {display:none!important}`).join("\n");
}

/**
 * @param {Classroom} classroom
 * @returns {{locked: string, still: string}} selectors: of what is locked, and of what stays to be seen of hidden parts
 */
export function selectorsFor({ hide, lock, revealed }) {
  const locks = PARTS.filter(({ name }) => !revealed && lock.includes(name));
  const stays = PARTS.filter(({ name }) => !revealed && hide.includes(name));
  return {
    locked: locks.map((part) => part.locks ?? part.hides).join(),
    still: stays.flatMap((part) => part.locks ?? []).join(),
  };
}

/**
 * @param {Element} element
 * @param {boolean} on
 */
function setLocked(element, on) {
  if (element.hasAttribute("data-locked") === on) return;
  setAttribute(element, "data-locked", on);
  setAttribute(element, "data-tip-note", on && REASON);
  const controls = [...element.querySelectorAll(CONTROLS), ...(element.matches(CONTROLS) ? [element] : [])];
  for (const control of controls) setAttribute(control, "aria-disabled", on && "true");
}

/**
 * @param {Element} element
 * @param {boolean} on
 */
function setStill(element, on) {
  if (element.hasAttribute("data-still") === on) return;
  setAttribute(element, "data-still", on);
  setAttribute(element, "inert", on);
}

/**
 * Where the tab that was chosen is hidden, the first that is not has its place.
 *
 * @param {Element} list
 */
function showTab(list) {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const seen = tabs.filter((tab) => tab.checkVisibility());
  if (seen.some((tab) => tab.ariaSelected === "true")) return;
  if (seen[0] instanceof HTMLElement) seen[0].click();
}
