/** The strip above data and network: what the preset at hand is about, or where a newcomer may begin. */

import { h, icon } from "../base/dom.js";
import { relatives } from "./related.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";

/** @import {Actions, Context, Preset, View} from "../base/types.js" */

const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";
const WELCOMED = "welcomed";

/** Where a newcomer may begin. */
const FIRST = ["linear", "spiral", "over-fitting"];

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function lessonView(root, { store, actions, presets: { presets } }) {
  let welcome = location.hash.length < 2 && !wasWelcomed();

  const dismiss = () => {
    if (store.get().lesson === null) remember();
    welcome = false;
    actions.closeLesson();
    show();
  };
  const show = () => {
    const preset = presets.find(({ name }) => name === store.get().lesson);
    // Who has chosen a preset needs no invitation any more.
    if (preset) welcome = false;
    root.hidden = !preset && !welcome;
    root.replaceChildren(...(preset ? lesson(preset, presets, actions) : welcome ? invitation(presets, actions) : []),
      closeButton(dismiss));
  };
  watch(store, ["lesson"], show);
}

/**
 * @param {Preset} preset
 * @param {Preset[]} presets
 * @param {Actions} actions
 */
function lesson(preset, presets, actions) {
  const others = relatives(presets, preset).map((other) => presetButton(other, other.offer, actions));
  return [
    h("strong", { class: "lesson-title", "data-testid": "lesson-title" }, preset.title),
    h("div", { class: "lesson-others", role: "group", "aria-label": "Related presets", hidden: others.length === 0 }, ...others),
    h("dl", { class: "lesson-text" },
      h("div", {}, h("dt", {}, "What happens"), h("dd", {}, preset.story)),
      h("div", {}, h("dt", {}, "Look for"), h("dd", { "data-testid": "lesson-look" }, preset.look)),
      h("div", {}, h("dt", {}, "Try next"), h("dd", { "data-testid": "lesson-next" }, preset.try_next))),
  ];
}

/**
 * @param {Preset[]} presets
 * @param {Actions} actions
 */
function invitation(presets, actions) {
  const first = FIRST.flatMap((wanted) => presets.filter(({ name }) => name === wanted));
  const all = h("button", { type: "button", class: "button", "data-testid": "welcome-all",
    onclick: () => actions.browsePresets(true) }, `All ${presets.length} presets`);
  describe(all, { title: "All presets", text: "Opens the gallery: every preset with a picture and what happens in it." });
  return [
    h("strong", { class: "lesson-title", "data-testid": "welcome" }, "New here? Begin with a story:"),
    h("div", { class: "lesson-others", role: "group", "aria-label": "Presets to begin with" },
      ...first.map((preset) => presetButton(preset, preset.title, actions)), all),
  ];
}

/**
 * @param {Preset} preset
 * @param {string} label
 * @param {Actions} actions
 */
function presetButton(preset, label, actions) {
  const button = h("button", {
    type: "button",
    class: "button",
    "data-testid": `related-${preset.name}`,
    onclick: () => actions.loadPreset(preset),
  }, label);
  describe(button, { title: preset.title, text: preset.story, effect: "restart" });
  return button;
}

/** @param {() => void} dismiss */
function closeButton(dismiss) {
  const button = h("button", {
    type: "button", class: "icon-button lesson-close", "aria-label": "Dismiss", "data-testid": "lesson-close", onclick: dismiss,
  }, icon(CLOSE));
  describe(button, { title: "Dismiss", text: "Puts these words away. The run stays as it is." });
  return button;
}

function wasWelcomed() {
  try {
    return localStorage.getItem(WELCOMED) !== null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(WELCOMED, "yes");
  } catch {
    // The invitation then comes back with the next visit.
  }
}
