/** Which picture of the surface is the large one: the map, or the surface in 3-D with the map in its corner. */

import { createSegments } from "../../ui/segments.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";

/** @import {RaceContext, RaceState} from "../types.js" */

const PICTURES = /** @type {{value: RaceState["picture"], label: string, text: string}[]} */ ([
  { value: "map", label: t("Map"), text: t("The surface from above, with lines of equal height.") },
  { value: "surface", label: t("3-D"), text: t("The surface with the same paths; drag to turn it.") },
]);

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 */
export function stageView(root, { store, actions }) {
  const segments = createSegments(t("Picture"), PICTURES, actions.setPicture, "picture");
  root.prepend(segments.element);
  watch(store, ["picture"], ({ picture }) => {
    root.dataset.picture = picture;
    segments.update(picture);
  });
}
