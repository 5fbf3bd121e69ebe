/** The gallery of races with a reason: one card each. */

import { h, icon } from "../../lib/dom.js";
import { racerBadge } from "../../lib/racers.js";
import { racerNames } from "../../lib/racer-names.js";
import { describe } from "../../lib/tooltip.js";
import { watch } from "../../store.js";

/** @import {RaceActions, RaceCatalog, RaceContext, RacePreset, RaceView} from "../../race-types.js" */

const CARDS = "M4 5.5h6.5v6H4zM13.5 5.5H20v6h-6.5zM4 14.5h6.5v4H4zM13.5 14.5H20v4h-6.5z";
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function presetsView(root, { store, actions, catalog, presets }) {
  const button = h("button", {
    type: "button", class: "button presets-button", "data-testid": "presets", "aria-haspopup": "dialog",
    onclick: () => actions.browsePresets(true),
  }, icon(CARDS), "Presets");
  describe(button, { title: "Presets", text: "Races with a reason: each shows one thing, says what to look for and what to try next." });
  root.append(button);

  const cards = presets.map((preset) => createCard(preset, actions, catalog));
  const dialog = build(cards.map(({ element }) => element), actions);
  document.body.append(dialog);
  watch(store, ["browsing"], ({ browsing, lesson }) => {
    if (browsing === dialog.open) return;
    if (!browsing) {
      dialog.close();
      return;
    }
    for (const { preset, element } of cards) {
      if (preset.name === lesson) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
    dialog.showModal();
    cards.find(({ preset }) => preset.name === lesson)?.element.focus();
  });
}

/**
 * @param {HTMLElement[]} cards
 * @param {RaceActions} actions
 */
function build(cards, actions) {
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => actions.browsePresets(false) }, icon(CLOSE));
  /** @type {HTMLDialogElement} */
  const dialog = h("dialog", {
    class: "gallery", "data-testid": "gallery", "aria-labelledby": "gallery-title",
    // However it closes, by Escape too, the store knows.
    onclose: () => actions.browsePresets(false),
    onclick: (/** @type {MouseEvent} */ event) => {
      if (event.target === dialog) actions.browsePresets(false);
    },
  },
  h("div", { class: "gallery-sheet" },
    h("header", { class: "gallery-head" },
      h("div", {},
        h("h2", { id: "gallery-title" }, "Presets"),
        h("p", { class: "gallery-text" }, "Each is ready to play. Choose one, press play, and look for what it says.")),
      close),
    h("div", { class: "gallery-body" }, h("div", { class: "gallery-cards" }, ...cards))));
  return dialog;
}

/**
 * @param {RacePreset} preset
 * @param {RaceActions} actions
 * @param {RaceCatalog} catalog
 */
function createCard(preset, actions, catalog) {
  const { race, name, title, story } = preset;
  const surface = catalog.families.surfaces?.find(({ kind }) => kind === race.surface.kind)?.label ?? "";
  const racers = racerNames(race.racers, catalog).map((racer, i) => h("span", { class: "race-card-racer" }, racerBadge(i), racer));
  const element = h("button", {
    type: "button", class: "gallery-card race-card", "data-testid": `preset-${name}`,
    onclick: () => {
      actions.loadPreset(preset);
      actions.browsePresets(false);
    },
  },
  h("span", { class: "gallery-words" },
    h("strong", {}, title),
    h("span", { class: "gallery-story" }, story),
    h("span", { class: "race-card-what" }, surface, ...racers)));
  return { preset, element };
}
