/** Takes a landscape along: as a link, as a picture, as a table of its paths, and to the playground. */

import { h, icon } from "../base/dom.js";
import { fileButton } from "../ui/file-button.js";
import { pathsTable } from "./map/file.js";
import { landscapePicture } from "./map/portrait.js";
import { readLandscapeLook } from "./map/look.js";
import { makePopover } from "../ui/popover.js";
import { rasterize } from "../draw/rasterize.js";
import { createLinkPart, createRoomPart } from "../ui/share-link.js";
import { serverFiles } from "../run/server-files.js";
import { describe } from "../ui/tooltip.js";
import { formatChosen, formatLandscape } from "./link.js";
import { watch } from "../base/store.js";

/** @import {View} from "../base/types.js" */
/** @import {LandscapeContext} from "./types.js" */

const SHARE = "M12 15V4M8 7.5L12 3.5l4 4M6 11.5H5v8.5h14v-8.5h-1";
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function takeAlongView(root, context) {
  const { store, actions, catalog, race } = context;
  const button = h("button", { type: "button", class: "button", "data-testid": "share" }, icon(SHARE), h("span", { class: "button-name" }, "Share"));
  describe(button, { title: "Share", text: "A link to this landscape, pictures and tables to keep, and the way to the playground." });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon(CLOSE));
  const said = h("p", { class: "share-said", role: "status", "data-testid": "share-said" });
  const say = (/** @type {string} */ text) => {
    said.textContent = text;
  };
  const link = createLinkPart(say, "It carries the networks, their step and this view of the landscape: the same picture.");
  const room = createRoomPart();
  const playground = h("a", { class: "button", "data-testid": "open-playground" }, "Open in the playground");
  describe(playground, { title: "Open in the playground", text: "The chosen network alone, with the same settings and the same start." });
  const chosen = h("h2", { class: "caption" });
  const panel = h("div", { class: "popover share", role: "dialog", "aria-label": "Share", "data-testid": "share-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, "Share this landscape"), close),
    link.element,
    room.element,
    h("section", { class: "share-files" }, h("h2", { class: "caption" }, "Download"), ...files(context, say)),
    h("section", { class: "share-files" }, chosen, ...serverFiles(actions, say)),
    playground, said);
  makePopover(panel, button, [button, close]);
  root.append(button, panel);

  const refresh = () => {
    const state = store.get();
    chosen.textContent = `Of the chosen network, ${race.names()[state.member] ?? ""}`;
    playground.href = `./#${formatChosen(state, catalog)}`;
    if (!panel.matches(":popover-open")) return;
    const url = new URL(location.href);
    url.hash = formatLandscape(state, race.step(), catalog);
    link.show(url.href);
    room.show(url.href);
  };
  panel.addEventListener("toggle", () => {
    say("");
    refresh();
  });
  watch(store, ["startSpecs", "edits", "members", "member", "landscape"], ({ run }) => {
    if (run > 0) refresh();
  });
}

/**
 * @param {LandscapeContext} context
 * @param {(text: string) => void} say
 */
function files({ keeper, race, store }, say) {
  const drawn = () => {
    const { latest } = keeper;
    if (!latest || latest.dimensions !== 2) throw new Error("there is no map to draw; choose Map");
    const picture = landscapePicture(latest, race.names(), readLandscapeLook(document.body), store.get().member);
    return { ...picture, name: `landscape-step-${latest.step}` };
  };
  return [
    fileButton("Picture", "PNG", "landscape-png", "The map with all paths, for a slide.", say, async () => {
      const picture = drawn();
      return { name: `${picture.name}.png`, content: await rasterize(picture), media: "image/png" };
    }),
    fileButton("Picture", "SVG", "landscape-svg", "The same with sharp lines at any size, for print.", say, async () => {
      const { name, text } = drawn();
      return { name: `${name}.svg`, content: text, media: "image/svg+xml" };
    }),
    fileButton("Paths", "CSV", "landscape-csv", "Where each path has been on the plane, with its true loss and the loss there.", say, async () => {
      const { latest } = keeper;
      if (!latest) throw new Error("there is no landscape yet");
      return { name: `paths-step-${latest.step}.csv`, content: pathsTable(latest, race.names()), media: "text/csv" };
    }),
  ];
}
