/** The gallery of presets: one card each, in the order of the lessons. */

import { h } from "../base/dom.js";
import { createGallery, galleryButton } from "../ui/gallery.js";
import { byLesson, previewUrl } from "./related.js";
import { drawThumbnail } from "../draw/thumbnail.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Actions, Catalog, Context, Preset, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function presetsView(root, { store, actions, catalog, presets }) {
  root.append(
    galleryButton(t("Runs with a reason: each shows one thing, says what to look for and what to try next."), () =>
      actions.browsePresets(true),
    ),
  );
  const cards = presets.presets.map((preset) => createCard(preset, actions));
  const gallery = createGallery(cards, groupsOf(cards, presets.lessons), () => actions.browsePresets(false));

  const pictures = keepPictures(cards, catalog);
  watch(store, ["browsing"], ({ browsing, lesson }) => {
    if (gallery.show(browsing, lesson)) void pictures.show();
  });
  watch(store, ["theme"], pictures.draw);
}

/**
 * @param {ReturnType<typeof createCard>[]} cards
 * @param {Context["presets"]["lessons"]} lessons
 */
function groupsOf(cards, lessons) {
  return byLesson(
    lessons,
    cards.map(({ preset }) => preset),
  ).map(({ lesson, members }, i) =>
    h(
      "section",
      { class: "gallery-lesson", "aria-labelledby": `lesson-${lesson.name}` },
      h("h3", { id: `lesson-${lesson.name}` }, h("span", { class: "gallery-number" }, String(i + 1)), lesson.title),
      h("p", { class: "gallery-text" }, lesson.text),
      h(
        "div",
        { class: "gallery-cards" },
        ...cards.filter(({ preset }) => members.includes(preset)).map(({ element }) => element),
      ),
    ),
  );
}

/**
 * @param {Preset} preset
 * @param {Actions} actions
 */
function createCard(preset, actions) {
  const canvas = h("canvas", { "aria-hidden": true });
  const element = h(
    "button",
    {
      type: "button",
      class: "gallery-card",
      "data-testid": `preset-${preset.name}`,
      onclick: () => {
        actions.loadPreset(preset);
        actions.browsePresets(false);
      },
    },
    canvas,
    h(
      "span",
      { class: "gallery-words" },
      h("strong", {}, preset.title),
      h("span", { class: "gallery-story" }, preset.story),
    ),
  );
  return { name: preset.name, preset, canvas, element };
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
    await Promise.all(
      [...missing].map(async (url) => {
        const response = await fetch(url).catch(() => null);
        if (!response?.ok) return;
        found.set(url, await response.json());
        draw();
      }),
    );
  };
  return { show, draw };
}
