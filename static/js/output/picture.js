/** The output map: what the network says all over the square, the points it learns from, and what is marked on them. */

import { createMap, drawDecisions } from "../draw/class-map.js";
import { drawBorder, drawAxes, drawNames } from "../draw/frame.js";
import { drawPoints, pointRadius, SQUARE } from "../draw/points.js";
import { createScale } from "../draw/scale.js";
import { drawMarks } from "./marks.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Frame, Scene, State} from "../base/types.js" */
/** @import {Surface} from "../draw/surface.js" */

/** @typedef {{palette: Palette, size: number}} Look  size: side of the map */

/**
 * The points with the axes around them.
 *
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {Scene | null} scene
 * @param {boolean} showTest
 * @param {Look} look
 */
export function drawScene(surface, scene, showTest, { palette, size }) {
  if (!palette.bold) drawAxes(surface, createScale(SQUARE, size), palette);
  if (!scene) return;
  surface.save();
  clipTo(surface, size);
  const {
    arrays: { points, labels },
    task,
    train,
  } = scene;
  const cloud = { points: points.data, labels: labels.data, task };
  const look = { palette, size, radius: pointRadius(size, labels.data.length, task) };
  if (showTest) drawPoints(surface, { ...cloud, from: train, to: labels.data.length }, { ...look, tests: true });
  drawPoints(surface, { ...cloud, from: 0, to: train }, look);
  drawNames(surface, size, palette, scene.column_names ?? []);
  surface.restore();
}

/**
 * All of it, as the page shows it.
 *
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {{state: Pick<State, "discretize" | "showTest" | "marking">, frame: Frame, scene: Scene}} run
 * @param {Look} look
 */
export function drawOutput(surface, { state, frame, scene }, { palette, size }) {
  const { boundary, boundary_scale: scale } = frame.arrays;
  const picture = { maps: boundary.data, scales: scale.data, grid: boundary.shape[1] ?? 1 };
  createMap().paint(surface, size, picture, { palette, discretize: state.discretize });
  drawDecisions(surface, size, picture, palette);
  drawBorder(surface, size, size, palette);
  drawScene(surface, scene, state.showTest, { palette, size });
  surface.save();
  clipTo(surface, size);
  drawMarks(surface, frame, scene, { ...state, palette, size });
  surface.restore();
}

/**
 * @param {Surface} surface
 * @param {number} size
 */
function clipTo(surface, size) {
  surface.beginPath();
  surface.rect(0, 0, size, size);
  surface.clip();
}
