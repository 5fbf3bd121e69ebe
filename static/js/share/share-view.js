/** Takes a run along: as a link, as a QR code for the room, as files. */

import { createFeatureMaps } from "../network/feature-maps.js";
import { readPalette } from "../draw/palette.js";
import { pictureFiles } from "../run/picture-files.js";
import { runPicture } from "./run-picture.js";
import { serverFiles } from "../run/server-files.js";
import { createShareDialog, filesPart } from "../ui/share-dialog.js";
import { shortSpec } from "../settings/minimal-spec.js";
import { format } from "../address/run-link.js";
import { watch } from "../base/store.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function shareView(root, context) {
  const refresh = createShareDialog(root, {
    title: "Share this run",
    text: "A link to this run, a QR code for the room, and files to keep.",
    hint: "It carries all settings and the changes made while training: the same run, number for number.",
    address: () => linkTo(context),
    parts: (say) => [filesPart("Download", ...pictureButtons(context, say), ...serverFiles(context.actions, say))],
  });
  watch(context.store, ["startSpec", "edits"], refresh);
}

/**
 * The address of this page with this run, as short as it can be said.
 *
 * @param {Context} context
 */
function linkTo({ store, catalog }) {
  const { startSpec, edits } = store.get();
  const url = new URL(location.href);
  url.hash = format(shortSpec(startSpec, catalog), edits);
  return url.href;
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
    if (!frame || !scene || !features) throw new Error("there is nothing to draw yet");
    const drawn = runPicture({ state: store.get(), frame, scene, features, catalog, palette: readPalette() });
    return { ...drawn, name: `mlp-playground-step-${frame.step}` };
  };
  return pictureFiles("picture", "The network and the output map as they are now, for a slide.", say, picture);
}
