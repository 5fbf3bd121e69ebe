/** What is kept of a run that has come to rest: its name, its result, a small picture and its curves. */

import { createMap } from "./map.js";
import { drawPoints } from "./points.js";
import { orNull, thinned } from "./run-list.js";
import { shortSpec } from "./short-spec.js";

/** @import {Palette} from "./colour.js" */
/** @import {SavedRun} from "./run-list.js" */
/** @import {Catalog, Curves, Frame, Scene, Spec, State} from "../types.js" */

/** Pixels of the picture: small enough that ten of them fit into the browser's storage many times. */
const SIZE = 200;
const RADIUS = 2.4;

/**
 * @param {string} id
 * @param {Readonly<State>} state
 * @param {{frame: Frame, scene: Scene, curves: Curves}} shown
 * @param {{catalog: Catalog, palette: Palette, link: (spec: Spec, edits: State["edits"]) => string}} context
 * @returns {Omit<SavedRun, "pinned">}
 */
export function recordOf(id, state, { frame, scene, curves }, { catalog, palette, link }) {
  const { metrics } = frame.arrays;
  const members = metrics.shape[1] ?? 1;
  return {
    id,
    ...nameOf(state.spec, catalog),
    link: link(shortSpec(state.startSpec, catalog), state.edits),
    step: frame.step,
    epoch: frame.epoch,
    result: Array.from({ length: metrics.shape[0] ?? 0 }, (_, row) => orNull(metrics.data[row * members] ?? NaN)),
    picture: pictureOf(frame, scene, palette),
    curves: thinned(curves),
  };
}

/**
 * @param {Spec} spec
 * @param {Catalog} catalog
 */
export function nameOf({ data, layers, optimizer }, catalog) {
  const label = (/** @type {string} */ family, /** @type {string} */ kind) =>
    catalog.families[family]?.find((record) => record.kind === kind)?.label ?? kind;
  const widths = layers.map((/** @type {Spec} */ layer) => layer.units).join("-");
  const kinds = [...new Set(layers.map((/** @type {Spec} */ layer) => label("activations", layer.activation.kind)))];
  return {
    title: `${label("datasets", data.kind)} · ${widths ? `${widths} ${kinds.join(", ")}` : "no hidden layer"}`,
    detail: `${label("optimizers", optimizer.kind)}, learning rate ${optimizer.learning_rate}`,
  };
}

/**
 * @param {Frame} frame
 * @param {Scene} scene
 * @param {Palette} palette
 * @returns {string} a data URL
 */
function pictureOf({ arrays }, { arrays: { points, labels }, task, train }, palette) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const { boundary, boundary_scale: scale } = arrays;
  const map = { maps: boundary.data, scales: scale.data, grid: boundary.shape[1] ?? 1 };
  createMap().paint(context, SIZE, map, { palette, discretize: false });
  drawPoints(context, { points: points.data, labels: labels.data, task, from: 0, to: train },
    { palette, size: SIZE, radius: RADIUS });
  return canvas.toDataURL("image/png");
}
