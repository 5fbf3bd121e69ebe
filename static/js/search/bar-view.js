/** Begins a search and ends it, and says how far it has come. */

import { h, icon, setAttribute, setText } from "../base/dom.js";
import { whole } from "../base/format.js";
import { listenForKeys } from "../ui/shortcuts.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { ended } from "./found.js";

/** @import {SearchContext} from "./types.js" */

const PLAY = "M8 5.2v13.6a.8.8 0 0 0 1.2.7l10.6-6.8a.8.8 0 0 0 0-1.4L9.2 4.5a.8.8 0 0 0-1.2.7z";
const STOP = "M6.5 6.5h11v11h-11z";

/** @type {[string, string][]} */
const SHORTCUTS = [
  ["Space", "Search, or stop"],
  ["← →", "On the map: the next better and the next worse trial"],
  ["Home, End", "On the map: the best trial and the worst"],
  ["Escape", "On the map: let the trial go"],
];

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function barView(root, { store, actions }) {
  const label = h("span", {}, "Search");
  const pictures = { ready: icon(PLAY), running: icon(STOP) };
  const slot = h("span", { class: "search-run-icon" }, pictures.ready);
  const toggle = () => (store.get().phase === "running" ? actions.stop() : actions.run());
  const button = h(
    "button",
    { type: "button", class: "search-run", "data-testid": "search-run", onclick: toggle },
    slot,
    label,
  );
  const number = h("span", { "data-testid": "search-trials" }, "0");
  const count = h("strong", {}, number, " trials");
  const spent = h("span", { class: "search-spent", "data-testid": "search-spent" });
  const bar = h("progress", { class: "search-progress", max: "1", value: "0", "aria-label": "Updates spent" });
  root.append(
    button,
    h("div", { class: "search-count" }, h("div", { class: "search-count-words" }, count, spent), bar),
  );
  listenForKeys(root, { " ": toggle }, SHORTCUTS);

  watch(store, ["phase", "found", "search", "run"], ({ phase, found, search }) => {
    const running = phase === "running";
    root.dataset.phase = phase;
    setText(label, running ? "Stop" : "Search");
    slot.replaceChildren(running ? pictures.running : pictures.ready);
    describe(button, {
      title: running ? "Stop" : "Search",
      text: running ? "Ends the search where it is. Space does the same." : "Trains all trials. Space does the same.",
    });
    const done = found ? ended(found) : 0;
    setText(number, whole(done));
    number.dataset.value = String(done);
    count.lastChild?.replaceWith(found ? ` of ${whole(found.planned)} trials` : " trials");
    const { budget } = found?.search ?? search;
    const words = found && found.asked !== search && !running ? "Settings have changed: search again" : "";
    setText(spent, words || (found ? `${whole(found.spent)} of ${whole(budget)} updates` : `${whole(budget)} updates`));
    // A grid may need less than it could spend.
    const share = found?.done ? 1 : Math.min(1, (found?.spent ?? 0) / budget);
    setAttribute(bar, "value", share);
  });
}
