/** Begins a search or duels and ends them, says how far they have come, and leads from the one to the other. */

import { h, icon, setAttribute, setText } from "../base/dom.js";
import { whole } from "../base/format.js";
import { listenForKeys } from "../ui/shortcuts.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t, tn } from "../base/words.js";
import { ended } from "./found.js";

/** @import {SearchContext, SearchState} from "./types.js" */

const PLAY = "M8 5.2v13.6a.8.8 0 0 0 1.2.7l10.6-6.8a.8.8 0 0 0 0-1.4L9.2 4.5a.8.8 0 0 0-1.2.7z";
const STOP = "M6.5 6.5h11v11h-11z";

/** @type {[string, string][]} */
const SHORTCUTS = [
  [t("Space"), t("Search, or stop")],
  ["D", t("Search once, or let two strategies duel")],
  ["← →", t("On the map: the next better and the next worse trial. On the dots: the duel before and the next one")],
  [t("Home, End"), t("On the map: the best trial and the worst")],
  ["Escape", t("On the map: let the trial go")],
  [t("Ctrl+Z, Ctrl+Shift+Z"), t("Undo and redo a setting")],
];

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function barView(root, { store, actions }) {
  const label = h("span", {});
  const pictures = { ready: icon(PLAY), running: icon(STOP) };
  const slot = h("span", { class: "search-run-icon" }, pictures.ready);
  const toggle = () => (phaseOf(store.get()) === "running" ? actions.stop() : actions.run());
  const change = () => actions.setMode(store.get().mode === "duel" ? "search" : "duel");
  const button = h(
    "button",
    { type: "button", class: "search-run", "data-testid": "search-run", onclick: toggle },
    slot,
    label,
  );
  const words = h("strong", { "data-testid": "search-trials" });
  const spent = h("span", { class: "search-spent", "data-testid": "search-spent" });
  const bar = h("progress", { class: "search-progress", max: "1", value: "0", "aria-label": t("Updates spent") });
  const duel = h(
    "button",
    { type: "button", class: "button search-duel", "data-testid": "search-duel", onclick: change },
    t("Duel"),
  );
  describe(duel, {
    title: t("Duel"),
    text: t("Two strategies on one budget, again and again with other seeds: which of them finds better settings?"),
  });
  root.append(
    button,
    h("div", { class: "search-count" }, h("div", { class: "search-count-words" }, words, spent), bar),
    duel,
  );
  listenForKeys(root, { " ": toggle, d: change }, SHORTCUTS);

  watch(store, ["mode", "phase", "found", "search", "run", "duelPhase", "fought", "against", "duels"], (state) => {
    const phase = phaseOf(state);
    const running = phase === "running";
    const isDuel = state.mode === "duel";
    root.dataset.phase = phase;
    root.dataset.mode = state.mode;
    const title = running ? t("Stop") : isDuel ? t("Duel") : t("Search");
    setText(label, title);
    slot.replaceChildren(running ? pictures.running : pictures.ready);
    describe(button, { title, text: running ? t("Ends it where it is. Space does the same.") : beginning(isDuel) });
    setAttribute(duel, "aria-pressed", String(isDuel));
    const far = isDuel ? duelsFar(state) : trialsFar(state);
    setText(words, far.words);
    words.dataset.value = String(far.done);
    setText(spent, far.spent);
    setAttribute(bar, "value", far.share);
  });
}

/** @param {Readonly<SearchState>} state */
const phaseOf = ({ mode, phase, duelPhase }) => (mode === "duel" ? duelPhase : phase);

/** @param {boolean} isDuel */
const beginning = (isDuel) =>
  isDuel
    ? t("Lets both strategies search, again and again. Space does the same.")
    : t("Trains all trials. Space does the same.");

/** What is said where what is shown is of other settings than those that stand there. */
const changed = () => t("Settings have changed: search again");

/** @typedef {{words: string, spent: string, share: number, done: number}} Far */

/** @param {Readonly<SearchState>} state @returns {Far} */
function trialsFar({ found, search, phase }) {
  const { budget } = found?.search ?? search;
  if (!found) {
    const spent = t("{budget} updates", { budget: whole(budget) });
    return { words: tn("{count} trial", "{count} trials", 0), spent, share: 0, done: 0 };
  }
  const done = ended(found);
  const isOld = found.asked !== search && phase !== "running";
  return {
    words: tn("{done} of {count} trial", "{done} of {count} trials", found.planned, {
      done: whole(done),
      count: whole(found.planned),
    }),
    spent: isOld ? changed() : t("{spent} of {budget} updates", { spent: whole(found.spent), budget: whole(budget) }),
    // A grid may need less than it could spend.
    share: found.done ? 1 : Math.min(1, found.spent / budget),
    done,
  };
}

/** @param {Readonly<SearchState>} state @returns {Far} */
function duelsFar({ fought, search, against, duels, duelPhase }) {
  const done = fought?.duels.length ?? 0;
  const all = fought?.duel.duels ?? duels;
  const { asked } = fought ?? {};
  const isOld =
    asked && duelPhase !== "running" && (asked.search !== search || asked.against !== against || asked.duels !== duels);
  const budget = whole(2 * all * (fought?.duel.search.budget ?? search.budget));
  return {
    words: fought
      ? tn("{done} of {count} duel", "{done} of {count} duels", all, { done: whole(done) })
      : tn("{count} duel", "{count} duels", all),
    spent: isOld ? changed() : t("up to {budget} updates", { budget }),
    share: all > 0 ? done / all : 0,
    done,
  };
}
