/**
 * The strip under the network: panels that look inside, one open at a time. Closed, each of them asks its question. On a
 * phone they are cards side by side, and the one that is swiped to is open.
 */

import { isHidden } from "../base/classroom.js";
import { h, query } from "../base/dom.js";
import { remember } from "../base/page.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";
import { closeButton } from "../ui/close-button.js";
import { createTabs } from "../ui/tabs.js";
import { describe } from "../ui/tooltip.js";
import { PHONE } from "./phone.js";

/** @import {Context, View} from "../base/types.js" */

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
  const close = closeButton(t("Close the panel"), () => open(null));
  close.dataset.testid = "close-insight";
  describe(close, { title: t("Close the panel"), text: t("The strip then asks its questions again.") });
  const questions = h(
    "div",
    { class: "inside-questions", "data-testid": "insight-questions" },
    ...tabs.map((tab) => createQuestion(tab, () => choose(tab))),
  );
  query(root, ".inside-bar").append(close);
  const cards = query(root, ".inside-cards");
  cards.prepend(questions);

  /** @param {HTMLElement} tab */
  const choose = (tab) => {
    open(nameOf(tab));
    tab.focus({ preventScroll: true });
  };

  /** Nothing is remembered of a person who has opened nothing. */
  let kept = store.get().insight;
  /** The card that is being swiped to needs not be brought there. */
  let swiped = false;
  const update = () => {
    const { insight, classroom, enlarged } = store.get();
    const chosen = tabs.find((tab) => nameOf(tab) === insight && !isHidden(classroom, `inside-${insight}`));
    show(chosen);
    root.toggleAttribute("data-open", chosen !== undefined);
    questions.hidden = chosen !== undefined;
    close.hidden = chosen === undefined;
    if (!chosen && enlarged === "strip") store.set({ enlarged: null });
    if (insight !== kept) remember("insight", JSON.stringify({ open: insight }));
    kept = insight;
    if (!phone.matches) return;
    for (const card of cards.children) if (card instanceof HTMLElement) card.hidden = false;
    const card = chosen ? cardOf(chosen) : questions;
    if (!swiped) cards.scrollLeft = card.offsetLeft - questions.offsetLeft;
  };
  watch(store, ["insight", "classroom"], update);
  phone.addEventListener("change", update);

  const watcher = new IntersectionObserver(
    (entries) => {
      const card = entries.find(({ intersectionRatio }) => intersectionRatio >= MOST)?.target;
      if (!card || !phone.matches) return;
      const tab = tabs.find((each) => cardOf(each) === card);
      swiped = true;
      open(tab ? nameOf(tab) : null);
      swiped = false;
    },
    { root: cards, threshold: MOST },
  );
  for (const card of [questions, ...tabs.map(cardOf)]) watcher.observe(card);

  /** @param {HTMLElement} tab */
  function cardOf(tab) {
    return query(cards, `#${tab.getAttribute("aria-controls")}`);
  }
}

/**
 * What a panel answers, as a button that opens it.
 *
 * @param {HTMLElement} tab
 * @param {() => void} onclick
 */
function createQuestion(tab, onclick) {
  const { question = "", tip = "" } = tab.dataset;
  const button = h(
    "button",
    { type: "button", class: "inside-question", "data-panel": nameOf(tab), onclick },
    h("span", {}, question),
    " ",
    h("span", { class: "inside-answer" }, tab.textContent),
  );
  describe(button, { title: tab.textContent ?? "", text: tip });
  return button;
}

/** The name of a panel. @param {HTMLElement} tab */
const nameOf = (tab) => (tab.getAttribute("aria-controls") ?? "").replace("panel-", "");
