/** The gallery of searches with a reason: one card each. */

import { h } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { listed, t } from "../../base/words.js";
import { createGallery, galleryButton, wordCard } from "../../ui/gallery.js";
import { labelOf, sidesOf } from "../duel/words.js";

/** @import {SearchActions, SearchCatalog, SearchContext, SearchPreset} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function presetsView(root, { store, actions, catalog, searches }) {
  root.append(
    galleryButton(t("Searches with a reason: each shows one thing, says what to look for and what to try next."), () =>
      actions.browsePresets(true),
    ),
  );
  const cards = searches.map((preset) => createCard(preset, actions, catalog));
  const group = h("div", { class: "gallery-cards" }, ...cards.map(({ element }) => element));
  const gallery = createGallery(cards, [group], () => actions.browsePresets(false));
  watch(store, ["browsing"], ({ browsing, lesson }) => {
    gallery.show(browsing, lesson);
  });
}

/**
 * @param {SearchPreset} preset
 * @param {SearchActions} actions
 * @param {SearchCatalog} catalog
 */
function createCard(preset, actions, catalog) {
  const { search, against } = preset;
  const { kind } = { ...catalog.default_spec.data, ...search.base.data };
  const data = catalog.families.datasets?.find((record) => record.kind === kind)?.label;
  const [first, second] = against ? sidesOf(search.strategy, against, catalog) : [];
  const how = against
    ? t("{first} against {second}", { first: first ?? "", second: second ?? "" })
    : labelOf(search.strategy, catalog);
  const choose = () => {
    actions.loadPreset(preset);
    actions.browsePresets(false);
  };
  return wordCard(preset, choose, [listed([...(data ? [data] : []), how])]);
}
