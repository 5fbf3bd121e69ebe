/** The button that opens what can be taken along: a link, a QR code for the room, files, a frame. */

import { h, icon } from "../base/dom.js";
import { closeButton } from "./close-button.js";
import { SHARE } from "./icons.js";
import { makePopover } from "./popover.js";
import { createEmbedPart, createLinkPart, createRoomPart } from "./share-link.js";
import { describe } from "./tooltip.js";
import { t } from "../base/words.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.text  what there is, for the button's tip
 * @param {string} options.hint  what the link carries
 * @param {() => string} options.address
 * @param {(say: (text: string) => void) => HTMLElement[]} options.parts  what stands below the link
 * @returns {() => void} shows the address anew, where the panel is open
 */
export function createShareDialog(root, { title, text, hint, address, parts }) {
  const button = h(
    "button",
    { type: "button", class: "button", "data-testid": "share", "aria-label": t("Share") },
    icon(SHARE),
    h("span", { class: "button-name" }, t("Share")),
  );
  describe(button, { title: t("Share"), text });
  const close = closeButton(t("Close"));
  const said = h("p", { class: "share-said", role: "status", "data-testid": "share-said" });
  const say = (/** @type {string} */ words) => {
    said.textContent = words;
  };
  const link = createLinkPart(say, hint);
  const room = createRoomPart();
  const embed = createEmbedPart(say);
  const panel = h(
    "div",
    { class: "popover share", role: "dialog", "aria-label": t("Share"), "data-testid": "share-panel" },
    h("div", { class: "popover-head" }, h("strong", {}, title), close),
    link.element,
    room.element,
    ...parts(say),
    embed.element,
    said,
  );
  makePopover(panel, button, [button, close]);
  root.append(button, panel);

  const refresh = () => {
    if (!panel.matches(":popover-open")) return;
    const url = address();
    link.show(url);
    room.show(url);
    embed.show(url);
  };
  panel.addEventListener("toggle", () => {
    say("");
    refresh();
  });
  return refresh;
}

/**
 * Files under a heading.
 *
 * @param {HTMLElement | string} heading
 * @param {...HTMLElement} buttons
 */
export const filesPart = (heading, ...buttons) =>
  h(
    "section",
    { class: "share-files" },
    typeof heading === "string" ? h("h2", { class: "caption" }, heading) : heading,
    ...buttons,
  );
