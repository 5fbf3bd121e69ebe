/** What goes wrong in training, in a sentence, and what cures it with one press. */

import { h, icon } from "../lib/dom.js";
import { fixButton } from "../lib/fix-button.js";
import { makePopover } from "../lib/popover.js";
import { describe } from "../lib/tooltip.js";
import { watch } from "../store.js";

/** @import {Actions, Context, Finding, View} from "../types.js" */

const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";
const SIGN = "M12 4.5l8.5 15h-17zM12 10.5v4M12 17h.01";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function findingsView(root, { store, actions }) {
  const title = h("strong");
  const text = h("span", { class: "finding-text" });
  const more = h("span", { class: "finding-more", "data-testid": "finding-more" });
  const open = h("button", { type: "button", class: "finding-open", "data-testid": "finding" }, icon(SIGN), title, text, more);
  describe(open, { title: "What goes wrong", text: "Says what is wrong with this training, and what to try." });
  const first = h("span", { class: "finding-fix" });
  const hide = h("button", { type: "button", class: "icon-button finding-hide", "aria-label": "Dismiss", "data-testid": "finding-hide" },
    icon(CLOSE));
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon(CLOSE));
  const list = h("div", { class: "finding-list" });
  const panel = h("div", { class: "popover findings-panel", role: "dialog", "aria-label": "What goes wrong", "data-testid": "findings-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, "What goes wrong"), close), list);
  const line = h("div", { class: "finding-line", role: "status" }, open, first, hide);
  makePopover(panel, open, [open, close]);
  root.append(line, panel);

  /** @type {Set<string>} what was put away in this run */
  const dismissed = new Set();
  let run = 0;
  /** What is neither put away nor said by the card of a training that stopped. */
  const current = () => {
    const { findings, failure } = store.get();
    return findings.filter(({ kind }) => !dismissed.has(kind) && !(failure && kind === "diverged"));
  };
  const show = () => {
    const found = current();
    const [worst, ...others] = found;
    line.hidden = !worst;
    if (!worst) {
      if (panel.matches(":popover-open")) panel.hidePopover();
      return;
    }
    title.textContent = worst.title;
    text.textContent = worst.text;
    describe(open, { title: worst.title, text: others.length > 0 ? `${worst.text} Press for ${others.length} more.` : worst.text });
    more.textContent = others.length > 0 ? `${others.length} more` : "";
    const [fix] = worst.fixes;
    first.replaceChildren(...(fix ? [fixButton(fix, actions)] : []));
    list.replaceChildren(...found.map((finding) => card(finding, actions)));
  };
  hide.addEventListener("click", () => {
    const [worst] = current();
    if (worst) dismissed.add(worst.kind);
    show();
  });
  watch(store, ["findings", "failure", "run"], (state) => {
    if (state.run !== run) dismissed.clear();
    run = state.run;
    show();
  });
}

/**
 * @param {Finding} finding
 * @param {Actions} actions
 */
function card({ title, text, fixes }, actions) {
  return h("section", { class: "finding-card" },
    h("strong", {}, title), h("p", {}, text),
    h("div", { class: "finding-fixes" }, ...fixes.map((fix) => fixButton(fix, actions))));
}
