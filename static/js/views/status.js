/** What a person should know: the connection, and what was wrong with a setting. */

import { closeButton } from "../lib/close-button.js";
import { byTestId, h } from "../lib/dom.js";
import { markAt, sentence } from "../lib/formula-field.js";
import { watch } from "../store.js";

/** @import {Actions, Context, Problem, View} from "../types.js" */

const CONNECTION = {
  connecting: "Connecting …",
  open: "Connected",
  lost: "Reconnecting …",
  full: "Server is full, waiting …",
  outdated: "Reload the page: the server is newer",
};

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {import("../endings.js").Endings} [endings]  says why training ended where nothing else on the page does
 * @returns {View}
 */
export function statusView(root, { store, actions }, endings) {
  const status = byTestId(document, "status");
  watch(store, ["connection"], ({ connection }) => {
    status.dataset.state = connection;
    status.textContent = CONNECTION[connection];
  });

  const show = () => {
    const { problems, notice } = store.get();
    const cards = [
      ...(endings?.cards() ?? []),
      problems.length > 0 && problemsCard(problems, actions),
      notice && noticeCard(notice, actions),
    ].filter((card) => card instanceof HTMLElement);
    root.replaceChildren(...cards);
    root.hidden = cards.length === 0;
  };
  endings?.onChange(show);
  watch(store, ["problems", "notice"], show);
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
