/** A small picture of a data set, with the orientation and colours of the map. */

import { fitCanvas } from "../base/canvas.js";
import { readPalette } from "./palette.js";
import { drawPoints } from "./points.js";

/**
 * @param {HTMLCanvasElement} canvas  as large as its style says
 * @param {number[][]} points  `[x1, x2, label]` each
 * @param {string} [task]      of the data set: says what a label means
 */
export function drawThumbnail(canvas, points, task = "two_class") {
  const { context, width } = fitCanvas(canvas);
  context.clearRect(0, 0, width, width);
  drawPoints(
    context,
    {
      points: points.flatMap(([x1 = 0, x2 = 0]) => [x1, x2]),
      labels: points.map(([, , label = 0]) => label),
      task,
      from: 0,
      to: points.length,
    },
    { palette: readPalette(canvas), size: width, radius: Math.max(1.2, width / 40) },
  );
}
