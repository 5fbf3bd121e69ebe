/** Points of a data set on the square [−6, 6]². */

import { markPath } from "./class-shapes.js";
import { classColour, css, mix, signColour } from "./colour.js";

/** @import {Palette, Rgb} from "./colour.js" */

/** The square that every map shows reaches this far from 0. */
export const REACH = 6;

/**
 * Points in the unit square: x1 grows to the right, x2 upwards.
 *
 * @param {number} x1
 * @param {number} x2
 * @returns {[across: number, down: number]}
 */
export function toSquare(x1, x2) {
  return [(x1 + REACH) / (2 * REACH), (REACH - x2) / (2 * REACH)];
}

/**
 * @param {number} across
 * @param {number} down
 * @returns {[x1: number, x2: number]}
 */
export function fromSquare(across, down) {
  return [across * 2 * REACH - REACH, REACH - down * 2 * REACH];
}

/** Points are this much nearer to the ink than the map, so that they stand out on it. */
const POINT_DEPTH = 0.14;

/**
 * @param {Palette} palette
 * @param {string} task
 * @param {number} label  class index, or the target in regression
 * @returns {Rgb}
 */
export function pointColour(palette, task, label) {
  const hue = task === "regression" ? signColour(palette, label) : classColour(palette, label);
  return mix(hue, palette.ink, POINT_DEPTH);
}

/**
 * How the point of a class looks: filled where it trains, hollow where it tests, so that neither needs colour.
 *
 * @param {Palette} palette
 * @param {string} task
 * @param {number} label
 * @param {boolean} tests
 * @returns {{fill: string, stroke: string, width: number}}  width: of the outline, as a share of the radius
 */
export function pointLook(palette, task, label, tests) {
  const colour = pointColour(palette, task, label);
  if (!tests) return { fill: css(colour), stroke: css(palette.outline), width: 0.3 };
  return { fill: css(mix(colour, palette.surface, 0.88)), stroke: css(mix(colour, palette.ink, 0.3)), width: 0.28 };
}

/**
 * The shape of a point, in the square from −1 to 1: one for each class; heights have no classes.
 *
 * @param {string} task
 * @param {number} label
 */
export const pointShape = (task, label) => markPath(task === "regression" ? 0 : label);

/** With no more points than this there is room to see their shapes well. */
const SPARSE = 600;

/**
 * How large points are on a map: the shapes of many classes have to be told apart, and thousands of points must not
 * hide it.
 *
 * @param {number} size  side of the map in pixels
 * @param {number} count
 * @param {string} task
 */
export function pointRadius(size, count, task) {
  const least = task === "multi_class" ? 3.2 : 2.2;
  return Math.max(least, (size / 105) * (count > SPARSE ? 1 : 1.35));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object} cloud
 * @param {ArrayLike<number>} cloud.points  x1, x2, x1, x2, …
 * @param {ArrayLike<number>} cloud.labels
 * @param {string} cloud.task
 * @param {number} cloud.from  index of the first point to draw
 * @param {number} cloud.to    index after the last
 * @param {object} look
 * @param {Palette} look.palette
 * @param {number} look.size    side of the square in pixels
 * @param {number} look.radius  of a point in pixels
 * @param {boolean} [look.tests]  whether they are points that test
 */
export function drawPoints(context, { points, labels, task, from, to }, { palette, size, radius, tests = false }) {
  /** @type {Map<number, HTMLCanvasElement>} */
  const stamps = new Map();
  const scale = context.getTransform().a;
  // A stamp is moved by whole pixels, so that it stays as sharp as it was drawn.
  const snap = (/** @type {number} */ value) => Math.round(value * scale) / scale;
  for (let index = from; index < to; index++) {
    const label = labels[index] ?? 0;
    // Heights look alike where their colours do.
    const key = task === "regression" ? Math.round(Math.max(-1, Math.min(1, label)) * HUES) / HUES : label;
    let stamp = stamps.get(key);
    if (!stamp) stamps.set(key, (stamp = createStamp(task, key, { palette, radius: radius * scale, tests })));
    const side = stamp.width / scale;
    const [across, down] = toSquare(points[2 * index] ?? NaN, points[2 * index + 1] ?? NaN);
    context.drawImage(stamp, snap(across * size - side / 2), snap(down * size - side / 2), side, side);
  }
}

/** So many colours of a height are told apart, on each side of 0. */
const HUES = 32;

/** The widest shape and its outline reach so many radii from its middle. */
const FARTHEST = 1.6;

/**
 * One point as a picture, to be put down many times.
 *
 * @param {string} task
 * @param {number} label
 * @param {{palette: Palette, radius: number, tests: boolean}} look  radius: in pixels of the screen
 */
function createStamp(task, label, { palette, radius, tests }) {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = 2 * Math.ceil(radius * FARTHEST) + 2;
  const context = /** @type {CanvasRenderingContext2D} */ (stamp.getContext("2d"));
  const { fill, stroke, width } = pointLook(palette, task, label, tests);
  const shape = new Path2D(pointShape(task, label));
  context.translate(stamp.width / 2, stamp.width / 2);
  context.scale(radius, radius);
  context.fillStyle = fill;
  context.strokeStyle = stroke;
  context.lineWidth = Math.max(0.5 / radius, width);
  context.fill(shape);
  context.stroke(shape);
  return stamp;
}
