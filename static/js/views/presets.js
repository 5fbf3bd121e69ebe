/** The gallery of presets: one card each, in the order of the lessons. */

import { h, icon } from "../lib/dom.js";
import { byLesson, previewUrl } from "../lib/presets.js";
import { drawThumbnail } from "../lib/thumbnail.js";
import { describe } from "../lib/tooltip.js";
import { watch } from "../store.js";

/** @import {Actions, Catalog, Context, Preset, View} from "../types.js" */

const CARDS = "M4 5.5h6.5v6H4zM13.5 5.5H20v6h-6.5zM4 14.5h6.5v4H4zM13.5 14.5H20v4h-6.5z";
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function presetsView(root, { store, actions, catalog, presets }) {
  const button = h("button", {
    type: "button",
    class: "button presets-button",
    "data-testid": "presets",
    "aria-haspopup": "dialog",
    onclick: () => actions.browsePresets(true),
  }, icon(CARDS), "Presets");
  describe(button, {
    title: "Presets",
    text: "Runs with a reason: each shows one thing, says what to look for and what to try next.",
  });
  root.append(button);

  const cards = presets.presets.map((preset) => createCard(preset, actions));
  const dialog = build(cards, presets.lessons, actions);
  document.body.append(dialog);

  const pictures = keepPictures(cards, catalog);
  watch(store, ["browsing"], ({ browsing, lesson }) => {
    if (browsing === dialog.open) return;
    if (!browsing) {
      dialog.close();
      return;
    }
    for (const { preset, element } of cards) {
      if (preset.name === lesson) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
    dialog.showModal();
    const chosen = cards.find(({ preset }) => preset.name === lesson)?.element;
    if (chosen) chosen.focus();
    else dialog.querySelector(".gallery-body")?.scrollTo(0, 0);
    void pictures.show();
  });
  watch(store, ["theme"], pictures.draw);
}

/**
 * @param {ReturnType<typeof createCard>[]} cards
 * @param {Context["presets"]["lessons"]} lessons
 * @param {Actions} actions
 */
function build(cards, lessons, actions) {
  const groups = byLesson(lessons, cards.map(({ preset }) => preset)).map(({ lesson, members }, i) =>
    h("section", { class: "gallery-lesson", "aria-labelledby": `lesson-${lesson.name}` },
      h("h3", { id: `lesson-${lesson.name}` }, h("span", { class: "gallery-number" }, String(i + 1)), lesson.title),
      h("p", { class: "gallery-text" }, lesson.text),
      h("div", { class: "gallery-cards" },
        ...cards.filter(({ preset }) => members.includes(preset)).map(({ element }) => element))));
  const close = h("button", {
    type: "button", class: "icon-button", "aria-label": "Close", onclick: () => actions.browsePresets(false),
  }, icon(CLOSE));
  /** @type {HTMLDialogElement} */
  const dialog = h("dialog", {
    class: "gallery",
    "data-testid": "gallery",
    "aria-labelledby": "gallery-title",
    // However it closes, by Escape too, the store knows.
    onclose: () => actions.browsePresets(false),
    onclick: (/** @type {MouseEvent} */ event) => {
      if (event.target === dialog) actions.browsePresets(false);
    },
  },
  h("div", { class: "gallery-sheet" },
    h("header", { class: "gallery-head" },
      h("div", {},
        h("h2", { id: "gallery-title" }, "Presets"),
        h("p", { class: "gallery-text" }, "Each is ready to play. Choose one, press play, and look for what it says.")),
      close),
    h("div", { class: "gallery-body" }, ...groups)));
  return dialog;
}

/**
 * @param {Preset} preset
 * @param {Actions} actions
 */
function createCard(preset, actions) {
  const canvas = h("canvas", { "aria-hidden": true });
  const element = h("button", {
    type: "button",
    class: "gallery-card",
    "data-testid": `preset-${preset.name}`,
    onclick: () => {
      actions.loadPreset(preset);
      actions.browsePresets(false);
    },
  },
  canvas,
  h("span", { class: "gallery-words" },
    h("strong", {}, preset.title),
    h("span", { class: "gallery-story" }, preset.story)));
  return { preset, canvas, element };
}

/**
 * The points of the small pictures, fetched when they are first seen.
 *
 * @param {ReturnType<typeof createCard>[]} cards
 * @param {Catalog} catalog
 */
function keepPictures(cards, catalog) {
  const tasks = new Map((catalog.families.datasets ?? []).map(({ kind, task }) => [kind, task]));
  /** @type {Map<string, {[kind: string]: number[][]}>} */
  const found = new Map();

  const draw = () => {
    for (const { preset, canvas } of cards) {
      const { kind } = preset.spec.data;
      const points = found.get(previewUrl(preset))?.[kind];
      if (points && canvas.clientWidth > 0) drawThumbnail(canvas, points, tasks.get(kind));
    }
  };
  const show = async () => {
    draw();
    const missing = new Set(cards.map(({ preset }) => previewUrl(preset)).filter((url) => !found.has(url)));
    await Promise.all([...missing].map(async (url) => {
      const response = await fetch(url).catch(() => null);
      if (!response?.ok) return;
      found.set(url, await response.json());
      draw();
    }));
  };
  return { show, draw };
}
