/**
 * The run for the last row: map, network, transport and loss at once, large, and nothing else. A clicker leads through
 * stories, or through steps where no story is told.
 */

import { isFree } from "../base/classroom.js";
import { h, icon, setText } from "../base/dom.js";
import { closeButton } from "../ui/close-button.js";
import { listen } from "../ui/shortcuts.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { layersName } from "../settings/names.js";
import { t } from "../base/words.js";

/** @import {Catalog, Context, Preset, State, View} from "../base/types.js" */

const SCREEN = "M3.5 4.5h17M5 4.5v10.5h14V4.5M12 15v2.5M8.5 20.5l3.5-3 3.5 3";

/** What Escape closes first. */
const OPEN = ":popover-open:not([role=tooltip])";

/** The theme of the page while it is projected. */
const PROJECTOR = "projector";

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function projectorView(root, { store, frames, actions, catalog, presets: { presets } }) {
  const set = (/** @type {boolean} */ projecting) => store.set({ projecting, enlarged: null });
  const toggle = () => set(!store.get().projecting);
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("Projector view"),
      "data-testid": "project",
      onclick: toggle,
    },
    icon(SCREEN),
  );
  describe(button, {
    title: t("Projector view"),
    text: t("Map, network and loss alone, large and in strong colours. P or Esc leads back; B blanks the screen."),
  });
  root.append(button);
  const head = createHead(() => set(false));
  const blank = h("div", { class: "blank", "data-testid": "blank", hidden: true, onclick: () => setBlank(false) });
  document.querySelector(".playground")?.prepend(head.element);
  document.body.append(blank);
  const setBlank = (/** @type {boolean} */ on) => {
    blank.hidden = !on;
  };

  watch(store, ["projecting", "theme"], ({ projecting, theme }) => {
    document.documentElement.dataset.theme = projecting ? PROJECTOR : theme;
    if (!projecting) setBlank(false);
  });
  watch(store, ["lesson", "classroom", "spec"], (state) => {
    head.update(wordsFor(state, presets, catalog));
  });

  /** @param {-1 | 1} by */
  const go = (by) => {
    const { lesson, classroom, stepsPerEpoch } = store.get();
    const at = presets.findIndex(({ name }) => name === lesson);
    const next = presets[at + by];
    if (at >= 0 && isFree(classroom, "stories")) {
      if (next) actions.loadPreset(next);
    } else if (by > 0) actions.step(1, "epoch");
    else actions.seek(Math.max(0, (frames.latest?.step ?? 0) - stepsPerEpoch));
  };
  const ifOn = (/** @type {() => void} */ act) => ({ act, when: () => store.get().projecting });
  const isAllowed = () => store.get().projecting || isFree(store.get().classroom, PROJECTOR);
  listen({
    p: { act: toggle, when: isAllowed },
    escape: { act: () => set(false), when: () => store.get().projecting && !document.querySelector(OPEN) },
    b: ifOn(() => setBlank(blank.hidden === true)),
    ".": ifOn(() => setBlank(blank.hidden === true)),
    pagedown: ifOn(() => go(1)),
    pageup: ifOn(() => go(-1)),
  });
}

/** @param {() => void} leave */
function createHead(leave) {
  const title = h("h2", { "data-testid": "projector-title" });
  const network = h("p", { class: "projector-network" });
  const claim = h("p");
  const close = closeButton(t("Back to the usual view"), leave);
  describe(close, {
    title: t("Back to the usual view"),
    text: t("The page with all settings. P or Esc does the same."),
  });
  return {
    element: h("div", { class: "projector-head" }, title, network, claim, close),
    /** @param {{title: string, network: string, claim: string}} words */
    update(words) {
      setText(title, words.title);
      setText(network, words.network);
      setText(claim, words.claim);
    },
  };
}

/**
 * What is told: a story and the first sentence of what happens in it, else what the class is to do, else the data.
 *
 * @param {Readonly<State>} state
 * @param {Preset[]} presets
 * @param {Catalog} catalog
 */
function wordsFor({ lesson, classroom, spec }, presets, { families }) {
  const preset = presets.find(({ name }) => name === lesson);
  const data = families.datasets?.find(({ kind }) => kind === spec.data?.kind)?.label ?? "";
  const network = layersName(spec, families);
  if (!preset) return { title: classroom.title || data, network, claim: "" };
  return {
    title: preset.title,
    network,
    claim: preset.story.match(/^.*?(?:[.!?](?=\s|$)|[。！？])/)?.[0] ?? preset.story,
  };
}
