/** An address to take along: as a link, as a QR code for the room, and as a frame for a page of one's own. */

import { h } from "../base/dom.js";
import { describe } from "./tooltip.js";

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

/**
 * A text to copy, and the button that copies it.
 *
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.id
 * @param {string} options.text  what it is, for its tip
 * @param {HTMLButtonElement} options.copy
 * @param {(text: string) => void} options.say
 * @param {string} options.what  what is copied, as the subject of a sentence
 */
function createCopyRow({ name, id, text, copy, say, what }) {
  const field = h("input", { type: "text", readonly: true, id, "data-testid": id, onfocus: () => field.select() });
  copy.addEventListener("click", async () => {
    say((await copied(field)) ? `The ${what} is copied.` : `Press Ctrl+C to copy the ${what}.`);
  });
  describe(field, { title: name, text });
  return {
    field,
    parts: [h("label", { class: "caption", for: id }, name), h("div", { class: "share-row" }, field, copy)],
  };
}

/**
 * The link, and a button that copies it.
 *
 * @param {(text: string) => void} say
 * @param {string} hint  what the link carries
 * @param {string} [id]
 */
export function createLinkPart(say, hint, id = "share-link") {
  const copy = h(
    "button",
    { type: "button", class: "button is-main", "data-testid": id.replace("link", "copy") },
    "Copy link",
  );
  describe(copy, { title: "Copy link", text: "Puts the link on the clipboard, to paste it into a chat or a slide." });
  const { field, parts } = createCopyRow({
    name: "Link",
    id,
    text: "This address, as short as it can be said.",
    copy,
    say,
    what: "link",
  });
  return {
    element: h("section", { class: "share-link" }, ...parts, h("p", { class: "hint" }, hint)),
    show: (/** @type {string} */ url) => {
      field.value = url;
    },
  };
}

/**
 * The frame that shows this page within another one, and a button that copies it.
 *
 * @param {(text: string) => void} say
 */
export function createEmbedPart(say) {
  const copy = h("button", { type: "button", class: "button", "data-testid": "embed-copy" }, "Copy code");
  describe(copy, {
    title: "Copy code",
    text: "Puts the HTML on the clipboard, to paste it into a page of your course.",
  });
  const { field, parts } = createCopyRow({
    name: "In your own page",
    id: "share-embed",
    text: "HTML for a frame that shows this within another page, as it is now.",
    copy,
    say,
    what: "code",
  });
  const hint = "Whoever runs this server says which sites may show it: the setting PLAYGROUND_FRAME_ANCESTORS.";
  return {
    element: h("section", { class: "share-embed" }, ...parts, h("p", { class: "hint" }, hint)),
    show: (/** @type {string} */ url) => {
      field.value = frameOf(url);
    },
  };
}

/**
 * An iframe of an address. In its sandbox it can run, keep things of its own, save files and fill the clipboard, and
 * nothing else.
 *
 * @param {string} url
 */
function frameOf(url) {
  const source = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${source}" title="MLP Playground" width="1200" height="800" sandbox="allow-scripts allow-same-origin allow-downloads" allow="clipboard-write"></iframe>`;
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
  return navigator.clipboard.writeText(field.value).then(
    () => true,
    () => false,
  );
}

/**
 * The QR code, small beside the link, and as large as the screen for the room.
 *
 * @param {string} [id]
 */
export function createRoomPart(id = "share-code") {
  const code = h("img", { class: "share-code", alt: "QR code of the link", "data-testid": id });
  const large = h("img", { class: "room-code", alt: "QR code of the link" });
  const address = h("p", { class: "room-address" });
  const dialog = h(
    "dialog",
    { class: "room", "aria-label": "QR code for the room", onclick: () => dialog.close() },
    large,
    address,
  );
  const show = h(
    "button",
    { type: "button", class: "button", "data-testid": id.replace("code", "room"), onclick: () => dialog.showModal() },
    "Show to the room",
  );
  describe(show, { title: "Show to the room", text: "Fills the screen with the code, for phones in the last row." });
  const hint = h("p", { class: "hint" });
  const element = h("section", { class: "share-room" }, code, h("div", { class: "share-room-text" }, hint, show));
  document.body.append(dialog);
  let shown = "";

  /** @param {string} words */
  const withoutCode = (words) => {
    code.hidden = show.hidden = true;
    hint.textContent = words;
  };
  // An image does not say why it could not be had.
  code.addEventListener("error", async () => {
    const { src } = code;
    const answer = await fetch(src).catch(() => null);
    if (code.src !== src) return;
    if (answer?.status === 422) return withoutCode("This address is too long for a QR code. The link works.");
    withoutCode("The server has no time for a QR code at the moment. The link works.");
    const seconds = Number(answer?.headers.get("Retry-After")) || 5;
    setTimeout(() => {
      if (code.src === src) draw();
    }, 1000 * seconds);
  });
  const draw = () => {
    code.hidden = show.hidden = false;
    code.src = large.src = `api/qr?text=${encodeURIComponent(shown)}`;
    hint.textContent = LOCAL.includes(location.hostname)
      ? `${location.host} is this computer only. Open the page under the computer's name or address in the`
        + " network, and others can follow the link."
      : "Phones and tablets that see this code open the same page.";
  };
  return {
    element,
    /** @param {string} url */
    show(url) {
      if (url === shown) return;
      shown = url;
      address.textContent = location.host + location.pathname;
      draw();
    },
  };
}
