/** What enters each layer's activation, and what is left behind it. */

import { tc } from "../../base/words.js";
import { drawActivations } from "./activations-picture.js";
import { activationDetail, activationsOf, activationTable, activationWords } from "./activations.js";
import { createPanel } from "./panel.js";

/** @import {Context, View} from "../../base/types.js" */
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
  });
