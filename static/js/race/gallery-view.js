/** The gallery of races with a reason: one card each. */

import { h } from "../base/dom.js";
import { createGallery, galleryButton, wordCard } from "../ui/gallery.js";
import { racerBadge } from "../draw/markers.js";
import { racerNames } from "./names.js";
import { kindName } from "../settings/names.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {RaceActions, RaceCatalog, RaceContext, RacePreset, RaceView} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function presetsView(root, { store, actions, catalog, presets }) {
  root.append(
    galleryButton(t("Races with a reason: each shows one thing, says what to look for and what to try next."), () =>
      actions.browsePresets(true),
    ),
  );
  const cards = presets.map((preset) => createCard(preset, actions, catalog));
  const group = h("div", { class: "gallery-cards" }, ...cards.map(({ element }) => element));
  const gallery = createGallery(cards, [group], () => actions.browsePresets(false));
  watch(store, ["browsing"], ({ browsing, lesson }) => {
    gallery.show(browsing, lesson);
  });
}

/**
 * @param {RacePreset} preset
 * @param {RaceActions} actions
 * @param {RaceCatalog} catalog
 */
function createCard(preset, actions, catalog) {
  const { race } = preset;
  const surface = kindName(catalog.families, "surfaces", race.surface.kind);
  const racers = racerNames(race.racers, catalog).map((racer, i) =>
    h("span", { class: "race-card-racer" }, racerBadge(i), racer),
  );
  const choose = () => {
    actions.loadPreset(preset);
    actions.browsePresets(false);
  };
  return wordCard(preset, choose, [surface, ...racers]);
}
