/** Why training ended, as cards: for a page of several networks, whose troubles are not diagnosed. */

import { closeButton } from "../ui/close-button.js";
import { h } from "../base/dom.js";
import { whole } from "../base/format.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Actions, Failure, State, Stop, Store} from "../base/types.js" */
/** @typedef {{cards: () => HTMLElement[], onChange: (show: () => void) => void}} Endings */

/** @param {Failure} failure */
export const failureTitle = ({ step }) => t("Training stopped at step {step}", { step: whole(step) });
/** @param {Failure} failure */
export const failureText = ({ cause }) =>
  t("A weight became {cause} in this update: the steps grew too large. The picture shows the step before it.", {
    cause,
  });
/** @param {Stop} stop */
export const stopTitle = ({ step }) => t("Training stopped early at step {step}", { step: whole(step) });
/** @param {Stop} stop */
export const stopText = ({ reason }) =>
  t("The stop rule says: {reason}. Change the rule or reset to go on.", { reason });

/**
 * @param {Store<State>} store
 * @param {Actions} actions
 * @returns {Endings}
 */
export function createEndings(store, actions) {
  /** @type {Stop | null} what has been read; Play has it said again */
  let read = null;
  let changed = () => {};
  const cards = () => {
    const { failure, failures = [], stop, stops = [], phase } = store.get();
    if (phase !== "paused") read = null;
    // Where another network goes on, training has not ended; who failed is said where each of them stands.
    if (!failures.every((each, member) => each ?? stops[member])) return [];
    return [
      failure && failureCard(failure, actions),
      stop
        && stop !== read
        && phase === "paused"
        && stopCard(stop, () => {
          read = stop;
          changed();
        }),
    ].filter((card) => card instanceof HTMLElement);
  };
  return {
    cards,
    onChange(show) {
      changed = show;
      watch(store, ["failure", "failures", "stop", "stops", "phase"], show);
    },
  };
}

/**
 * @param {Failure} failure
 * @param {Actions} actions
 */
function failureCard(failure, actions) {
  return h(
    "div",
    { class: "card is-bad", role: "alert", "data-testid": "failure" },
    h(
      "div",
      { class: "card-text" },
      h("strong", {}, failureTitle(failure)),
      h("p", {}, failureText(failure)),
      h("ul", {}, ...failure.advice.map((sentence) => h("li", {}, sentence))),
    ),
    h("button", { type: "button", class: "button is-main", onclick: actions.reset }, t("Reset")),
  );
}

/**
 * @param {Stop} stop
 * @param {() => void} dismiss
 */
function stopCard(stop, dismiss) {
  return h(
    "div",
    { class: "card is-calm", role: "status", "data-testid": "stop" },
    h("div", { class: "card-text" }, h("strong", {}, stopTitle(stop)), h("p", {}, stopText(stop))),
    closeButton(t("Dismiss"), dismiss),
  );
}
