/** What goes wrong in training, or why it ended, in a sentence, and what cures it with one press. */

import { failureText, failureTitle, stopText, stopTitle } from "./endings.js";
import { closeButton } from "../ui/close-button.js";
import { h, icon } from "../base/dom.js";
import { fixButton } from "../settings/fix-button.js";
import { makePopover } from "../ui/popover.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { sentences, t } from "../base/words.js";

/** @import {Actions, Context, Finding, State, View} from "../base/types.js" */

/**
 * @typedef {Finding & {tone: "warn" | "bad" | "calm", advice: string[]}} Warning
 *   `kind` tells what was put away; `advice` says what to try where no fix does it with one press
 */

const SIGN = {
  warn: "M12 4.5l8.5 15h-17zM12 10.5v4M12 17h.01",
  bad: "M12 4.5l8.5 15h-17zM12 10.5v4M12 17h.01",
  calm: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 11v5M12 8h.01",
};
const TITLE = t("Diagnosis");

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function findingsView(root, { store, actions }) {
  const sign = h("span", { class: "finding-sign" });
  const title = h("strong");
  const text = h("span");
  const more = h("span", { class: "finding-more", "data-testid": "finding-more" });
  const open = h(
    "button",
    { type: "button", class: "finding-open", "data-testid": "finding" },
    sign,
    h("span", { class: "finding-text", "data-testid": "finding-text" }, title, " ", text),
    more,
  );
  describe(open, { title: TITLE, text: t("Explains what is wrong with the training, and what to try.") });
  const first = h("span", { class: "finding-fix" });
  const hide = closeButton(t("Dismiss"), () => dismiss());
  hide.classList.add("finding-hide");
  hide.dataset.testid = "finding-hide";
  const close = closeButton(t("Close"));
  const list = h("div", { class: "finding-list" });
  const panel = h(
    "div",
    { class: "popover findings-panel", role: "dialog", "aria-label": TITLE, "data-testid": "findings-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, TITLE), close),
    list,
  );
  const line = h("div", { class: "finding-line" }, open, first, hide);
  makePopover(panel, open, [open, close]);
  root.append(line, panel);

  /** @type {Set<string>} what was put away in this run */
  const dismissed = new Set();
  let run = 0;
  const current = () => warningsOf(store.get()).filter(({ kind }) => !dismissed.has(kind));
  const dismiss = () => {
    const [worst] = current();
    if (worst) dismissed.add(worst.kind);
    show();
  };
  const show = () => {
    const found = current();
    const [worst, ...others] = found;
    line.hidden = !worst;
    if (!worst) {
      delete line.dataset.testid;
      if (panel.matches(":popover-open")) panel.hidePopover();
      return;
    }
    line.dataset.tone = worst.tone;
    line.dataset.testid = NAMES[worst.tone];
    line.setAttribute("role", worst.tone === "bad" ? "alert" : "status");
    sign.replaceChildren(icon(SIGN[worst.tone]));
    title.textContent = worst.title;
    text.textContent = worst.text;
    describe(open, {
      title: worst.title,
      text:
        others.length > 0 ? sentences(worst.text, t("Press for {count} more.", { count: others.length })) : worst.text,
    });
    more.textContent = others.length > 0 ? t("{count} more", { count: others.length }) : "";
    hide.hidden = worst.tone === "bad";
    first.replaceChildren(...buttons({ ...worst, fixes: worst.fixes.slice(0, 1) }, actions));
    list.replaceChildren(...found.map((warning) => card(warning, actions)));
  };
  watch(store, ["findings", "failure", "stop", "phase", "run"], (state) => {
    if (state.run !== run) dismissed.clear();
    // Play has it said again
    if (state.phase !== "paused") dismissed.delete("stop");
    run = state.run;
    show();
  });
}

const NAMES = { warn: "finding-line", bad: "failure", calm: "stop" };

/**
 * The worst first. A network that failed has diverged, which is what the finding says at length.
 *
 * @param {State} state
 * @returns {Warning[]}
 */
function warningsOf({ findings, failure, stop, phase }) {
  const others = findings.filter(({ kind }) => !(failure && kind === "diverged"));
  const diverged = findings.find(({ kind }) => kind === "diverged");
  return [
    ...(failure
      ? [
          /** @type {Warning} */ ({
            kind: "failure",
            title: failureTitle(failure),
            text: failureText(failure),
            tone: "bad",
            fixes: diverged?.fixes ?? [],
            advice: diverged ? [] : failure.advice,
          }),
        ]
      : []),
    ...others.map((finding) => /** @type {Warning} */ ({ ...finding, tone: "warn", advice: [] })),
    ...(stop && phase === "paused"
      ? [
          /** @type {Warning} */ ({
            kind: "stop",
            title: stopTitle(stop),
            text: stopText(stop),
            tone: "calm",
            fixes: [],
            advice: [],
          }),
        ]
      : []),
  ];
}

/**
 * @param {Warning} warning
 * @param {Actions} actions
 */
function buttons({ fixes, tone }, actions) {
  return [
    ...fixes.map((fix) => fixButton(fix, actions)),
    ...(tone === "bad" ? [h("button", { type: "button", class: "button", onclick: actions.reset }, t("Reset"))] : []),
  ];
}

/**
 * @param {Warning} warning
 * @param {Actions} actions
 */
function card(warning, actions) {
  const { title, text, advice } = warning;
  return h(
    "section",
    { class: "finding-card" },
    h("strong", {}, title),
    h("p", {}, text),
    ...(advice.length > 0 ? [h("ul", {}, ...advice.map((sentence) => h("li", {}, sentence)))] : []),
    h("div", { class: "finding-fixes" }, ...buttons(warning, actions)),
  );
}
