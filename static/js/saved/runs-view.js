/** The last runs of this browser: to go back to one, or to pin one and compare it with the current. */

import { h, icon } from "../base/dom.js";
import { loss, percent, whole } from "../base/format.js";
import { makePopover } from "../ui/popover.js";
import { MOST_PINNED } from "./list.js";
import { recordNow } from "./record.js";
import { describe } from "../ui/tooltip.js";
import { parse } from "../address/run-link.js";
import { CLOSE, PIN } from "../ui/icons.js";
import { closeButton } from "../ui/close-button.js";
import { t } from "../base/words.js";

/** @import {Context, Frame, State, View} from "../base/types.js" */
/** @import {RunList, RunRecord, SavedRun} from "./list.js" */

const CLOCK = "M12 7.5V12l3 2M5 12a7 7 0 1 0 2.2-5.1M4.6 4.2v3.9h3.9";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {RunList} runs
 * @returns {View}
 */
export function runsView(root, context, runs) {
  const { store } = context;
  const { panel, list, hint } = build(root);
  if (!runs.isKept) {
    hint.textContent = t("This browser does not let the page keep anything: its runs are gone when you close it.");
  }
  const keeper = keepRuns(context, runs.save);
  addEventListener("storage", runs.reload);

  const show = () => {
    const all = runs.all();
    list.replaceChildren(
      ...(all.length === 0
        ? [emptyNote()]
        : all.map((run) =>
            row(run, {
              open: () => {
                panel.hidePopover();
                open(run, context);
              },
              pin: () => (run.pinned ? runs.unpin(run.id) : runs.pin(run.id)),
              isFull: runs.pinned().length >= MOST_PINNED,
              remove: () => runs.remove(run.id),
            }),
          )),
    );
  };
  runs.subscribe(() => {
    store.set({ pinned: runs.pinned() });
    // Not while it is closed: the page saves a run as it is left, and must load no pictures then.
    if (panel.matches(":popover-open")) show();
  });
  panel.addEventListener("beforetoggle", (event) => {
    if (event instanceof ToggleEvent && event.newState === "open") show();
  });
  return { draw: keeper.see };
}

/**
 * Saves a run when it pauses, when another takes its place, and when the page is left.
 *
 * @param {Context} context
 * @param {(run: RunRecord) => void} save
 */
function keepRuns(context, save) {
  const { store } = context;
  /** @param {Readonly<State>} state */
  const record = (state) => {
    const found = recordNow(state, context);
    if (found) save(found);
  };
  let saved = "";
  store.subscribe((state, previous) => {
    if (state.run !== previous.run) record(previous);
  });
  addEventListener("pagehide", () => record(store.get()));

  return {
    /**
     * The frame that shows where a run came to rest comes after word that it did, and a finer one after that.
     *
     * @param {Frame} frame
     */
    see({ run, step, arrays }) {
      const state = store.get();
      const now = `${run} ${step} ${arrays.boundary.shape[1]}`;
      if (state.phase !== "paused" || now === saved) return;
      saved = now;
      record(state);
    },
  };
}

/**
 * Trains the run again, to the step where it was left.
 *
 * @param {SavedRun} run
 * @param {Context} context
 */
async function open({ link, step }, { actions, catalog }) {
  const { spec, edits, problems } = parse(link, catalog);
  await actions.load({ spec, edits }, problems);
  actions.seek(step);
}

/** @param {HTMLElement} root */
function build(root) {
  const button = h(
    "button",
    { type: "button", class: "button", "data-testid": "runs" },
    icon(CLOCK),
    h("span", { class: "button-name" }, t("Runs")),
  );
  describe(button, {
    title: t("Runs"),
    text: t("Your last ten runs: go back to one, or pin up to four to compare them with the next."),
  });
  const close = closeButton(t("Close"));
  const list = h("ol", { class: "run-list", "data-testid": "run-list" });
  const hint = h(
    "p",
    { class: "runs-hint" },
    t("Kept in this browser only. Up to four pinned runs stay, and are drawn beside the current one."),
  );
  const panel = h(
    "div",
    { class: "popover runs", role: "dialog", "aria-label": t("Runs"), "data-testid": "runs-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, t("Last runs")), close),
    list,
    hint,
  );
  makePopover(panel, button, [button, close]);
  root.append(button, panel);
  return { panel, list, hint };
}

function emptyNote() {
  return h("li", { class: "run-empty" }, t("A run appears here when it pauses or when another begins."));
}

/**
 * @param {SavedRun} run
 * @param {{open: () => void, pin: () => void, remove: () => void, isFull: boolean}} actions  isFull: whether no place is
 *   left to pin it to
 */
function row(run, actions) {
  const open = h(
    "button",
    { type: "button", class: "run-open", "data-testid": "run-open", onclick: actions.open },
    h("img", { src: run.picture, alt: "", width: 56, height: 56 }),
    h(
      "span",
      { class: "run-text" },
      h("strong", {}, run.title),
      h("span", {}, run.detail),
      h("span", { class: "run-result" }, resultOf(run)),
    ),
  );
  describe(open, { title: run.title, text: t("Trains this run again, number for number, up to where you left it.") });
  const isOut = actions.isFull && !run.pinned;
  const pin = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-testid": "run-pin",
      "aria-label": t("Pin to compare"),
      "aria-pressed": String(run.pinned),
      "aria-disabled": isOut && "true",
      onclick: () => !isOut && actions.pin(),
    },
    icon(PIN),
  );
  describe(pin, {
    title: run.pinned ? t("Unpin") : t("Pin to compare"),
    text: run.pinned
      ? t("Removes its curves and its map from beside those of the current run. It stays on this list.")
      : isOut
        ? t("Four runs are pinned. Unpin one of them first.")
        : t("Draws its curves and its map beside those of the current run."),
  });
  const remove = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-testid": "run-remove",
      "aria-label": t("Remove"),
      onclick: actions.remove,
    },
    icon(CLOSE),
  );
  describe(remove, { title: t("Remove"), text: t("Removes the run from this list.") });
  return h("li", { class: "run", "data-testid": "run" }, open, pin, remove);
}

/** @param {SavedRun} run */
function resultOf({ step, result: [trainLoss, testLoss, , testAccuracy] }) {
  const place = { step: whole(step) };
  if (typeof testAccuracy === "number") {
    return t("step {step}, test {accuracy}", { ...place, accuracy: percent(testAccuracy) });
  }
  return typeof testLoss === "number"
    ? t("step {step}, test loss {loss}", { ...place, loss: loss(testLoss) })
    : t("step {step}, train loss {loss}", { ...place, loss: loss(trainLoss ?? NaN) });
}
