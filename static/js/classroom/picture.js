/**
 * A picture of the page as a link for class shows it: the page itself, copied into a frame and made small.
 *
 * The frame runs nothing: no line to the server, no person more. Nobody can enter it, by pointer or by keyboard.
 */

import { h } from "../base/dom.js";
import { t } from "../base/words.js";
import { writeNote } from "./note.js";
import { goneFrom, rulesFor, selectorsFor } from "./withheld.js";

/** @import {Classroom} from "../base/types.js" */

const HEIGHT = 288;
const NOT_COPIED = "script, dialog, link:not([rel=stylesheet]), [role=tooltip]";

export function createPicture() {
  const element = h("div", { class: "class-picture", "data-testid": "class-picture" });
  element.style.height = `${HEIGHT}px`;
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  /** @type {Classroom | undefined} */
  let shown;
  const draw = () => {
    const copy = frame?.contentDocument;
    if (!copy || !shown) return;
    if (!copy.body.hasChildNodes()) copyPage(copy);
    withhold(copy, shown);
  };
  return {
    element,
    /** @param {Classroom} classroom */
    update(classroom) {
      shown = classroom;
      draw();
    },
    open() {
      const scale = HEIGHT / innerHeight;
      frame = h("iframe", { inert: true, tabindex: -1, "aria-hidden": "true", title: t("Preview"), onload: draw });
      Object.assign(frame.style, { width: `${innerWidth}px`, height: `${innerHeight}px`, scale: String(scale) });
      element.style.width = `${innerWidth * scale}px`;
      element.replaceChildren(frame);
    },
    close() {
      frame = undefined;
      element.replaceChildren();
    },
  };
}

/**
 * The page as it stands, without what is open over it.
 *
 * @param {Document} copy
 */
function copyPage(copy) {
  const page = copy.importNode(document.documentElement, true);
  for (const [from, to] of pairs("canvas", page)) {
    if (from.width * from.height > 0) to.getContext("2d")?.drawImage(from, 0, 0);
  }
  for (const [from, to] of pairs("input", page)) Object.assign(to, { value: from.value, checked: from.checked });
  for (const [from, to] of pairs("select", page)) to.selectedIndex = from.selectedIndex;
  for (const part of page.querySelectorAll(NOT_COPIED)) part.remove();
  copy.replaceChild(page, copy.documentElement);
  copy.body.inert = true;
}

/**
 * Each element of a kind and its copy.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {HTMLElement} page
 * @returns {[HTMLElementTagNameMap[K], HTMLElementTagNameMap[K]][]}
 */
function pairs(name, page) {
  const copies = page.querySelectorAll(name);
  return [...document.querySelectorAll(name)].flatMap((one, at) => (copies[at] ? [[one, copies[at]]] : []));
}

/**
 * Hides, locks and says in the copy what the page would.
 *
 * @param {Document} copy
 * @param {Classroom} classroom
 */
function withhold(copy, classroom) {
  const { locked } = selectorsFor(classroom);
  for (const part of copy.querySelectorAll("[data-locked], [data-still]")) {
    part.removeAttribute("data-locked");
    part.removeAttribute("data-still");
  }
  for (const part of locked ? copy.querySelectorAll(locked) : []) part.setAttribute("data-locked", "");
  copy.documentElement.dataset.hidden = goneFrom(classroom).join(" ");
  copy.adoptedStyleSheets = [sheetOf(copy, rulesFor(classroom))];
  const reveal = h("span", { class: "link-button" }, t("Show everything"));
  /** @type {NodeListOf<HTMLElement>} */
  const places = copy.querySelectorAll(".class-note");
  for (const place of places) writeNote(place, classroom, reveal);
}

/**
 * A sheet is of the document that it is made for.
 *
 * @param {Document} copy
 * @param {string} rules
 */
function sheetOf(copy, rules) {
  const view = /** @type {Window & typeof globalThis} */ (copy.defaultView);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
}
