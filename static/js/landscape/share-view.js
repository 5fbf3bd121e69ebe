/** Takes a landscape along: as a link, as a picture, as a table of its paths, and to the playground. */

import { h } from "../base/dom.js";
import { fileButton } from "../ui/file-button.js";
import { pathsTable } from "./map/file.js";
import { landscapePicture } from "./map/portrait.js";
import { readLandscapeLook } from "./map/look.js";
import { pictureFiles } from "../run/picture-files.js";
import { createShareDialog, filesPart } from "../ui/share-dialog.js";
import { serverFiles } from "../run/server-files.js";
import { describe } from "../ui/tooltip.js";
import { formatChosen, formatLandscape } from "./link.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function takeAlongView(root, context) {
  const { store, actions, catalog, race } = context;
  const playground = h("a", { class: "button", "data-testid": "open-playground" }, t("Open in the playground"));
  describe(playground, {
    title: t("Open in the playground"),
    text: t("The chosen network alone, with the same settings and the same start."),
  });
  const chosen = h("h2", { class: "caption" });
  const showAddress = createShareDialog(root, {
    title: t("Share this landscape"),
    text: t("A link to this landscape, pictures and tables to keep, and the way to the playground."),
    hint: t("It carries the networks, their step and this view of the landscape: the same picture."),
    address() {
      const url = new URL(location.href);
      url.hash = formatLandscape(store.get(), race.step(), catalog);
      return url.href;
    },
    parts: (say) => [
      filesPart(t("Download"), ...files(context, say)),
      filesPart(chosen, ...serverFiles(actions, say)),
      playground,
    ],
  });
  watch(store, ["startSpecs", "edits", "members", "member", "landscape"], (state) => {
    if (state.run === 0) return;
    chosen.textContent = t("From the chosen network, {name}", { name: race.names()[state.member] ?? "" });
    playground.href = `./#${formatChosen(state, catalog)}`;
    showAddress();
  });
}

/**
 * @param {LandscapeContext} context
 * @param {(text: string) => void} say
 */
function files({ keeper, race, store }, say) {
  const drawn = () => {
    const { latest } = keeper;
    if (!latest || latest.dimensions !== 2) throw new Error(t("there is no map to draw; choose Map"));
    const picture = landscapePicture(latest, race.names(), readLandscapeLook(document.body), store.get().member);
    return { ...picture, name: `landscape-step-${latest.step}` };
  };
  return [
    ...pictureFiles("landscape", t("The map with all paths, for a slide."), say, drawn),
    fileButton(
      t("Paths"),
      "CSV",
      "landscape-csv",
      t("Where each path has been on the plane, with its true loss and the loss of the plane there."),
      say,
      async () => {
        const { latest } = keeper;
        if (!latest) throw new Error(t("there is no landscape yet"));
        return { name: `paths-step-${latest.step}.csv`, content: pathsTable(latest, race.names()), media: "text/csv" };
      },
    ),
  ];
}
