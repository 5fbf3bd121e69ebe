/** What moves over the map while it trains: points that are told wrong, and augmented copies of the training points. */

import { fitCanvas } from "../base/canvas.js";
import { css } from "../draw/colour.js";
import { pointColour, toSquare } from "../draw/points.js";

/** @import {Palette} from "../draw/colour.js" */
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
      const right = look.marking ? frame?.arrays.right : undefined;
      const isEmpty = !scene || !frame || frame.run !== scene.run || !(ghosts?.shape[0] || right);
      if (isEmpty && empty) return;
      empty = isEmpty;
      const { context } = fitCanvas(canvas, { width: look.size, height: look.size });
      context.clearRect(0, 0, look.size, look.size);
      if (isEmpty) return;
      if (ghosts) drawGhosts(context, ghosts, scene, look);
      if (right) drawMistakes(context, right, scene, look);
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Block} ghosts  x1, x2 and label of each
 * @param {Scene} scene
 * @param {Look} look
 */
function drawGhosts(context, { data, shape }, { task }, { palette, size }) {
  const radius = Math.max(1.6, size / 150);
  context.globalAlpha = GHOST_STRENGTH;
  for (let i = 0; i < (shape[0] ?? 0); i++) {
    const [across, down] = toSquare(data[3 * i] ?? NaN, data[3 * i + 1] ?? NaN);
    context.fillStyle = css(pointColour(palette, task, nearestClass(task, data[3 * i + 2] ?? 0)));
    context.beginPath();
    context.arc(across * size, down * size, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/**
 * Mixup leaves some points between two classes; they take the colour of the nearer one.
 *
 * @param {string} task
 * @param {number} label
 */
const nearestClass = (task, label) => (task === "regression" ? label : Math.round(label));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Block} right  for each point 1 where it is told right, 0 where not, NaN where that is no question
 * @param {Scene} scene
 * @param {Look} look
 */
function drawMistakes(context, right, { arrays: { points }, train }, { palette, size, showTest }) {
  const count = Math.min(showTest ? right.data.length : train, right.data.length);
  const radius = Math.max(4, size / 58);
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1.25;
  context.globalAlpha = MISTAKE_STRENGTH;
  context.beginPath();
  for (let i = 0; i < count; i++) {
    if (right.data[i] !== 0) continue;
    const [across, down] = toSquare(points.data[2 * i] ?? NaN, points.data[2 * i + 1] ?? NaN);
    context.moveTo(across * size + radius, down * size);
    context.arc(across * size, down * size, radius, 0, 2 * Math.PI);
  }
  context.stroke();
  context.globalAlpha = 1;
}
