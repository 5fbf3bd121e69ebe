/** What moves over the map while it trains: points that are told wrong, and augmented copies of the training points. */

import { fitCanvas } from "../base/canvas.js";
import { css } from "../draw/colour.js";
import { pointColour, SQUARE } from "../draw/points.js";
import { createScale } from "../draw/scale.js";
import { circle } from "../draw/surface.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Surface} from "../draw/surface.js" */
/** @import {Block, Frame, Scene} from "../base/types.js" */

const GHOST_STRENGTH = 0.4;
const MISTAKE_STRENGTH = 0.75;

/**
 * @typedef {{palette: Palette, size: number, marking: boolean, showTest: boolean}} Look
 *
 * @param {HTMLCanvasElement} canvas
 */
export function createMapMarks(canvas) {
  let empty = true;

  return {
    /**
     * @param {Frame | null} frame
     * @param {Scene | null} scene
     * @param {Look} look
     */
    draw(frame, scene, look) {
      const ghosts = frame?.arrays.augmented;
      const right = frame && rings(frame, look);
      const isEmpty = !scene || !frame || frame.run !== scene.run || !(ghosts?.shape[0] || right);
      if (isEmpty && empty) return;
      empty = isEmpty;
      const { context } = fitCanvas(canvas, { width: look.size, height: look.size });
      context.clearRect(0, 0, look.size, look.size);
      if (!isEmpty) drawMarks(context, frame, scene, look);
    },
  };
}

/**
 * Before the first step every network guesses: rings would say nothing.
 *
 * @param {Frame} frame
 * @param {Look} look
 */
const rings = ({ step, arrays }, { marking }) => (marking && step > 0 ? arrays.right : undefined);

/**
 * @param {Surface} surface
 * @param {Frame} frame
 * @param {Scene} scene
 * @param {Look} look
 */
export function drawMarks(surface, frame, scene, look) {
  const { augmented } = frame.arrays;
  const right = rings(frame, look);
  if (augmented) drawGhosts(surface, augmented, scene, look);
  if (right) drawMistakes(surface, right, scene, look);
}

/**
 * @param {Surface} surface
 * @param {Block} ghosts  x1, x2 and label of each
 * @param {Scene} scene
 * @param {Look} look
 */
function drawGhosts(surface, { data, shape }, { task }, { palette, size }) {
  const radius = Math.max(1.6, size / 150);
  const { across, down } = createScale(SQUARE, size);
  surface.globalAlpha = GHOST_STRENGTH;
  for (let i = 0; i < (shape[0] ?? 0); i++) {
    surface.fillStyle = css(pointColour(palette, task, nearestClass(task, data[3 * i + 2] ?? 0)));
    circle(surface, across(data[3 * i] ?? NaN), down(data[3 * i + 1] ?? NaN), radius);
    surface.fill();
  }
  surface.globalAlpha = 1;
}

/**
 * Mixup leaves some points between two classes; they take the colour of the nearer one.
 *
 * @param {string} task
 * @param {number} label
 */
const nearestClass = (task, label) => (task === "regression" ? label : Math.round(label));

/**
 * @param {Surface} surface
 * @param {Block} right  for each point 1 where it is told right, 0 where not, NaN where that is no question
 * @param {Scene} scene
 * @param {Look} look
 */
function drawMistakes(surface, right, { arrays: { points }, train }, { palette, size, showTest }) {
  const count = Math.min(showTest ? right.data.length : train, right.data.length);
  const radius = Math.max(4, size / 58);
  const { across, down } = createScale(SQUARE, size);
  surface.strokeStyle = css(palette.ink);
  surface.lineWidth = 1.25;
  surface.globalAlpha = MISTAKE_STRENGTH;
  surface.beginPath();
  for (let i = 0; i < count; i++) {
    if (right.data[i] !== 0) continue;
    const [x, y] = [across(points.data[2 * i] ?? NaN), down(points.data[2 * i + 1] ?? NaN)];
    surface.moveTo(x + radius, y);
    surface.arc(x, y, radius, 0, 2 * Math.PI);
  }
  surface.stroke();
  surface.globalAlpha = 1;
}
