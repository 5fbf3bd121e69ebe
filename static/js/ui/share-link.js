/** An address to take along: as a link, as a QR code for the room, and as a frame for a page of one's own. */

import { h } from "../base/dom.js";
import { describe } from "./tooltip.js";
import { t } from "../base/words.js";

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
 * @param {{done: string, byHand: string}} options.words  what is said once it is copied, and where a person has to
 */
function createCopyRow({ name, id, text, copy, say, words }) {
  const field = h("input", { type: "text", readonly: true, id, "data-testid": id, onfocus: () => field.select() });
  copy.addEventListener("click", async () => {
    say((await copied(field)) ? words.done : words.byHand);
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
    t("Copy link"),
  );
  describe(copy, {
    title: t("Copy link"),
    text: t("Puts the link on the clipboard, to paste it into a chat or a slide."),
  });
  const { field, parts } = createCopyRow({
    name: t("Link"),
    id,
    text: t("The shortest link to what this page shows."),
    copy,
    say,
    words: { done: t("The link is copied."), byHand: t("Press Ctrl+C to copy the link.") },
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
  const copy = h("button", { type: "button", class: "button", "data-testid": "embed-copy" }, t("Copy code"));
  describe(copy, {
    title: t("Copy code"),
    text: t("Puts the HTML on the clipboard, to paste it into a page of your course."),
  });
  const { field, parts } = createCopyRow({
    name: t("In your own page"),
    id: "share-embed",
    text: t("HTML for a frame that shows this page, as it is now, within another one."),
    copy,
    say,
    words: { done: t("The code is copied."), byHand: t("Press Ctrl+C to copy the code.") },
  });
  const hint = t("The server decides which sites may show it, by its setting PLAYGROUND_FRAME_ANCESTORS.");
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
  const code = h("img", { class: "share-code", alt: t("QR code of the link"), "data-testid": id });
  const large = h("img", { class: "room-code", alt: t("QR code of the link") });
  const address = h("p", { class: "room-address notranslate" });
  const dialog = h(
    "dialog",
    { class: "room", "aria-label": t("QR code for the room"), onclick: () => dialog.close() },
    large,
    address,
  );
  const show = h(
    "button",
    { type: "button", class: "button", "data-testid": id.replace("code", "room"), onclick: () => dialog.showModal() },
    t("Show to the room"),
  );
  describe(show, {
    title: t("Show to the room"),
    text: t("Fills the screen with the code, for phones in the last row."),
  });
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
    if (answer?.status === 422) return withoutCode(t("This address is too long for a QR code. The link works."));
    withoutCode(t("The server is too busy to make a QR code right now. The link works."));
    const seconds = Number(answer?.headers.get("Retry-After")) || 5;
    setTimeout(() => {
      if (code.src === src) draw();
    }, 1000 * seconds);
  });
  const draw = () => {
    code.hidden = show.hidden = false;
    code.src = large.src = `api/qr?text=${encodeURIComponent(shown)}`;
    hint.textContent = LOCAL.includes(location.hostname)
      ? t(
          "{host} is this computer only. Open the page under the computer's name or address in the network, and others can follow the link.",
          { host: location.host },
        )
      : t("Phones and tablets that see this code open the same page.");
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
