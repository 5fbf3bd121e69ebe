/** The story of the preset at hand, in the place of the data: what happens, where to look, what to try, what comes next. */

import { h, icon } from "../base/dom.js";
import { relatives } from "./related.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { CLOSE } from "../ui/icons.js";
import { t } from "../base/words.js";

/** @import {Actions, Context, Preset, Presets, View} from "../base/types.js" */

const BACK = "M14.5 6l-6 6 6 6";
const FORWARD = "M9.5 6l6 6-6 6";

/** There the story stands over the map. */
const ONE_COLUMN = matchMedia("(max-width: 720px)");

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function storyView(root, { store, actions, presets }) {
  const playground = root.closest(".playground");
  watch(store, ["lesson"], ({ lesson }) => {
    const preset = presets.presets.find(({ name }) => name === lesson);
    root.hidden = !preset;
    playground?.classList.toggle("has-story", preset !== undefined);
    root.replaceChildren(...(preset ? story(preset, presets, actions) : []));
    root.scrollTop = 0;
  });
  watch(store, ["phase"], ({ phase }) => {
    const isRead = !root.hidden && ONE_COLUMN.matches && root.getBoundingClientRect().bottom > 0;
    // what it speaks of is seen while it plays
    if (phase === "playing" && isRead) playground?.querySelector("#output-panel")?.scrollIntoView();
  });
}

/**
 * @param {Preset} preset
 * @param {Presets} presets
 * @param {Actions} actions
 */
function story(preset, { lessons, presets }, actions) {
  const lesson = lessons.find(({ name }) => name === preset.lesson);
  const mates = presets.filter((other) => other.lesson === preset.lesson);
  const others = relatives(presets, preset).map((other) => presetButton(other, other.offer, actions));
  return [
    h("div", { class: "story-head" }, all(actions), closeButton(actions)),
    progress(lesson?.title ?? "", mates.indexOf(preset), mates.length),
    h("h2", { class: "story-title", "data-testid": "lesson-title" }, preset.title),
    h(
      "dl",
      { class: "story-text" },
      h("div", {}, h("dt", {}, t("What happens")), h("dd", {}, preset.story)),
      h("div", {}, h("dt", {}, t("Look for")), h("dd", { "data-testid": "lesson-look" }, preset.look)),
      h("div", {}, h("dt", {}, t("Try next")), h("dd", { "data-testid": "lesson-next" }, preset.try_next)),
    ),
    h(
      "div",
      { class: "story-others", role: "group", "aria-label": t("Related presets"), hidden: others.length === 0 },
      ...others,
    ),
    steps(preset, presets, actions),
  ];
}

/** @param {Actions} actions */
function all(actions) {
  const button = h(
    "button",
    { type: "button", class: "link-button", "data-testid": "story-all", onclick: () => actions.browsePresets(true) },
    t("All stories"),
  );
  describe(button, {
    title: t("All stories"),
    text: t("Opens the gallery: every preset with a picture and what happens in it."),
  });
  return button;
}

/** @param {Actions} actions */
function closeButton(actions) {
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("Close the story"),
      "data-testid": "lesson-close",
      onclick: actions.closeLesson,
    },
    icon(CLOSE),
  );
  describe(button, { title: t("Close the story"), text: t("Shows the data again. Your run is not affected.") });
  return button;
}

/**
 * @param {string} title
 * @param {number} at
 * @param {number} count
 */
function progress(title, at, count) {
  const bars = Array.from({ length: count }, (_, index) => h("span", { class: index <= at ? "is-done" : "" }));
  return h(
    "div",
    { class: "story-progress", "data-testid": "story-progress" },
    h("p", {}, t("{lesson} · {number} of {count}", { lesson: title, number: at + 1, count })),
    h("div", { class: "story-bars", "aria-hidden": "true" }, ...bars),
  );
}

/**
 * The stories before and after this one, in the order of the lessons.
 *
 * @param {Preset} preset
 * @param {Preset[]} presets
 * @param {Actions} actions
 */
function steps(preset, presets, actions) {
  const at = presets.indexOf(preset);
  const [before, after] = [presets[at - 1], presets[at + 1]];
  const back = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-testid": "story-back",
      disabled: !before,
      "aria-label": t("Previous story"),
      onclick: () => before && actions.loadPreset(before),
    },
    icon(BACK),
  );
  describe(back, {
    title: before?.title ?? t("The first story"),
    text: before?.story ?? t("Nothing comes before it."),
    effect: "restart",
  });
  const next = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "story-next",
      disabled: !after,
      onclick: () => after && actions.loadPreset(after),
    },
    h("span", {}, after ? t("Next: {title}", { title: after.title }) : t("This was the last one")),
    icon(FORWARD),
  );
  describe(next, {
    title: after?.title ?? t("The last story"),
    text: after?.story ?? t("Nothing comes after it."),
    effect: "restart",
  });
  return h("div", { class: "story-steps" }, back, next);
}

/**
 * @param {Preset} preset
 * @param {string} label
 * @param {Actions} actions
 */
function presetButton(preset, label, actions) {
  const button = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": `related-${preset.name}`,
      onclick: () => actions.loadPreset(preset),
    },
    label,
  );
  describe(button, { title: preset.title, text: preset.story, effect: "restart" });
  return button;
}
