/** The time of the run: back to any step that it has been at, and on from there. */

import { h, icon } from "../base/dom.js";
import { whole } from "../base/format.js";
import { atMostEvery } from "../base/scheduling.js";
import { changesMade } from "../settings/names.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { sentences, t, tn } from "../base/words.js";

/** @import {Catalog, Context, Frame, State, View} from "../base/types.js" */

const TO_END = "M5.5 6l7.5 6-7.5 6zM18 5.5v13";

/** So many milliseconds between two steps asked for while the thumb is dragged. */
const SEEK_GAP = 70;
const DROP = t(
  "Play repeats the run with the changes made later. Without them it goes on with the settings as they are now.",
);

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function timelineView(root, { store, frames, actions, catalog }) {
  const parts = build(root);
  const { slider } = parts;
  /** @type {number | null} the step that was asked for, until a frame shows it: the thumb waits there */
  let wanted = null;

  const seekSoon = atMostEvery(SEEK_GAP, () => actions.seek(wanted ?? slider.valueAsNumber));
  const seek = () => {
    wanted = slider.valueAsNumber;
    fill();
    seekSoon();
  };
  slider.addEventListener("input", seek);
  slider.addEventListener("change", seek);
  slider.addEventListener("keydown", (event) => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -1, PageUp: 1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const byEpoch = event.shiftKey || event.key.startsWith("Page");
    const step = direction * (byEpoch ? store.get().stepsPerEpoch : 1);
    slider.value = String(Math.min(Number(slider.max), Math.max(0, slider.valueAsNumber + step)));
    seek();
  });
  parts.newest.addEventListener("click", () => actions.seek(store.get().reached));
  parts.drop.addEventListener("click", actions.dropEdits);

  const fill = () => {
    const share = Number(slider.max) > 0 ? slider.valueAsNumber / Number(slider.max) : 0;
    slider.style.setProperty("--fill", String(share));
  };

  /** @param {Frame} frame */
  const draw = ({ run, step }) => {
    const state = store.get();
    if (run !== state.run) return;
    const reached = Math.max(state.reached, step);
    slider.max = String(Math.max(1, reached));
    if (step === wanted || state.phase === "playing") wanted = null;
    slider.value = String(wanted ?? step);
    fill();
    showPlace(parts, state, step, reached);
    placeMarks(parts.marks, reached);
  };

  watch(store, ["run"], () => {
    wanted = null;
  });
  watch(store, ["edits", "planned", "run", "reached", "inPast", "phase"], (state) => {
    makeMarks(parts.marks, state, catalog);
    const frame = frames.latest;
    if (frame) draw(frame);
  });
  return { draw };
}

/** @param {HTMLElement} root */
function build(root) {
  const slider = h("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 1,
    value: 0,
    id: "timeline",
    "data-testid": "timeline",
    "aria-label": t("Step of the run"),
  });
  const marks = h("div", { class: "timeline-marks" });
  const place = h("span", { class: "timeline-place", "data-testid": "timeline-place" });
  const outlook = h("span", { class: "timeline-outlook" });
  const drop = h("button", { type: "button", class: "text-button", "data-testid": "drop-edits", hidden: true });
  const newest = h(
    "button",
    { type: "button", class: "icon-button", "data-testid": "newest", "aria-label": t("Back to the newest") },
    icon(TO_END),
  );
  describe(drop, { title: t("Drop later changes"), text: DROP });
  describe(newest, { title: t("Back to the newest"), text: t("Goes to the furthest step that this run has reached.") });
  const track = h("div", { class: "timeline-track" }, slider, marks);
  describe(track, {
    title: t("Timeline"),
    text: t(
      "Drag back to any step and see everything as it was, bit for bit. Arrow keys move by a step, with Shift by an epoch.",
    ),
  });
  root.append(
    h(
      "div",
      { class: "timeline-head" },
      h("label", { class: "caption", for: "timeline" }, t("Timeline")),
      place,
      outlook,
      drop,
    ),
    h("div", { class: "timeline-row" }, track, newest),
  );
  return { root, slider, marks, place, outlook, drop, newest };
}

/**
 * @param {ReturnType<typeof build>} parts
 * @param {Readonly<State>} state
 * @param {number} step
 * @param {number} reached
 */
function showPlace({ root, place, outlook, drop, newest }, { planned, inPast }, step, reached) {
  const isPast = inPast && step < reached;
  const text = isPast ? t("At step {step} of {reached}", { step: whole(step), reached: whole(reached) }) : "";
  if (place.textContent !== text) place.textContent = text;
  const key = `${isPast} ${planned}`;
  if (root.dataset.shown === key) return;
  root.dataset.shown = key;
  root.classList.toggle("is-past", isPast);
  newest.disabled = !isPast;
  const future =
    planned > 0
      ? tn(
          "Play repeats the run, with its {count} later change.",
          "Play repeats the run, with its {count} later changes.",
          planned,
        )
      : t("Play repeats the run.");
  const dropping = tn("Drop {count} later change", "Drop {count} later changes", planned);
  outlook.textContent = future;
  describe(place, {
    title: t("In the past of this run"),
    text: sentences(future, t("A change made now takes the run a different way from here.")),
  });
  drop.hidden = planned === 0;
  drop.textContent = dropping;
  describe(drop, {
    title: dropping,
    text: sentences(future, t("Without them it goes on with the settings as they are now.")),
  });
}

/**
 * @param {HTMLElement} root
 * @param {Readonly<State>} state
 * @param {Catalog} catalog
 */
function makeMarks(root, { startSpec, edits, planned }, catalog) {
  const made = edits.length - planned;
  const words = changesMade(startSpec, edits, catalog);
  root.replaceChildren(
    ...edits.map((edit, index) => {
      const mark = h("span", { class: index < made ? "timeline-mark" : "timeline-mark is-planned" });
      mark.dataset.step = String(edit.step);
      describe(mark, {
        title: t("Step {step}", { step: whole(edit.step) }),
        text: t("{changes}.", { changes: words[index] ?? "" }),
      });
      return mark;
    }),
  );
}

/**
 * @param {HTMLElement} root
 * @param {number} reached
 */
function placeMarks(root, reached) {
  for (const mark of root.children) {
    if (mark instanceof HTMLElement) {
      mark.style.setProperty("--at", String(Number(mark.dataset.step) / Math.max(1, reached)));
    }
  }
}
