/** Takes a run along: as a link, as a QR code for the room, as files. */

import { createClassDialog } from "../classroom/class-dialog.js";
import { PARTS } from "../classroom/parts.js";
import { formatShown } from "../address/shown-link.js";
import { h } from "../base/dom.js";
import { createFeatureMaps } from "../network/feature-maps.js";
import { readPalette } from "../draw/palette.js";
import { pictureFiles } from "../run/picture-files.js";
import { runPicture } from "./run-picture.js";
import { serverFiles } from "../run/server-files.js";
import { createShareDialog, filesPart } from "../ui/share-dialog.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Context, Preset, State, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function shareView(root, context) {
  const refresh = createShareDialog(root, {
    title: t("Share this run"),
    text: t("A link to this run, a QR code for the room, and files to keep."),
    hint: t("It carries all settings and the changes made while training: the same run, number for number."),
    // told by its settings, even where a story has a name for them
    address: () => addressOf(context.store.get(), context.catalog, []),
    parts: (say) => [
      classPart(context),
      filesPart(t("Download"), ...pictureButtons(context, say), ...serverFiles(context.actions, say)),
    ],
  });
  watch(context.store, ["startSpec", "edits", "training", "classroom"], refresh);
}

/**
 * The address of this page with this run, and what it says to a class.
 *
 * @param {Readonly<State>} state
 * @param {Context["catalog"]} catalog
 * @param {readonly Preset[]} presets  those that may stand for all of their settings
 */
function addressOf(state, catalog, presets) {
  const url = new URL(location.href);
  url.hash = formatShown(state, catalog, presets, PARTS);
  return url.href;
}

/**
 * The way to a link that hides and locks parts of the page. A story keeps its name in it.
 *
 * @param {Context} context
 */
function classPart({ store, catalog, presets: { presets } }) {
  /** @type {ReturnType<typeof createClassDialog> | null} made when it is first opened */
  let dialog = null;
  const create = () =>
    createClassDialog({
      classroom: () => store.get().classroom,
      address: (classroom) => addressOf({ ...store.get(), classroom }, catalog, presets),
    });
  const open = h(
    "button",
    { type: "button", class: "button", "data-testid": "share-class", onclick: () => (dialog ??= create()).open() },
    t("Make a link for class"),
  );
  describe(open, {
    title: t("Make a link for class"),
    text: t("With a title and an instruction; it hides or locks what you choose, and sets the speed."),
  });
  return h("section", { class: "share-class" }, h("h2", { class: "caption" }, t("For class")), open);
}

/**
 * @param {Context} context
 * @param {(text: string) => void} say
 */
function pictureButtons({ store, frames, catalog }, say) {
  const names = (catalog.families.features ?? []).map(({ kind }) => kind);
  const maps = createFeatureMaps(names);
  const picture = () => {
    const { latest: frame, scene } = frames;
    const features = maps.add(scene);
    if (!frame || !scene || !features) throw new Error(t("there is nothing to draw yet"));
    const drawn = runPicture({ state: store.get(), frame, scene, features, catalog, palette: readPalette() });
    return { ...drawn, name: `mlp-playground-step-${frame.step}` };
  };
  return pictureFiles("picture", t("The network and the output map as they are now, for a slide."), say, picture);
}
