/**
 * The strip under the network: panels that look inside, one open at a time. Closed, each of them asks its question. On a
 * phone they are cards side by side, and the one that is swiped to is open.
 */

import { h } from "../base/dom.js";
import { remember } from "../base/page.js";
import { watch } from "../base/store.js";
import { closeButton } from "../ui/close-button.js";
import { createTabs } from "../ui/tabs.js";

/** @import {Context, View} from "../base/types.js" */

/** As the style has it. */
const PHONE = "(max-width: 720px)";

/** A card counts as swiped to when so much of it is seen. */
const MOST = 0.6;

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function stripView(root, { store }) {
  const phone = matchMedia(PHONE);
  const open = (/** @type {string | null} */ insight) => store.set({ insight });
  const { tabs, show } = createTabs(root, (tab) => {
    const name = nameOf(tab);
    open(store.get().insight === name && !phone.matches ? null : name);
  });
  const close = closeButton("Close the panel", () => open(null));
  close.dataset.testid = "close-insight";
  const questions = h(
    "div",
    { class: "inside-questions", "data-testid": "insight-questions" },
    ...tabs.map((tab) =>
      h(
        "button",
        { type: "button", class: "inside-question", onclick: () => choose(tab) },
        h("span", {}, tab.dataset.question ?? ""),
        h("span", { class: "inside-answer" }, tab.textContent),
      ),
    ),
  );
  root.querySelector(".inside-bar")?.append(close);
  const cards = root.querySelector(".inside-cards");
  cards?.prepend(questions);

  /** @param {HTMLElement} tab */
  const choose = (tab) => {
    open(nameOf(tab));
    tab.focus({ preventScroll: true });
  };

  watch(store, ["insight"], ({ insight }) => {
    const chosen = tabs.find((tab) => nameOf(tab) === insight);
    show(chosen);
    root.toggleAttribute("data-open", chosen !== undefined);
    questions.hidden = chosen !== undefined;
    close.hidden = chosen === undefined;
    remember("insight", JSON.stringify({ open: chosen ? insight : null }));
    bringToSight(chosen);
  });

  /** @param {HTMLElement | undefined} chosen */
  function bringToSight(chosen) {
    if (!phone.matches || !(cards instanceof HTMLElement)) return;
    const card = chosen ? cardOf(chosen) : questions;
    if (card) cards.scrollLeft = card.offsetLeft - cards.offsetLeft;
  }

  /** @param {HTMLElement} tab */
  const cardOf = (tab) => document.getElementById(tab.getAttribute("aria-controls") ?? "");

  const watcher = new IntersectionObserver(
    (entries) => {
      const card = entries.find(({ isIntersecting }) => isIntersecting)?.target;
      if (!card || !phone.matches) return;
      const tab = tabs.find((each) => cardOf(each) === card);
      open(tab ? nameOf(tab) : null);
    },
    { root: cards, threshold: MOST },
  );
  watcher.observe(questions);
  for (const tab of tabs) {
    const card = cardOf(tab);
    if (card) watcher.observe(card);
  }
}

/** The name of a panel. @param {HTMLElement} tab */
const nameOf = (tab) => (tab.getAttribute("aria-controls") ?? "").replace("panel-", "");
