/** Play, pause, forth and back, speed and time of the race. */

import { byTestId, h, numberWriter, setAttribute } from "../base/dom.js";
import { speed as speedWords, whole } from "../base/format.js";
import { listenForKeys } from "../ui/shortcuts.js";
import { t, tn } from "../base/words.js";

/** @import {Player, RaceContext, RaceView} from "./types.js" */

const SPEEDS = [1, 3, 10, 30, 60, 100, 300, 1000];

/** @type {[string, string][]} */
const SHORTCUTS = [
  [t("Space"), t("Play or pause")],
  [t("→ or S, ←"), t("One step on, one step back, or one part of it")],
  [t("R or Home, End"), t("Back to the start, to the end")],
  ["← → ↑ ↓", t("On the map: move the start, with Shift in larger steps")],
  [t("Page Up, Page Down"), t("On the timeline: a twentieth of the race")],
  [t("Ctrl+Z, Ctrl+Shift+Z"), t("Undo and redo a setting")],
  ["F", t("On 3-D: enlarge the surface, and back")],
];

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
  back?.addEventListener("click", () => player.walk(-1));
  on?.addEventListener("click", () => player.walk(1));
  followSlider(slider, player);
  const [forth, start] = [() => player.walk(1), () => player.reset()];
  listenForKeys(
    root,
    {
      " ": () => player.toggle(),
      arrowright: forth,
      s: forth,
      arrowleft: () => player.walk(-1),
      r: start,
      home: start,
      end: () => player.seek(player.last),
    },
    SHORTCUTS,
    (key) => key.startsWith("Arrow"),
  );

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
      const words = track.complete
        ? tn("{count} step", "{count} steps", track.last, { count: whole(track.last) })
        : t("{known} of {steps} steps computed", { known: whole(track.last), steps: whole(track.race.steps) });
      if (place.textContent !== words) place.textContent = words;
      showSpeed();
      const state = player.playing ? "playing" : "paused";
      if (state === shown) return;
      shown = root.dataset.phase = state;
      const label = player.playing ? t("Pause") : t("Play");
      setAttribute(play, "aria-label", label);
      play.dataset.tipTitle = label;
      play.dataset.tip = player.playing
        ? t("Pauses the race. Space does the same.")
        : t("Plays the race. Space does the same.");
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Player} player
 */
function speedControl(root, player) {
  const select = /** @type {HTMLSelectElement} */ (byTestId(root, "speed"));
  select.append(...SPEEDS.map((speed) => h("option", { value: speed }, speedWords(speed))));
  select.addEventListener("change", () => player.setSpeed(Number(select.value)));
  let shown = NaN;
  return () => {
    if (player.speed === shown) return;
    shown = player.speed;
    const value = String(shown);
    if (![...select.options].some((option) => option.value === value)) {
      select.prepend(h("option", { value }, speedWords(shown)));
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
