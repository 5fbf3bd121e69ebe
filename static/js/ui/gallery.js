/** A sheet over the page with cards to choose from. */

import { h, icon } from "../base/dom.js";
import { describe } from "./tooltip.js";
import { closeButton } from "./close-button.js";
import { t } from "../base/words.js";

const CARDS = "M4 5.5h6.5v6H4zM13.5 5.5H20v6h-6.5zM4 14.5h6.5v4H4zM13.5 14.5H20v4h-6.5z";

/**
 * The button that opens it.
 *
 * @param {string} text  what it offers
 * @param {() => void} open
 */
export function galleryButton(text, open) {
  const button = h(
    "button",
    {
      type: "button",
      class: "button presets-button",
      "data-testid": "presets",
      "aria-haspopup": "dialog",
      onclick: open,
    },
    icon(CARDS),
    h("span", { class: "button-name" }, t("Presets")),
  );
  describe(button, { title: t("Presets"), text });
  return button;
}

/**
 * A card of words: a title, its story, and what it is made of.
 *
 * @param {{name: string, title: string, story: string}} preset
 * @param {() => void} choose
 * @param {(Node | string)[]} what
 */
export function wordCard({ name, title, story }, choose, what) {
  const element = h(
    "button",
    { type: "button", class: "gallery-card race-card", "data-testid": `preset-${name}`, onclick: choose },
    h(
      "span",
      { class: "gallery-words" },
      h("strong", {}, title),
      h("span", { class: "gallery-story" }, story),
      h("span", { class: "race-card-what" }, ...what),
    ),
  );
  return { name, element };
}

/**
 * @param {{name: string, element: HTMLElement}[]} cards
 * @param {HTMLElement[]} groups  which hold the cards
 * @param {() => void} close
 */
export function createGallery(cards, groups, close) {
  const cross = closeButton(t("Close"), close);
  /** @type {HTMLDialogElement} */
  const dialog = h(
    "dialog",
    {
      class: "gallery",
      "data-testid": "gallery",
      "aria-labelledby": "gallery-title",
      // However it closes, by Escape too, the store knows.
      onclose: close,
      onclick: (/** @type {MouseEvent} */ event) => {
        if (event.target === dialog) close();
      },
    },
    h(
      "div",
      { class: "gallery-sheet" },
      h(
        "header",
        { class: "gallery-head" },
        h(
          "div",
          {},
          h("h2", { id: "gallery-title" }, t("Presets")),
          h(
            "p",
            { class: "gallery-text" },
            t("Each is ready to play. Choose one, press Play, and watch for what its text describes."),
          ),
        ),
        cross,
      ),
      h("div", { class: "gallery-body" }, ...groups),
    ),
  );
  document.body.append(dialog);

  return {
    /**
     * @param {boolean} browsing  whether it is to be open
     * @param {string | null} current  the name of the card that holds
     * @returns {boolean} whether it has just opened
     */
    show(browsing, current) {
      if (browsing === dialog.open) return false;
      if (!browsing) {
        dialog.close();
        return false;
      }
      for (const { name, element } of cards) {
        if (name === current) element.setAttribute("aria-current", "true");
        else element.removeAttribute("aria-current");
      }
      dialog.showModal();
      const chosen = cards.find(({ name }) => name === current)?.element;
      if (chosen) chosen.focus();
      else dialog.querySelector(".gallery-body")?.scrollTo(0, 0);
      return true;
    },
  };
}
