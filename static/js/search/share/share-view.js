/** Takes a search along: as a link, as a QR code for the room, as pictures, as a table, as scripts. */

import { watch } from "../../base/store.js";
import { sentences, t } from "../../base/words.js";
import { pictureFiles } from "../../run/picture-files.js";
import { fileButton } from "../../ui/file-button.js";
import { createShareDialog, filesPart } from "../../ui/share-dialog.js";
import { ADDRESSED, addressOf } from "../address/address.js";
import { parallelFile, slicesFile } from "../brush/files.js";
import { duelPicture } from "../duel/dots.js";
import { duelWords, sidesOf } from "../duel/words.js";
import { readSearchLook } from "../map/look.js";
import { searchPicture } from "../map/portrait.js";
import { sceneOf } from "../map/scene.js";
import { truthShown } from "../truth/truth.js";
import { besideWords, shadeWords } from "../truth/words.js";
import { answerWords } from "../words.js";
import { trialsTable } from "./trials-table.js";

/** @import {Found, SearchCatalog, SearchContext, SearchState} from "../types.js" */

/** What the server makes. */
const SCRIPTS = /** @type {const} */ ([
  {
    file: "numpy",
    label: t("NumPy script"),
    text: t("The same search in one readable file that needs nothing but NumPy and finds the same trials."),
  },
  {
    file: "optuna",
    label: t("Optuna script"),
    text: t("The same network and the same settings; Optuna chooses what to try."),
  },
  {
    file: "sklearn",
    label: t("scikit-learn script"),
    text: t("The nearest network that scikit-learn has, and its own way to search."),
  },
]);

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function shareView(root, { store, actions, catalog, searches }) {
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
        ...pictureFiles("search", t("The map with every trial, or every duel as a dot, for a slide."), say, () =>
          picture(store.get(), catalog),
        ),
        ...pictureFiles("parallel", t("Parallel coordinates, with the brush as it is."), say, () =>
          parallelFile(store.get(), catalog),
        ),
        ...pictureFiles("slices", t("The score against each setting by itself."), say, () =>
          slicesFile(store.get(), catalog),
        ),
        fileButton(
          t("Trials"),
          "CSV",
          "trials",
          t("Every trial: its settings, its scores, how it ended."),
          say,
          async () => {
            const { found, band } = store.get();
            if (!found) throw new Error(t("there is nothing to save yet; press Search"));
            return { name: "mlp-playground-trials.csv", media: "text/csv", content: trialsTable(found, band) };
          },
        ),
        ...SCRIPTS.map(({ file, label, text }) =>
          fileButton(label, "PY", file, text, say, async () => {
            const { bytes, ...made } = await actions.exportFile(file);
            return { ...made, content: bytes };
          }),
        ),
      ),
    ],
  });
  watch(store, ADDRESSED, refresh);
}

/**
 * The truth behind the dots, where it is shown, and how its shades are to be read.
 *
 * @param {Readonly<SearchState>} state
 * @param {Found} found
 * @param {SearchCatalog} catalog
 */
function groundOf(state, found, catalog) {
  const truth = truthShown(state);
  const shades = truth && shadeWords(truth);
  if (!shades) return null;
  return { ...shades, truth, words: sentences(shades.lines, besideWords(truth, found, catalog)) };
}

/**
 * @param {Readonly<SearchState>} state
 * @param {SearchCatalog} catalog
 */
function picture(state, catalog) {
  const look = readSearchLook();
  if (state.mode === "duel") {
    const { fought } = state;
    if (!fought) throw new Error(t("there is nothing to draw yet; press Duel"));
    const names = sidesOf(fought.duel.search.strategy, fought.duel.against, catalog);
    return { ...duelPicture(fought, names, duelWords(state, catalog), look), name: "mlp-playground-duel" };
  }
  if (!state.found) throw new Error(t("there is nothing to draw yet; press Search"));
  const scene = sceneOf(state.found, state.search, state.axes, catalog, state.band, state.guess);
  const drawn = searchPicture(
    scene,
    answerWords(state, catalog).title,
    look,
    state.chosen,
    groundOf(state, state.found, catalog),
  );
  return { ...drawn, name: "mlp-playground-search" };
}
