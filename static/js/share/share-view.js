/** Takes a run along: as a link, as a QR code for the room, as files. */

import { h, icon } from "../base/dom.js";
import { createFeatureMaps } from "../network/feature-maps.js";
import { fileButton } from "../ui/file-button.js";
import { readPalette } from "../draw/palette.js";
import { makePopover } from "../ui/popover.js";
import { rasterize } from "../draw/rasterize.js";
import { runPicture } from "./run-picture.js";
import { serverFiles } from "../run/server-files.js";
import { createLinkPart, createRoomPart } from "../ui/share-link.js";
import { shortSpec } from "../settings/minimal-spec.js";
import { describe } from "../ui/tooltip.js";
import { format } from "../address/run-link.js";
import { watch } from "../base/store.js";

/** @import {Context, View} from "../base/types.js" */

const SHARE = "M12 15V4M8 7.5L12 3.5l4 4M6 11.5H5v8.5h14v-8.5h-1";
const HINT = "It carries all settings and the changes made while training: the same run, number for number.";
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function shareView(root, context) {
  const { store } = context;
  const button = h("button", { type: "button", class: "button", "data-testid": "share" },
    icon(SHARE), h("span", { class: "button-name" }, "Share"));
  describe(button, { title: "Share", text: "A link to this run, a QR code for the room, and files to keep." });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon(CLOSE));
  const said = h("p", { class: "share-said", role: "status", "data-testid": "share-said" });
  const link = createLinkPart((text) => say(text), HINT);
  const room = createRoomPart();
  const panel = h("div", { class: "popover share", role: "dialog", "aria-label": "Share", "data-testid": "share-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, "Share this run"), close),
    link.element,
    room.element,
    h("section", { class: "share-files" },
      h("h2", { class: "caption" }, "Download"),
      ...pictureButtons(context, (text) => say(text)),
      ...serverFiles(context.actions, (text) => say(text))),
    said);
  makePopover(panel, button, [button, close]);
  root.append(button, panel);

  const say = (/** @type {string} */ text) => {
    said.textContent = text;
  };
  const refresh = () => {
    if (!panel.matches(":popover-open")) return;
    const url = linkTo(context);
    link.show(url);
    room.show(url);
  };
  panel.addEventListener("toggle", () => {
    say("");
    refresh();
  });
  watch(store, ["startSpec", "edits"], refresh);
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
  return [
    fileButton("Picture", "PNG", "picture-png", "The network and the output map as they are now, for a slide.", say,
      async () => {
        const drawn = picture();
        return { name: `${drawn.name}.png`, content: await rasterize(drawn), media: "image/png" };
      }),
    fileButton("Picture", "SVG", "picture-svg", "The same with sharp lines at any size, for print.", say, async () => {
      const drawn = picture();
      return { name: `${drawn.name}.svg`, content: drawn.text, media: "image/svg+xml" };
    }),
  ];
}
