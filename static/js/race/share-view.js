/** Takes a race along: as a link, as a QR code for the room, as files. */

import { h, icon } from "../base/dom.js";
import { fileButton } from "../ui/file-button.js";
import { makePopover } from "../ui/popover.js";
import { format } from "./link.js";
import { racePicture, readRaceLook } from "./map/picture.js";
import { racerNames } from "./names.js";
import { rasterize } from "../draw/rasterize.js";
import { startsOf } from "./visible.js";
import { createLinkPart, createRoomPart } from "../ui/share-link.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";

/** @import {RaceContext, RaceView} from "./types.js" */

const SHARE = "M12 15V4M8 7.5L12 3.5l4 4M6 11.5H5v8.5h14v-8.5h-1";
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";
const HINT = "It carries the surface, the racers and the starts: the same race, number for number.";

/** What the server makes. */
const FILES = /** @type {const} */ ([
  { what: "csv", label: "Trajectories", type: "CSV", text: "Every step of every racer: place, height, gradient, learning rate, distance." },
  { what: "numpy", label: "NumPy script", type: "PY", text: "The whole race in one readable file that needs nothing but NumPy and gives the same numbers." },
]);

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function shareView(root, context) {
  const { store, actions, catalog } = context;
  const button = h("button", { type: "button", class: "button", "data-testid": "share", "aria-label": "Share" },
    icon(SHARE), h("span", { class: "button-name" }, "Share"));
  describe(button, { title: "Share", text: "A link to this race, a QR code for the room, and files to keep." });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon(CLOSE));
  const said = h("p", { class: "share-said", role: "status", "data-testid": "share-said" });
  const say = (/** @type {string} */ text) => {
    said.textContent = text;
  };
  const link = createLinkPart(say, HINT);
  const room = createRoomPart();
  const panel = h("div", { class: "popover share", role: "dialog", "aria-label": "Share", "data-testid": "share-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, "Share this race"), close),
    link.element,
    room.element,
    h("section", { class: "share-files" },
      h("h2", { class: "caption" }, "Download"),
      ...pictureButtons(context, say),
      ...FILES.map(({ what, label, type, text }) => fileButton(label, type, what, text, say, async () => {
        const { bytes, ...file } = await actions.exportFile(what);
        return { ...file, content: bytes };
      }))),
    said);
  makePopover(panel, button, [button, close]);
  root.append(button, panel);

  const refresh = () => {
    if (!panel.matches(":popover-open")) return;
    const url = new URL(location.href);
    url.hash = format(store.get().race, catalog);
    link.show(url.href);
    room.show(url.href);
  };
  panel.addEventListener("toggle", () => {
    say("");
    refresh();
  });
  watch(store, ["race"], refresh);
}

/**
 * @param {RaceContext} context
 * @param {(text: string) => void} say
 */
function pictureButtons({ store, results, player, catalog }, say) {
  const picture = () => {
    const { surface, track } = results;
    if (!surface || !track) throw new Error("there is nothing to draw yet");
    const state = store.get();
    const record = catalog.families.surfaces?.find(({ kind }) => kind === track.race.surface.kind);
    const title = track.race.surface.kind === "formula" ? `f = ${track.race.surface.text}` : record?.label ?? "";
    const drawn = racePicture({
      surface, track, step: player.step, shown: state, basins: state.basins ? results.basins : null,
      starts: startsOf(track.race, catalog), names: racerNames(track.race.racers, catalog), title,
    }, readRaceLook());
    return { ...drawn, name: `mlp-playground-race-step-${player.step}` };
  };
  return [
    fileButton("Picture", "PNG", "picture-png", "The map with the ways up to this step, for a slide.", say, async () => {
      const drawn = picture();
      return { name: `${drawn.name}.png`, content: await rasterize(drawn), media: "image/png" };
    }),
    fileButton("Picture", "SVG", "picture-svg", "The same with sharp lines at any size, for print.", say, async () => {
      const drawn = picture();
      return { name: `${drawn.name}.svg`, content: drawn.text, media: "image/svg+xml" };
    }),
  ];
}
