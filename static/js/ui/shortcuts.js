/** Keys that work wherever they mean nothing else, and the list of them. */

import { h } from "../base/dom.js";
import { t } from "../base/words.js";

const TYPED = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, dialog";

/** Whether a key goes to what somebody types, or chooses from. @param {Event} event */
export const isTyping = ({ target }) => target instanceof Element && target.closest(TYPED) !== null;

/** Keys that a control means something by when it has the focus. */
const OF_CONTROLS = [" ", "ArrowRight", "ArrowLeft", "Home", "End"];

/**
 * @param {HTMLElement} root  nothing happens while it is inert
 * @param {{[key: string]: () => void}} keys  what each does, by its name in lower case; "?" shows the list
 * @param {[string, string][]} list  keys and words
 * @param {(key: string) => boolean} [repeats]  whether a key that is held down goes on
 */
export function listenForKeys(root, keys, list, repeats = () => false) {
  const all = { ...keys, "?": shortcutsDialog([...list, ["?", t("This list")]]) };
  const when = () => !root.hasAttribute("inert");
  listen(Object.fromEntries(Object.entries(all).map(([key, act]) => [key, { act, when }])), repeats);
}

/**
 * @param {{[key: string]: {act: () => void, when: () => boolean}}} keys  by their names in lower case
 * @param {(key: string) => boolean} [repeats]
 */
export function listen(keys, repeats = () => false) {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const key = keys[event.key.toLowerCase()];
    if (!key?.when() || (event.repeat && !repeats(event.key)) || event.ctrlKey || event.metaKey || event.altKey) return;
    const pressing = OF_CONTROLS.includes(event.key) && target?.closest("button, input, summary, a, [tabindex]");
    if (target?.closest(TYPED) || pressing || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    key.act();
  });
}

/**
 * @param {[string, string][]} list
 * @returns {() => void} shows it
 */
function shortcutsDialog(list) {
  const dialog = h(
    "dialog",
    {
      class: "shortcuts",
      tabindex: 0,
      "aria-label": t("Keyboard"),
      "data-testid": "shortcuts",
      onclick: () => dialog.close(),
    },
    h("h2", {}, t("Keyboard")),
    h("dl", {}, ...list.map(([keys, text]) => h("div", { "data-keys": keys }, h("dt", {}, keys), h("dd", {}, text)))),
  );
  document.body.append(dialog);
  return () => dialog.showModal();
}
