/** One part of the page as large as the window below the transport, and back: map, network, a panel, loss, curves, a surface. */

import { h, icon, setAttribute } from "../base/dom.js";
import { listen } from "../ui/shortcuts.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Store, View} from "../base/types.js" */

const LARGER = "M14 4.5h5.5V10M19.5 4.5L13.5 10.5M10 19.5H4.5V14M4.5 19.5L10.5 13.5";
const SMALLER = "M19.5 10H14V4.5M14 10l6-6M4.5 14H10v5.5M10 14l-6 6";

/** What Escape closes first. */
const OPEN = ":popover-open:not([role=tooltip])";

/** Pixels between the button and the edge of the window. */
const MARGIN = 8;

/**
 * Each part that a page may have, and what of it the button stands behind. `ready`: when there is something to enlarge.
 *
 * @type {{name: string, larger: string, smaller: string, part: string, behind: string, ready?: string}[]}
 */
const PARTS = [
  {
    name: "map",
    larger: t("Enlarge the map"),
    smaller: t("Shrink the map"),
    part: '[data-view="boundary"]',
    behind: '[data-testid="output-show"]',
  },
  {
    name: "network",
    larger: t("Enlarge the network"),
    smaller: t("Shrink the network"),
    part: "#network-panel",
    behind: '[data-testid="add-layer"]',
  },
  {
    name: "loss",
    larger: t("Enlarge the loss"),
    smaller: t("Shrink the loss"),
    part: '[data-view="loss-chart"]',
    behind: ".loss-frame > .output-option",
  },
  {
    name: "strip",
    larger: t("Enlarge the panel"),
    smaller: t("Shrink the panel"),
    part: ".inside",
    behind: ".inside-bar > .tabs",
    ready: "[data-open]",
  },
  {
    name: "curves",
    larger: t("Enlarge the curves"),
    smaller: t("Shrink the curves"),
    part: "#panel-curves",
    behind: ".curves-best",
  },
  {
    name: "surface",
    larger: t("Enlarge the surface"),
    smaller: t("Shrink the surface"),
    part: "#panel-surface",
    behind: ".surface-3d",
  },
];

/**
 * @template {{enlarged: string | null}} S
 * @param {HTMLElement} root  what holds all of it
 * @param {{store: Store<S>}} context
 * @param {(state: Readonly<S>) => boolean} [may]  whether the key may enlarge anything
 * @returns {View}
 */
export function enlargeView(root, { store }, may = () => true) {
  const set = (/** @type {string | null} */ enlarged) => store.set(/** @type {Partial<S>} */ ({ enlarged }));
  const parts = PARTS.flatMap((entry) => createPart(root, entry, set) ?? []);

  /** Where the page was: without what is enlarged it may not be high enough to stay there. */
  let scrolled = 0;
  watch(store, ["enlarged"], ({ enlarged }) => {
    const was = root.classList.contains("has-enlarged");
    if (!was) scrolled = scrollY;
    root.classList.toggle("has-enlarged", enlarged !== null);
    for (const { name, update } of parts) update(name === enlarged);
    if (was && enlarged === null) scrollTo({ top: scrolled, behavior: "instant" });
  });
  // It is as large as the page on a phone, which has gone on to another part.
  addEventListener("resize", () => {
    for (const { keep } of parts) keep();
  });
  listen({
    f: { act: () => set(store.get().enlarged === null ? meant(parts) : null), when: () => may(store.get()) },
    escape: { act: () => set(null), when: () => store.get().enlarged !== null && !document.querySelector(OPEN) },
  });
}

/**
 * What has the focus, else what is pointed at, else the map.
 *
 * @param {{name: string, element: HTMLElement, ready: string}[]} parts
 */
function meant(parts) {
  const seen = parts.filter(({ element, ready }) => element.checkVisibility() && element.matches(ready));
  const found =
    seen.find(({ element }) => element.contains(document.activeElement))
    ?? seen.find(({ element }) => element.matches(":hover"))
    ?? seen[0];
  return found?.name ?? null;
}

/**
 * @param {HTMLElement} root
 * @param {typeof PARTS[number]} entry
 * @param {(enlarged: string | null) => void} set
 */
function createPart(root, { name, larger, smaller, part, behind, ready = "*" }, set) {
  const element = root.querySelector(part);
  if (!(element instanceof HTMLElement)) return null;
  const button = h("button", {
    type: "button",
    class: "icon-button enlarge",
    "data-testid": `enlarge-${name}`,
    onclick: () => set(isOn ? null : name),
  });
  element.querySelector(behind)?.after(button);
  let isOn = false;

  /** Where it was pressed it is pressed again. @param {DOMRect | null} place */
  const stand = (place) => {
    const { clientWidth, clientHeight } = document.documentElement;
    const within = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ room) =>
      `${Math.max(MARGIN, Math.min(at, room - size - MARGIN))}px`;
    button.style.left = place ? within(place.left, place.width, clientWidth) : "";
    button.style.top = place ? within(place.top, place.height, clientHeight) : "";
  };
  return {
    name,
    element,
    ready,
    keep() {
      if (isOn) stand(button.getBoundingClientRect());
    },
    /** @param {boolean} on */
    update(on) {
      const place = button.getBoundingClientRect();
      isOn = on;
      element.classList.toggle("is-enlarged", on);
      stand(on ? place : null);
      const title = on ? smaller : larger;
      button.replaceChildren(icon(on ? SMALLER : LARGER));
      setAttribute(button, "aria-label", title);
      describe(button, {
        title: t("{name} ({key})", { name: title, key: "F" }),
        text: on
          ? t("Back to the whole page. Escape does the same.")
          : t("Fills the window, without the rest of the page."),
      });
    },
  };
}
