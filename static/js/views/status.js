/** What a person should know: the connection, what was wrong with a setting, why training stopped. */

import { byTestId, h, icon } from "../lib/dom.js";
import { fixButton } from "../lib/fix-button.js";
import { markAt, sentence } from "../lib/formula-field.js";
import { whole } from "../lib/format.js";
import { watch } from "../store.js";

/** @import {Actions, Context, Failure, Fix, Problem, State, Stop, Trouble, View} from "../types.js" */

const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

const CONNECTION = {
  connecting: "Connecting …",
  open: "Connected",
  lost: "Reconnecting …",
  full: "Server is full, waiting …",
  refused: "Not connected",
  outdated: "Reload the page: the server is newer",
};

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function statusView(root, { store, actions }) {
  const status = byTestId(document, "status");
  watch(store, ["connection"], ({ connection }) => {
    status.dataset.state = connection;
    status.textContent = CONNECTION[connection];
  });

  /** @type {Stop | null} what has been read; Play has it said again */
  let read = null;
  const show = () => {
    const { failure, failures = [], findings, stop, stops = [], phase, problems, notice, trouble, refusal } = store.get();
    if (phase !== "paused") read = null;
    // Where another network goes on, training has not ended; who failed is said where each of them stands.
    const isOver = failures.every((each, member) => each ?? stops[member]);
    const cards = [
      refusal && refusalCard(refusal, store.get(), actions),
      trouble && troubleCard(trouble),
      failure && isOver && failureCard(failure, findings.find(({ kind }) => kind === "diverged")?.fixes ?? [], actions),
      stop && isOver && stop !== read && phase === "paused" && stopCard(stop, () => {
        read = stop;
        show();
      }),
      problems.length > 0 && problemsCard(problems, actions),
      notice && noticeCard(notice, actions),
    ].filter((card) => card instanceof HTMLElement);
    root.replaceChildren(...cards);
    root.hidden = cards.length === 0;
  };
  watch(store, ["failure", "failures", "findings", "stop", "stops", "phase", "problems", "notice", "trouble", "refusal",
    "connection"], show);
}

/**
 * @param {string} refusal
 * @param {Readonly<State>} state
 * @param {Actions} actions
 */
function refusalCard(refusal, { connection, run }, { tryAgain, startOver }) {
  const over = startOver && h("button", { type: "button", class: "button is-main", "data-testid": "start-over", onclick: startOver },
    run > 0 ? "Go on with these settings" : "Start with the usual settings");
  const again = h("button", { type: "button", class: "button", "data-testid": "try-again", onclick: tryAgain }, "Try again");
  return h("div", { class: "card is-bad", role: "alert", "data-testid": "refusal" },
    h("div", { class: "card-text" },
      h("strong", {}, "The server does not take this run"),
      h("p", {}, refusal),
      connection === "refused" && run > 0
        ? h("p", {}, "With the settings alone it begins again, unless the server still holds it: then it goes on as it was.")
        : null,
      connection === "refused" ? h("div", { class: "card-ways" }, over, again) : null));
}

/** @param {Trouble} trouble */
function troubleCard({ title, text, setting }) {
  return h("div", { class: "card is-bad", role: "alert", "data-testid": "trouble" },
    h("div", { class: "card-text" },
      h("strong", {}, title),
      h("p", {}, text),
      setting ? h("p", {}, "Start the server with ", h("code", {}, setting), ".") : null));
}

/**
 * @param {Failure} failure
 * @param {readonly Fix[]} fixes  where there are none, the sentences of the failure say what to try
 * @param {Actions} actions
 */
function failureCard({ step, cause, advice }, fixes, actions) {
  return h("div", { class: "card is-bad", role: "alert", "data-testid": "failure" },
    h("div", { class: "card-text" },
      h("strong", {}, `Training stopped at step ${whole(step)}`),
      h("p", {}, `A weight became ${cause} in this update: the steps grew too large. The picture shows the step before it.`),
      fixes.length > 0
        ? h("div", { class: "finding-fixes" }, ...fixes.map((fix) => fixButton(fix, actions)))
        : h("ul", {}, ...advice.map((sentence) => h("li", {}, sentence)))),
    h("button", { type: "button", class: "button is-main", onclick: actions.reset }, "Reset"));
}

/**
 * @param {Stop} stop
 * @param {() => void} dismiss
 */
function stopCard({ step, reason }, dismiss) {
  return h("div", { class: "card is-calm", role: "status", "data-testid": "stop" },
    h("div", { class: "card-text" },
      h("strong", {}, `Training ended by itself at step ${whole(step)}`),
      h("p", {}, `The stop rule says: ${reason}. Change the rule or reset to go on.`)),
    closeButton(dismiss));
}

/**
 * @param {readonly Problem[]} problems
 * @param {Actions} actions
 */
function problemsCard(problems, actions) {
  return h("div", { class: "card", role: "alert", "data-testid": "problems" },
    h("div", { class: "card-text" },
      h("strong", {}, problems.length === 1 ? "One setting was not taken" : `${problems.length} settings were not taken`),
      h("ul", {}, ...problems.map(({ path, value, allowed, at }) => h("li", {},
        h("code", {}, `${path || "spec"} = `, ...valueParts(value, at)),
        at ? ` ${sentence(allowed)}` : ` Allowed: ${allowed}.`)))),
    closeButton(actions.dismiss));
}

/**
 * @param {unknown} value
 * @param {Problem["at"]} at  where a text is at fault
 */
function valueParts(value, at) {
  if (typeof value !== "string") return [JSON.stringify(value)];
  return at ? markAt(value, at) : [value];
}

/**
 * @param {string} notice
 * @param {Actions} actions
 */
function noticeCard(notice, actions) {
  return h("div", { class: "card", role: "alert", "data-testid": "notice" },
    h("p", { class: "card-text" }, notice), closeButton(actions.dismiss));
}

/** @param {() => void} dismiss */
function closeButton(dismiss) {
  return h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: dismiss },
    icon(CLOSE));
}
