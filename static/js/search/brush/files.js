/** The pictures of all settings as files, with the brush that they have on the page. */

import { t } from "../../base/words.js";
import { readSearchLook } from "../map/look.js";
import { linesOf, parallelPicture } from "../parallel/picture.js";
import { shownTrial } from "../shown.js";
import { slicesOf, slicesPicture } from "../slices/picture.js";
import { keptBy } from "./brush.js";
import { dimensionsOf, stretchOf } from "./dimension.js";
import { keptWords } from "./words.js";

/** @import {SearchCatalog, SearchState} from "../types.js" */
/** @import {Dimension} from "./dimension.js" */

/** @param {Readonly<SearchState>} state */
function shownIn(state) {
  const kept = keptBy(state.found, state.brush);
  return {
    words: kept ? keptWords(state) : t("All trials of the search."),
    kept,
    lit: shownTrial(state),
    stretch: (/** @type {Dimension} */ dimension) => stretchOf(dimension, state.brush),
  };
}

/**
 * Throws where there are none.
 *
 * @param {Readonly<SearchState>} state
 * @param {SearchCatalog} catalog
 */
export function parallelFile(state, catalog) {
  const { found, arrangement } = state;
  if (!found) throw new Error(t("there is nothing to draw yet; press Search"));
  const lines = linesOf(found, dimensionsOf(found, catalog), arrangement);
  if (!lines) throw new Error(t("parallel coordinates need three settings or more"));
  const drawn = parallelPicture(lines, shownIn(state), readSearchLook());
  return { ...drawn, name: "mlp-playground-parallel" };
}

/**
 * Throws where there are none.
 *
 * @param {Readonly<SearchState>} state
 * @param {SearchCatalog} catalog
 */
export function slicesFile(state, catalog) {
  const { found, band } = state;
  const scene = found && slicesOf(found, dimensionsOf(found, catalog), band);
  if (!scene) throw new Error(t("there is nothing to draw yet; press Search"));
  return { ...slicesPicture(scene, shownIn(state), readSearchLook()), name: "mlp-playground-slices" };
}
