/** What enters each layer's activation, and what is left behind it. */

import { h } from "../../base/dom.js";
import { watch } from "../../base/store.js";
import { t, tc } from "../../base/words.js";
import { trainsOtherwise } from "../../settings/knobs.js";
import { createSegments } from "../../ui/segments.js";
import { drawActivations } from "./activations-picture.js";
import { activationDetail, activationsOf, activationTable, activationWords } from "./activations.js";
import { createPanel } from "./panel.js";

/** @import {Context, Store, View} from "../../base/types.js" */
/** @import {Activations} from "./activations.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export const activationsView = (root, context) =>
  createPanel(root, context, {
    kind: "activations",
    title: tc("what goes through a layer", "Activations"),
    read: (frame) => activationsOf(frame, context.store.get().units),
    layers: (/** @type {Activations} */ { layers }) => layers.length,
    say: activationWords,
    draw: drawActivations,
    tell: activationDetail,
    table: activationTable,
    controls: [createModes(context.store)],
  });

/**
 * Which network is shown, where it is another in training than in evaluation.
 *
 * @param {Store} store
 */
function createModes(store) {
  const { element, update } = createSegments(
    t("The network as in"),
    [
      {
        value: "evaluation",
        label: t("Evaluation"),
        text: t("Map, neurons and this panel with batch norm’s running averages, and all units, unscaled."),
      },
      {
        value: "training",
        label: t("Training"),
        text: t(
          "Map, neurons and this panel as the next update sees them: batch norm with the statistics of its mini-batch, dropout with the mask of its first point.",
        ),
      },
    ],
    (mode) => store.set({ training: mode === "training" }),
    "mode",
  );
  const modes = h("div", { class: "inside-modes" }, element);
  watch(store, ["training", "specs", "member"], ({ training, specs, member }) => {
    modes.hidden = !trainsOtherwise(specs[member]);
    update(training ? "training" : "evaluation");
  });
  return modes;
}
