/** Play, pause, forth and back, speed and time of the race. */

import { byTestId, h, numberWriter, setAttribute } from "../../lib/dom.js";
import { whole } from "../../lib/format.js";

/** @import {Player, RaceContext, RaceView} from "../../race-types.js" */

const SPEEDS = [1, 3, 10, 30, 60, 100, 300, 1000];

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function transportView(root, { results, player }) {
  const play = byTestId(root, "play");
  const [reset, back, on] = ["reset", "step-back", "step"].map((name) => byTestId(root, name));
  const slider = /** @type {HTMLInputElement} */ (byTestId(root, "timeline"));
  const place = byTestId(root, "timeline-place");
  const showSpeed = speedControl(root, player);
  play.addEventListener("click", () => player.toggle());
  reset?.addEventListener("click", () => player.reset());
  back?.addEventListener("click", () => player.move(-1));
  on?.addEventListener("click", () => player.move(1));
  followSlider(slider, player);
  listenForKeys(root, player);

  const writeSteps = numberWriter(byTestId(root, "steps"), whole);
  let shown = "";
  return {
    draw() {
      const { track } = results;
      setAttribute(root, "inert", !track);
      if (!track) return;
      writeSteps(player.step);
      slider.max = String(track.race.steps);
      slider.value = String(player.step);
      slider.style.setProperty("--fill", String(player.step / track.race.steps));
      const words = track.complete ? `${whole(track.last)} steps` : `${whole(track.last)} of ${whole(track.race.steps)} steps computed`;
      if (place.textContent !== words) place.textContent = words;
      showSpeed();
      const state = player.playing ? "playing" : "paused";
      if (state === shown) return;
      shown = root.dataset.phase = state;
      const label = player.playing ? "Pause" : "Play";
      setAttribute(play, "aria-label", label);
      play.dataset.tipTitle = label;
      play.dataset.tip = player.playing ? "Stops the race where it is. Space does the same." : "Lets the race run. Space does the same.";
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Player} player
 */
function speedControl(root, player) {
  const select = /** @type {HTMLSelectElement} */ (byTestId(root, "speed"));
  select.append(...SPEEDS.map((speed) => h("option", { value: speed }, `${whole(speed)}/s`)));
  select.addEventListener("change", () => player.setSpeed(Number(select.value)));
  let shown = NaN;
  return () => {
    if (player.speed === shown) return;
    shown = player.speed;
    const value = String(shown);
    if (![...select.options].some((option) => option.value === value)) {
      select.prepend(h("option", { value }, `${whole(shown)}/s`));
    }
    select.value = value;
  };
}

/**
 * @param {HTMLInputElement} slider
 * @param {Player} player
 */
function followSlider(slider, player) {
  slider.addEventListener("input", () => player.seek(slider.valueAsNumber));
  slider.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.round(Number(slider.max) / 20));
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -page, PageUp: page }[event.key];
    if (!step) return;
    event.preventDefault();
    player.move(step);
  });
}

/**
 * Keys that work wherever they mean nothing else.
 *
 * @param {HTMLElement} root
 * @param {Player} player
 */
function listenForKeys(root, player) {
  const show = shortcutsDialog();
  const keys = /** @type {{[key: string]: () => void}} */ ({
    " ": () => player.toggle(),
    arrowright: () => player.move(1),
    arrowleft: () => player.move(-1),
    s: () => player.move(1),
    r: () => player.reset(),
    home: () => player.reset(),
    end: () => player.seek(player.last),
    "?": show,
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const act = keys[event.key.toLowerCase()];
    const repeats = event.repeat && !event.key.startsWith("Arrow");
    if (!act || repeats || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = target?.closest("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, dialog");
    const pressing = [" ", "ArrowRight", "ArrowLeft", "Home", "End"].includes(event.key)
      && target?.closest("button, input, summary, a, [tabindex]");
    if (typing || pressing || document.querySelector("dialog[open]") || root.hasAttribute("inert")) return;
    event.preventDefault();
    act();
  });
}

const SHORTCUTS = [
  ["Space", "Play or pause"],
  ["→ or S, ←", "One step on, one step back"],
  ["R or Home, End", "Back to the start, to the end"],
  ["← → ↑ ↓", "On the map: move the start, with Shift in larger steps"],
  ["Page Up, Page Down", "On the timeline: a twentieth of the race"],
  ["Ctrl+Z, Ctrl+Shift+Z", "Undo and redo a setting"],
  ["?", "This list"],
];

/** @returns {() => void} shows it */
function shortcutsDialog() {
  const dialog = h("dialog", { class: "shortcuts", "aria-label": "Keyboard", "data-testid": "shortcuts", onclick: () => dialog.close() },
    h("h2", {}, "Keyboard"),
    h("dl", {}, ...SHORTCUTS.map(([keys, text]) => h("div", {}, h("dt", {}, keys), h("dd", {}, text)))));
  document.body.append(dialog);
  return () => dialog.showModal();
}
