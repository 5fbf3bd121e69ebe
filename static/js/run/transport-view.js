/** Play, pause, step, speed, and how far the run has come. */

import { isFree } from "../base/classroom.js";
import { byTestId, h, numberWriter, setAttribute } from "../base/dom.js";
import { epochSpeed, rate, speed as speedWords, whole } from "../base/format.js";
import { numberField } from "../settings/number-field.js";
import { listenForKeys } from "../ui/shortcuts.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";

/** @import {Context, Speed, View} from "../base/types.js" */

const RISING = "rising";
const STEPS_A_SECOND = [1, 10];
const EPOCHS_A_SECOND = [1, 3, 10, 30, 100, 300];
const MAX = "max";
const MOST_AT_ONCE = 1_000_000;

/** @type {[string, string][]} */
const SHORTCUTS = [
  [t("Space"), t("Play or pause")],
  [t("→ or S"), t("Step, as many as the field says")],
  ["R", t("Reset")],
  ["N", t("New start")],
  [t("Ctrl+Z, Ctrl+Shift+Z"), t("Undo and redo a setting")],
  ["← →", t("On the timeline: back and forth by a step, with Shift by an epoch")],
];

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {[string, string][]} others  what other keys do on this page
 * @returns {View}
 */
export function transportView(root, { store, actions }, others) {
  const play = byTestId(root, "play");
  play.addEventListener("click", actions.toggle);
  byTestId(root, "reset").addEventListener("click", actions.reset);
  byTestId(root, "new-start").addEventListener("click", () => actions.newStart());

  watch(store, ["phase", "planned"], ({ phase, planned }) => {
    const label = phase === "paused" ? t("Play") : t("Pause");
    root.dataset.phase = phase;
    setAttribute(play, "aria-label", label);
    play.dataset.tipTitle = label;
    play.dataset.tip =
      phase === "paused"
        ? planned > 0
          ? t("Repeats the run, with the changes made later. Space does the same.")
          : t("Trains the network until you pause it. Space does the same.")
        : t("Stops training where it is. Space does the same.");
  });

  const step = stepControl(root, actions.step);
  speedControl(root, store, actions.setSpeed);
  const ifFree = (/** @type {string} */ part, /** @type {() => void} */ act) => () => {
    if (isFree(store.get().classroom, part)) act();
  };
  const stepByKey = ifFree("step", step);
  listenForKeys(
    root,
    {
      " ": ifFree("play", actions.toggle),
      arrowright: stepByKey,
      s: stepByKey,
      r: ifFree("reset", actions.reset),
      n: ifFree("new-start", actions.newStart),
    },
    [...SHORTCUTS, ...others],
  );

  const writeEpoch = numberWriter(byTestId(root, "epoch"), whole);
  const writeSteps = numberWriter(byTestId(root, "steps"), whole);
  const writeRate = numberWriter(byTestId(root, "rate"), rate);
  return {
    draw(frame) {
      writeEpoch(frame.epoch);
      writeSteps(frame.step);
      writeRate(frame.rate / store.get().stepsPerEpoch);
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
 * @param {(speed: Speed) => void} setSpeed
 */
function speedControl(root, store, setSpeed) {
  const select = /** @type {HTMLSelectElement} */ (byTestId(root, "speed"));
  select.addEventListener("change", () => setSpeed(speedOf(select.value)));
  watch(store, ["speed", "stepsPerEpoch"], ({ speed, stepsPerEpoch }) => {
    const value = String(speed ?? MAX);
    const options = speedOptions(stepsPerEpoch);
    if (!options.has(value)) options.set(value, speedWords(Number(value)));
    select.replaceChildren(...[...options].map(([each, words]) => h("option", { value: each }, words)));
    select.value = value;
  });
}

/**
 * What can be chosen, by the value that stands for it: steps a second, or a word.
 *
 * @param {number} stepsPerEpoch
 * @returns {Map<string, string>}
 */
function speedOptions(stepsPerEpoch) {
  /** @type {[number, string][]} */
  const fixed = [
    ...STEPS_A_SECOND.map((steps) => /** @type {[number, string]} */ ([steps, speedWords(steps)])),
    ...EPOCHS_A_SECOND.map((epochs) => /** @type {[number, string]} */ ([epochs * stepsPerEpoch, epochSpeed(epochs)])),
  ];
  fixed.sort(([one], [other]) => one - other);
  return new Map([
    [RISING, t("Slow, then fast")],
    ...fixed.map(([value, words]) => /** @type {const} */ ([String(value), words])),
    [MAX, t("Max")],
  ]);
}

/** @param {string} value @returns {Speed} */
function speedOf(value) {
  if (value === RISING) return RISING;
  return value === MAX ? null : Number(value);
}
