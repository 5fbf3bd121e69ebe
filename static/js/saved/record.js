/** What is kept of a run that has come to rest: its name, its result, a small picture and its curves. */

import { createMap } from "../draw/class-map.js";
import { readPalette } from "../draw/palette.js";
import { drawPoints } from "../draw/points.js";
import { orNull, thinned } from "./list.js";
import { setNumber } from "../base/format.js";
import { kindName, layersName } from "../settings/names.js";
import { formatShort } from "../address/run-link.js";
import { t } from "../base/words.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {RunRecord} from "./list.js" */
/** @import {Catalog, Context, Curves, Frame, Scene, Spec, State} from "../base/types.js" */

/** Pixels of the picture: as fine as the map that it is compared with, and ten of them fit into the browser's storage. */
const SIZE = 400;
const RADIUS = 4.8;

/**
 * The same for a run that a page goes on with, another for a copy of it. The name of a session opens it, so a number
 * made of it (FNV-1a) stands for it.
 *
 * @param {Pick<State, "session" | "run">} state
 */
export function idOf({ session, run }) {
  let number = 0x811c9dc5;
  for (const letter of session ?? "") number = Math.imul(number ^ letter.charCodeAt(0), 0x01000193);
  return `${(number >>> 0).toString(36)}-${run}`;
}

/**
 * The record of the run that is shown; null while there is nothing of it to keep.
 *
 * @param {Readonly<State>} state
 * @param {Pick<Context, "frames" | "catalog">} context
 */
export function recordNow(state, { frames, catalog }) {
  const { latest: frame, scene, curves } = frames;
  if (!frame || !scene || frame.step === 0 || frame.run !== state.run || scene.run !== state.run) return null;
  return recordOf(idOf(state), state, { frame, scene, curves }, { catalog, palette: readPalette() });
}

/**
 * @param {string} id
 * @param {Readonly<State>} state
 * @param {{frame: Frame, scene: Scene, curves: Curves}} shown
 * @param {{catalog: Catalog, palette: Palette}} context
 * @returns {RunRecord}
 */
function recordOf(id, state, { frame, scene, curves }, { catalog, palette }) {
  const { metrics } = frame.arrays;
  const members = metrics.shape[1] ?? 1;
  return {
    id,
    ...nameOf(state.spec, catalog),
    link: formatShort({ spec: state.startSpec, edits: state.edits }, catalog),
    step: frame.step,
    epoch: frame.epoch,
    result: Array.from({ length: metrics.shape[0] ?? 0 }, (_, row) => orNull(metrics.data[row * members] ?? NaN)),
    picture: pictureOf(frame, scene, palette),
    training: frame.training !== undefined,
    curves: thinned(curves),
  };
}

/**
 * @param {Spec} spec
 * @param {Catalog} catalog
 */
export function nameOf(spec, catalog) {
  const { data, optimizer } = spec;
  const [name, network] = [kindName(catalog.families, "datasets", data.kind), layersName(spec, catalog.families)];
  return {
    title: network ? t("{data} · {network}", { data: name, network }) : t("{data} · no hidden layer", { data: name }),
    detail: t("{optimizer}, learning rate {rate}", {
      optimizer: kindName(catalog.families, "optimizers", optimizer.kind),
      rate: setNumber(optimizer.learning_rate),
    }),
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
  drawPoints(
    context,
    { points: points.data, labels: labels.data, task, from: 0, to: train },
    { palette, size: SIZE, radius: RADIUS },
  );
  return canvas.toDataURL("image/png");
}
