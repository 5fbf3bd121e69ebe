/** Lines of equal height on a surface in three dimensions, as Plotly wants them. */

import { contourLines } from "../draw/contour.js";
import { thinning } from "../draw/height-map.js";

/** @import {Ground} from "../draw/height-map.js" */
/** @import {Levels} from "../draw/levels.js" */
/** @import {Bounds} from "../draw/scale.js" */

/**
 * All of them as one line with gaps: each object of the picture costs time whenever it is drawn.
 *
 * @param {Ground} ground
 * @param {Bounds} bounds
 * @param {Levels} levels
 * @param {{up: (level: number) => number, colour: string}} look  `up`: where the line of a level is drawn
 */
export function levelLines({ values, grid }, [xMin, xMax, yMin, yMax], { levels }, { up, colour }) {
  /** @type {(number | null)[][]} */
  const points = [];
  const lines = levels.map((level) => contourLines(values, grid, level));
  const every = thinning(lines.map(({ length }) => length));
  for (const [index, level] of levels.entries()) {
    if (index % every !== every - 1) continue;
    const z = up(level);
    for (const line of lines[index] ?? []) {
      for (let i = 0; i < line.length; i += 2) {
        points.push([xMin + (line[i] ?? 0) * (xMax - xMin), yMax - (line[i + 1] ?? 0) * (yMax - yMin), z]);
      }
      points.push([null, null, null]);
    }
  }
  const row = (/** @type {number} */ part) => points.map((point) => point[part] ?? null);
  return {
    type: "scatter3d",
    mode: "lines",
    hoverinfo: "skip",
    x: row(0),
    y: row(1),
    z: row(2),
    connectgaps: false,
    line: { color: colour, width: 1 },
  };
}
