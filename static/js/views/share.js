/** Takes a run along: as a link, as a QR code for the room, as files. */

import { h, icon } from "../lib/dom.js";
import { createFeatureMaps } from "../lib/feature-maps.js";
import { readPalette } from "../lib/palette.js";
import { makePopover } from "../lib/popover.js";
import { rasterize } from "../lib/rasterize.js";
import { runPicture } from "../lib/run-picture.js";
import { saveFile } from "../lib/save-file.js";
import { shortSpec } from "../lib/short-spec.js";
import { describe } from "../lib/tooltip.js";
import { format } from "../url-state.js";
import { watch } from "../store.js";

/** @import {Actions, Context, View} from "../types.js" */

const SHARE = "M12 15V4M8 7.5L12 3.5l4 4M6 11.5H5v8.5h14v-8.5h-1";
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/** What the server makes, in the order of the list. */
const FILES = /** @type {const} */ ([
  { what: "weights", label: "Weights", type: "NPZ", text: "Every weight and bias as NumPy arrays, with the settings." },
  { what: "metrics", label: "Metrics", type: "CSV", text: "Loss, accuracy, penalty and learning rate of every point of the curves." },
  { what: "numpy", label: "NumPy script", type: "PY",
    text: "The whole run in one readable file that needs nothing but NumPy and gives the same numbers." },
  { what: "pytorch", label: "PyTorch script", type: "PY", text: "The same run written with PyTorch." },
]);

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

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
  const link = linkPart((text) => say(text));
  const room = roomPart();
  const panel = h("div", { class: "popover share", role: "dialog", "aria-label": "Share", "data-testid": "share-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, "Share this run"), close),
    link.element,
    room.element,
    h("section", { class: "share-files" },
      h("h3", { class: "caption" }, "Download"),
      ...pictureButtons(context, (text) => say(text)),
      ...FILES.map((file) => fileButton(file, context.actions, (text) => say(text)))),
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

/** @param {(text: string) => void} say */
function linkPart(say) {
  const field = h("input", {
    type: "text", readonly: true, id: "share-link", "data-testid": "share-link",
    onfocus: () => field.select(),
  });
  const copy = h("button", { type: "button", class: "button is-main", "data-testid": "share-copy", onclick: async () => {
    say(await copied(field) ? "The link is copied." : "Press Ctrl+C to copy the link.");
  } }, "Copy link");
  const element = h("section", { class: "share-link" },
    h("label", { class: "caption", for: "share-link" }, "Link"),
    h("div", { class: "share-row" }, field, copy),
    h("p", { class: "share-hint" },
      "It carries all settings and the changes made while training: the same run, number for number."));
  describe(field, { title: "Link", text: "The address of this run, as short as it can be said." });
  describe(copy, { title: "Copy link", text: "Puts the link on the clipboard, to paste it into a chat or a slide." });
  return { element, show: (/** @type {string} */ url) => { field.value = url; } };
}

/**
 * Where the page may not write to the clipboard (it may only over HTTPS or on this computer), the link is
 * selected, ready to be copied by hand.
 *
 * @param {HTMLInputElement} field
 */
async function copied(field) {
  field.select();
  if (!navigator.clipboard) return document.execCommand("copy");
  return navigator.clipboard.writeText(field.value).then(() => true, () => false);
}

/** The QR code, small beside the link, and as large as the screen for the room. */
function roomPart() {
  const code = h("img", { class: "share-code", alt: "QR code of the link", "data-testid": "share-code" });
  const large = h("img", { class: "room-code", alt: "QR code of the link" });
  const address = h("p", { class: "room-address" });
  const dialog = h("dialog", { class: "room", "aria-label": "QR code for the room", onclick: () => dialog.close() },
    large, address);
  const show = h("button", { type: "button", class: "button", "data-testid": "share-room", onclick: () => dialog.showModal() },
    "Show to the room");
  describe(show, { title: "Show to the room", text: "Fills the screen with the code, for phones in the last row." });
  const hint = h("p", { class: "share-hint" });
  const element = h("section", { class: "share-room" }, code, h("div", { class: "share-room-text" }, hint, show));
  document.body.append(dialog);
  let shown = "";

  code.addEventListener("error", () => {
    code.hidden = show.hidden = true;
    hint.textContent = "This run has too many changes or points for a QR code. The link works.";
  });
  return {
    element,
    /** @param {string} url */
    show(url) {
      if (url === shown) return;
      shown = url;
      code.hidden = show.hidden = false;
      code.src = large.src = `api/qr?text=${encodeURIComponent(url)}`;
      address.textContent = location.host + location.pathname;
      hint.textContent = LOCAL.includes(location.hostname)
        ? `${location.host} is this computer only. Open the page under the computer's name or address in the`
          + " network, and others can follow the link."
        : "Phones and tablets that see this code open the same run.";
    },
  };
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
    download("Picture", "PNG", "picture-png", "The network and the output map as they are now, for a slide.", say,
      async () => {
        const drawn = picture();
        return { name: `${drawn.name}.png`, content: await rasterize(drawn), media: "image/png" };
      }),
    download("Picture", "SVG", "picture-svg", "The same with sharp lines at any size, for print.", say, async () => {
      const drawn = picture();
      return { name: `${drawn.name}.svg`, content: drawn.text, media: "image/svg+xml" };
    }),
  ];
}

/**
 * @param {typeof FILES[number]} file
 * @param {Actions} actions
 * @param {(text: string) => void} say
 */
function fileButton({ what, label, type, text }, actions, say) {
  return download(label, type, what, text, say, async () => {
    const { name, media, bytes } = await actions.exportFile(what);
    return { name, media, content: bytes };
  });
}

/**
 * @param {string} label
 * @param {string} type
 * @param {string} testid
 * @param {string} text
 * @param {(text: string) => void} say
 * @param {() => Promise<{name: string, media: string, content: BlobPart}>} make
 */
function download(label, type, testid, text, say, make) {
  const button = h("button", {
    type: "button",
    class: "share-file",
    "data-testid": `download-${testid}`,
    onclick: async () => {
      button.disabled = true;
      say("Making the file …");
      try {
        const { name, content, media } = await make();
        saveFile(name, content, media);
        say(`${name} is saved.`);
      } catch (error) {
        say(`The file could not be made: ${error instanceof Error ? error.message : error}`);
      } finally {
        button.disabled = false;
      }
    },
  }, h("span", {}, label), h("span", { class: "share-type" }, type));
  describe(button, { title: `${label} (${type})`, text });
  return button;
}
