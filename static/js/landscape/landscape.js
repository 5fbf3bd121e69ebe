/** A landscape as the server sends it, in the form that everything about it is drawn and said from. */

import { scaleOf } from "./map/plane.js";

/** @import {LandscapeChoices, LayoutEntry, StudyPart} from "../base/types.js" */
/** @import {Place, Ranges} from "./map/plane.js" */

/**
 * The loss on a plane through the weights of a run, or on a line, and the paths of M members on it.
 *
 * @typedef {object} Landscape
 * @property {number} run
 * @property {number} step
 * @property {Readonly<LandscapeChoices>} choices  what it was asked with
 * @property {number} member  whose weights the plane goes through
 * @property {boolean} done  whether this is the finest picture asked for
 * @property {boolean} measured  whether the losses along the paths are known: they come with its second picture
 * @property {1 | 2} dimensions
 * @property {number} side  samples along an axis, G
 * @property {Ranges} ranges
 * @property {number[] | null} explained  shares of the paths' variance
 * @property {string[]} labels  of its axes
 * @property {ArrayLike<number>} loss  (G, G), row 0 at the top; or (2, G), train and test
 * @property {number} members  M
 * @property {number} points  T
 * @property {ArrayLike<number>} steps  (T)
 * @property {number[]} jumps  steps at which the networks were put somewhere: no path led there
 * @property {ArrayLike<number>} paths  (T, M, 2)
 * @property {ArrayLike<number>} trueLoss  (T, M)
 * @property {ArrayLike<number>} planeLoss  (T, M)
 * @property {ArrayLike<number>} away  (T, M)
 */

/**
 * @param {StudyPart} answer
 * @param {{run: number, choices: Readonly<LandscapeChoices>, member: number, jumps: number[]}} asked
 * @param {(name: string) => string} parameterLabel  what a weight or bias is called, such as "layers.0.W.1.2"
 * @returns {Landscape}
 */
export function landscapeOf(answer, { run, choices, member, jumps }, parameterLabel) {
  const { arrays, part, step, ranges, explained, labels, done } = answer;
  const read = (/** @type {string} */ name) => {
    const block = arrays[name];
    if (!block) throw new Error(`the landscape has no ${name}`);
    return block;
  };
  const [loss, paths] = [read("loss"), read("paths")];
  return {
    run,
    step,
    choices,
    member,
    jumps,
    done,
    ranges,
    labels: choices.axes === "weights" ? labels.map(parameterLabel) : labels,
    explained: explained ?? null,
    measured: part > 0,
    dimensions: choices.shown === "slice" ? 1 : 2,
    side: loss.shape[1] ?? 0,
    loss: loss.data,
    points: paths.shape[0] ?? 0,
    members: paths.shape[1] ?? 0,
    steps: read("path_steps").data,
    paths: paths.data,
    trueLoss: read("true_loss").data,
    planeLoss: read("plane_loss").data,
    away: read("away").data,
  };
}

/**
 * What to ask the server for.
 *
 * @param {Readonly<LandscapeChoices>} choices
 * @param {number} member
 */
export function studyOf({ axes, seed, names, networks, half, penalty, size, shown }, member) {
  const dimensions = shown === "slice" ? 1 : 2;
  const axesOf = {
    pca: { kind: "pca", ...(networks.length > 0 && { members: networks }) },
    networks: { kind: "networks", members: networks },
    random: { kind: "random", seed },
    line: { kind: "line", seed },
    weights: { kind: "weights", names },
  };
  return { kind: "landscape", axes: axesOf[axes], half, penalty, size, dimensions, member };
}

/**
 * The path of one member as places on the map.
 *
 * @param {Landscape} landscape
 * @param {number} member
 * @returns {Place[]}
 */
export function pathOf({ points, members, paths, ranges }, member) {
  const { across, down } = scaleOf(ranges);
  return Array.from({ length: points }, (_, index) => {
    const at = 2 * (index * members + member);
    return { across: across(paths[at] ?? NaN), down: down(paths[at + 1] ?? NaN) };
  });
}

/**
 * Whether the networks were put somewhere between two points of the paths, or at the second.
 *
 * @param {Landscape} landscape
 * @param {number} from  the index of a point
 * @param {number} to
 */
export const jumped = ({ jumps, steps }, from, to) =>
  jumps.some((step) => step > (steps[from] ?? NaN) && step <= (steps[to] ?? NaN));

/**
 * Where a member is at the end of its path: coordinates, the true loss, the loss on the plane, the distance.
 *
 * @param {Landscape} landscape
 * @param {number} member
 * @param {number} [point]  of the path, counted from the end
 */
export function standing({ points, members, paths, trueLoss, planeLoss, away, steps }, member, point = -1) {
  const row = points + point;
  const at = row * members + member;
  return {
    step: steps[row] ?? NaN,
    a: paths[2 * at] ?? NaN,
    b: paths[2 * at + 1] ?? NaN,
    trueLoss: trueLoss[at] ?? NaN,
    planeLoss: planeLoss[at] ?? NaN,
    away: away[at] ?? NaN,
  };
}

/** A network lies on the ground where its loss and that of its place differ by no more than this share of the larger. */
const CLOSE = 0.1;

/** Losses below this share of the whole height of the picture are all at its bottom. */
const BOTTOM = 1e-3;

/**
 * Whether a network lies on the ground that is drawn under it: whether its own loss is that of its shadow. What has
 * not been measured is taken to.
 *
 * @param {Landscape} landscape
 * @param {number} member
 * @param {number} [point]  of the path, counted from the end
 */
export function isGrounded(landscape, member, point = -1) {
  const { trueLoss, planeLoss } = standing(landscape, member, point);
  if (Number.isNaN(trueLoss) || trueLoss === planeLoss) return true;
  const gap = Math.abs(trueLoss - planeLoss);
  if (gap === Infinity) return false;
  return gap <= CLOSE * Math.max(trueLoss, planeLoss) || gap <= BOTTOM * heightOf(landscape.loss);
}

/** @param {ArrayLike<number>} loss */
function heightOf(loss) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < loss.length; i++) {
    const value = loss[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high > low ? high - low : 0;
}

/**
 * The point of a path that is nearest to a place of the map, if one is near.
 *
 * @param {Landscape} landscape
 * @param {Place} place
 * @param {number} reach  how near, as a share of the map's side
 * @returns {{member: number, point: number} | null}  the point is counted from the end: −1 is the last
 */
export function nearestPoint(landscape, { across, down }, reach) {
  let [best, found] = [reach, /** @type {{member: number, point: number} | null} */ (null)];
  for (let member = 0; member < landscape.members; member++) {
    pathOf(landscape, member).forEach((place, index) => {
      const away = Math.hypot(place.across - across, place.down - down);
      if (away > best) return;
      [best, found] = [away, { member, point: index - landscape.points }];
    });
  }
  return found;
}

/**
 * The names of all weights and biases, as `layers.0.W.1.2`.
 *
 * @param {readonly LayoutEntry[]} layout
 * @returns {string[]}
 */
export function parameterNames(layout) {
  return layout.flatMap(({ name, shape }) => places(shape).map((place) => [name, ...place].join(".")));
}

/**
 * @param {number[]} shape
 * @returns {number[][]}
 */
function places([first, ...rest]) {
  if (first === undefined) return [[]];
  return Array.from({ length: first }, (_, index) => places(rest).map((place) => [index, ...place])).flat();
}
