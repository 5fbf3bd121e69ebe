/** What a person should know: the connection, and what was wrong with a setting. */

import { closeButton } from "../ui/close-button.js";
import { byTestId, h } from "../base/dom.js";
import { marked } from "../base/marked.js";
import { markAt, sentence } from "../ui/formula-field.js";
import { watch } from "../base/store.js";
import { t, tn } from "../base/words.js";

/** @import {Actions, Context, Problem, State, Trouble, View} from "../base/types.js" */

const CONNECTION = {
  connecting: t("Connecting …"),
  open: t("Connected"),
  lost: t("Reconnecting …"),
  full: t("Server is full, waiting …"),
  refused: t("Not connected"),
  outdated: t("Reload the page: the server is newer"),
};

/** More problems than this are counted, not named. */
const MOST_PROBLEMS = 20;
const LONGEST = 120;
const BUSY = t("Busy room: pictures are coarser");

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {import("./endings.js").Endings} [endings]  says why training ended where nothing else on the page does
 * @returns {View}
 */
export function statusView(root, { store, actions }, endings) {
  const status = byTestId(document, "status");
  watch(store, ["connection", "light"], ({ connection, light }) => {
    status.dataset.state = connection;
    status.textContent = light && connection === "open" ? BUSY : CONNECTION[connection];
  });

  const show = () => {
    const { problems, notice, trouble, refusal } = store.get();
    const cards = [
      refusal && refusalCard(refusal, store.get(), actions),
      trouble && troubleCard(trouble),
      ...(endings?.cards() ?? []),
      problems.length > 0 && problemsCard(problems, actions),
      notice && noticeCard(notice, actions),
    ].filter((card) => card instanceof HTMLElement);
    root.replaceChildren(...cards);
    root.hidden = cards.length === 0;
  };
  endings?.onChange(show);
  watch(store, ["problems", "notice", "trouble", "refusal", "connection"], show);
}

/**
 * @param {string} refusal
 * @param {Readonly<State>} state
 * @param {Actions} actions
 */
function refusalCard(refusal, { connection, run }, { tryAgain, startOver }) {
  const over =
    startOver
    && h(
      "button",
      { type: "button", class: "button is-main", "data-testid": "start-over", onclick: startOver },
      run > 0 ? t("Go on with these settings") : t("Start with the usual settings"),
    );
  const again = h(
    "button",
    { type: "button", class: "button", "data-testid": "try-again", onclick: tryAgain },
    t("Try again"),
  );
  return h(
    "div",
    { class: "card is-bad", role: "alert", "data-testid": "refusal" },
    h(
      "div",
      { class: "card-text" },
      h("strong", {}, t("The server rejected this run")),
      h("p", {}, refusal),
      connection === "refused" && run > 0
        ? h(
            "p",
            {},
            t(
              "With the settings alone the run starts over, unless the server still holds it: then it goes on as it was.",
            ),
          )
        : null,
      connection === "refused" ? h("div", { class: "card-ways" }, over, again) : null,
    ),
  );
}

/** @param {Trouble} trouble */
function troubleCard({ title, text, setting }) {
  return h(
    "div",
    { class: "card is-bad", role: "alert", "data-testid": "trouble" },
    h(
      "div",
      { class: "card-text" },
      h("strong", {}, title),
      h("p", {}, text),
      setting
        ? h("p", {}, ...marked(t("Start the server with *{setting}*.", { setting }), (part) => h("code", {}, part)))
        : null,
    ),
  );
}

/**
 * @param {readonly Problem[]} problems
 * @param {Actions} actions
 */
function problemsCard(problems, actions) {
  const more = problems.length - MOST_PROBLEMS;
  return h(
    "div",
    { class: "card", role: "alert", "data-testid": "problems" },
    h(
      "div",
      { class: "card-text" },
      h("strong", {}, tn("One setting was rejected", "{count} settings were rejected", problems.length)),
      h(
        "ul",
        {},
        ...problems
          .slice(0, MOST_PROBLEMS)
          .map(({ path, value, allowed, at }) =>
            h(
              "li",
              {},
              h("code", {}, `${short(path) || "spec"} = `, ...valueParts(value, at)),
              " ",
              at ? sentence(allowed) : t("Allowed: {allowed}.", { allowed }),
            ),
          ),
        more > 0 && h("li", {}, t("and {count} more.", { count: more })),
      ),
    ),
    closeButton(t("Dismiss"), actions.dismiss),
  );
}

/**
 * @param {unknown} value
 * @param {Problem["at"]} at  where a text is at fault
 */
function valueParts(value, at) {
  if (typeof value !== "string") return [JSON.stringify(value)];
  return at ? markAt(value, at) : [short(value)];
}

/** What an address says can be as long as an address. @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/**
 * @param {string} notice
 * @param {Actions} actions
 */
function noticeCard(notice, actions) {
  return h(
    "div",
    { class: "card", role: "alert", "data-testid": "notice" },
    h("p", { class: "card-text" }, notice),
    closeButton(t("Dismiss"), actions.dismiss),
  );
}
