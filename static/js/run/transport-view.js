/** Play, pause, step, speed, and how far the run has come. */

import { byTestId, h, numberWriter, setAttribute } from "../base/dom.js";
import { rate, speed as speedWords, whole } from "../base/format.js";
import { numberField } from "../settings/number-field.js";
import { listenForKeys } from "../ui/shortcuts.js";
import { watch } from "../base/store.js";

/** @import {Context, View} from "../base/types.js" */

const SPEEDS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000];
const MAX = "max";
const MOST_AT_ONCE = 1_000_000;

/** @type {[string, string][]} */
const SHORTCUTS = [
  ["Space", "Play or pause"],
  ["→ or S", "Step, as far as the field says"],
  ["R", "Reset"],
  ["N", "New start"],
  ["Ctrl+Z, Ctrl+Shift+Z", "Undo and redo a setting"],
  ["← →", "On the timeline: back and forth by a step, with Shift by an epoch"],
];

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {string} arrows  what the arrow keys do on the picture of this page
 * @returns {View}
 */
export function transportView(root, { store, actions }, arrows) {
  const play = byTestId(root, "play");
  play.addEventListener("click", actions.toggle);
  byTestId(root, "reset").addEventListener("click", actions.reset);
  byTestId(root, "new-start").addEventListener("click", () => actions.newStart());

  watch(store, ["phase", "planned"], ({ phase, planned }) => {
    const label = phase === "paused" ? "Play" : "Pause";
    root.dataset.phase = phase;
    setAttribute(play, "aria-label", label);
    play.dataset.tipTitle = label;
    play.dataset.tip = phase === "paused"
      ? `${planned > 0 ? "Repeats the run, with the changes made later" : "Trains the network until you pause it"}. Space does the same.`
      : "Stops training where it is. Space does the same.";
  });

  const step = stepControl(root, actions.step);
  speedControl(root, store, actions.setSpeed);
  listenForKeys(root, {
    " ": actions.toggle, arrowright: step, s: step, r: actions.reset, n: actions.newStart,
  }, [...SHORTCUTS, ["← → ↑ ↓", arrows]]);

  const writeEpoch = numberWriter(byTestId(root, "epoch"), whole);
  const writeSteps = numberWriter(byTestId(root, "steps"), whole);
  const writeRate = numberWriter(byTestId(root, "rate"), rate);
  return {
    draw(frame) {
      writeEpoch(frame.epoch);
      writeSteps(frame.step);
      writeRate(frame.rate);
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {(count: number, unit: "step" | "epoch") => void} step
 */
function stepControl(root, step) {
  const count = /** @type {HTMLInputElement} */ (byTestId(root, "step-count"));
  const unit = /** @type {HTMLSelectElement} */ (byTestId(root, "step-unit"));
  const error = h("p", { class: "field-error", id: "step-by-error", role: "alert", hidden: true });
  const number = numberField(count, {
    rule: { type: "integer", minimum: 1, maximum: MOST_AT_ONCE },
    error,
    take: (value) => number.show(value),
  });
  number.show(1);
  count.closest(".field")?.append(error);
  const go = () => step(number.read(), unit.value === "epoch" ? "epoch" : "step");
  byTestId(root, "step").addEventListener("click", go);
  return go;
}

/**
 * @param {HTMLElement} root
 * @param {Context["store"]} store
 * @param {(stepsPerSecond: number | null) => void} setSpeed
 */
function speedControl(root, store, setSpeed) {
  const select = /** @type {HTMLSelectElement} */ (byTestId(root, "speed"));
  select.append(
    ...SPEEDS.map((speed) => h("option", { value: speed }, speedWords(speed))),
    h("option", { value: MAX }, "Max"),
  );
  select.addEventListener("change", () => setSpeed(select.value === MAX ? null : Number(select.value)));
  watch(store, ["speed"], ({ speed }) => {
    const value = String(speed ?? MAX);
    if (![...select.options].some((option) => option.value === value)) {
      select.prepend(h("option", { value }, speedWords(speed ?? 0)));
    }
    select.value = value;
  });
}
