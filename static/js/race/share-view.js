/** Takes a race along: as a link, as a QR code for the room, as files. */

import { fileButton } from "../ui/file-button.js";
import { pictureFiles } from "../run/picture-files.js";
import { format, withArrows } from "./link.js";
import { racePicture, readRaceLook } from "./map/picture.js";
import { partsShown } from "./map/step-parts.js";
import { racerNames } from "./names.js";
import { startsOf } from "./visible.js";
import { createShareDialog, filesPart } from "../ui/share-dialog.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {RaceContext, RaceView} from "./types.js" */

/** What the server makes. */
const FILES = /** @type {const} */ ([
  {
    what: "csv",
    label: t("Trajectories"),
    type: "CSV",
    text: t("Every step of every racer: place, height, gradient, learning rate, distance."),
  },
  {
    what: "numpy",
    label: t("NumPy script"),
    type: "PY",
    text: t("The whole race in one readable file that needs only NumPy and gives the same numbers."),
  },
]);

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function shareView(root, context) {
  const { store, actions, catalog } = context;
  const refresh = createShareDialog(root, {
    title: t("Share this race"),
    text: t("A link to this race, a QR code for the room, and files to keep."),
    hint: t("It carries the surface, the racers and the starts: the same race, number for number."),
    address() {
      const url = new URL(location.href);
      const { race, arrows } = store.get();
      url.hash = withArrows(format(race, catalog), arrows);
      return url.href;
    },
    parts: (say) => [
      filesPart(
        t("Download"),
        ...pictureButtons(context, say),
        ...FILES.map(({ what, label, type, text }) =>
          fileButton(label, type, what, text, say, async () => {
            const { bytes, ...file } = await actions.exportFile(what);
            return { ...file, content: bytes };
          }),
        ),
      ),
    ],
  });
  watch(store, ["race", "arrows"], refresh);
}

/**
 * @param {RaceContext} context
 * @param {(text: string) => void} say
 */
function pictureButtons({ store, results, player, catalog }, say) {
  const picture = () => {
    const { surface, track } = results;
    if (!surface || !track) throw new Error(t("there is nothing to draw yet"));
    const state = store.get();
    const record = catalog.families.surfaces?.find(({ kind }) => kind === track.race.surface.kind);
    const title = track.race.surface.kind === "formula" ? `f = ${track.race.surface.text}` : (record?.label ?? "");
    const drawn = racePicture(
      {
        surface,
        track,
        step: player.step,
        shown: state,
        basins: state.basins ? results.basins : null,
        starts: startsOf(track.race, catalog),
        names: racerNames(track.race.racers, catalog),
        title,
        parts: (scale) => partsShown(results, state, player, scale),
      },
      readRaceLook(),
    );
    return { ...drawn, name: `mlp-playground-race-step-${player.step}` };
  };
  return pictureFiles("picture", t("The map with the paths up to this step, for a slide."), say, picture);
}
