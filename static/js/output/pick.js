/** Which point somebody means who presses a place of the map. */

/** @import {Followed, Scene} from "../base/types.js" */

/**
 * The point that is drawn within reach, else the place itself, which is taken to be of the kind of the nearest point.
 *
 * @param {Scene} scene
 * @param {[number, number]} place
 * @param {number} reach  in the map's units
 * @param {boolean} withTest  whether test points are drawn
 * @returns {Followed | null}  null where there are no points
 */
export function pickPoint({ arrays: { points, labels }, train }, place, reach, withTest) {
  const count = withTest ? labels.data.length : train;
  let nearest = -1;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const away = Math.hypot((points.data[2 * i] ?? NaN) - place[0], (points.data[2 * i + 1] ?? NaN) - place[1]);
    if (away >= least) continue;
    least = away;
    nearest = i;
  }
  if (nearest < 0) return null;
  const label = labels.data[nearest] ?? NaN;
  const at = [points.data[2 * nearest] ?? NaN, points.data[2 * nearest + 1] ?? NaN];
  return { point: least <= reach ? [at[0] ?? NaN, at[1] ?? NaN] : place, label };
}
