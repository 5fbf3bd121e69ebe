/** Takes a search along: as a link, as a QR code for the room, as a picture. */

import { pictureFiles } from "../run/picture-files.js";
import { createShareDialog, filesPart } from "../ui/share-dialog.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";
import { ADDRESSED, addressOf } from "./address/address.js";
import { readSearchLook } from "./map/look.js";
import { searchPicture } from "./map/picture.js";
import { sceneOf } from "./map/scene.js";
import { answerWords } from "./words.js";

/** @import {SearchContext} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function shareView(root, { store, catalog, searches }) {
  const picture = () => {
    const state = store.get();
    if (!state.found) throw new Error(t("there is nothing to draw yet; press Search"));
    const scene = sceneOf(state.found, state.search, state.axes, catalog, state.band);
    const drawn = searchPicture(scene, answerWords(state, catalog).title, readSearchLook(), state.chosen);
    return { ...drawn, name: "mlp-playground-search" };
  };
  const refresh = createShareDialog(root, {
    title: t("Share this search"),
    text: t("A link to this search, a QR code for the room, and files to keep."),
    hint: t("It carries the run, the settings and their ranges: the same trials, number for number."),
    address() {
      const url = new URL(location.href);
      url.hash = addressOf(store.get(), catalog, searches);
      return url.href;
    },
    parts: (say) => [
      filesPart(
        t("Download"),
        ...pictureFiles("search", t("The map of the two settings with every trial, for a slide."), say, picture),
      ),
    ],
  });
  watch(store, ADDRESSED, refresh);
}
