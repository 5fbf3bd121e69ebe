/** Points of a data set on the square [−6, 6]². */

import { classShape } from "./class-shapes.js";
import { classColour, css, mix, signColour } from "./colour.js";
import { createScale } from "./scale.js";

/** @import {Palette, Rgb} from "./colour.js" */
/** @import {Bounds} from "./scale.js" */
/** @import {Surface} from "./surface.js" */

/** The square that every map shows reaches this far from 0. */
export const REACH = 6;

/** @type {Bounds} */
export const SQUARE = [-REACH, REACH, -REACH, REACH];

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
function pointLook(palette, task, label, tests) {
  const colour = pointColour(palette, task, label);
  if (!tests) return { fill: css(colour), stroke: css(palette.outline), width: 0.3 };
  return { fill: css(mix(colour, palette.surface, 0.88)), stroke: css(mix(colour, palette.ink, 0.3)), width: 0.28 };
}

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
 * Those off the map are left out.
 *
 * @param {Surface} surface
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
export function drawPoints(surface, { points, labels, task, from, to }, { palette, size, radius, tests = false }) {
  const { across, down } = createScale(SQUARE, size);
  const isSeen = (/** @type {number} */ at) => at > -FARTHEST * radius && at < size + FARTHEST * radius;
  const put = surface.isVector ? drawPoint : createStamps(/** @type {CanvasRenderingContext2D} */ (surface));
  for (let index = from; index < to; index++) {
    const at = { x: across(points[2 * index] ?? NaN), y: down(points[2 * index + 1] ?? NaN) };
    if (!isSeen(at.x) || !isSeen(at.y)) continue;
    const label = labels[index] ?? 0;
    // Heights look alike where their colours do.
    const hue = task === "regression" ? Math.round(Math.max(-1, Math.min(1, label)) * HUES) / HUES : label;
    put(surface, at, task, hue, { palette, radius, tests });
  }
}

/** So many colours of a height are told apart, on each side of 0. */
const HUES = 32;

/** The widest shape and its outline reach so many radii from its middle. */
const FARTHEST = 1.6;

/**
 * @typedef {{palette: Palette, radius: number, tests: boolean}} PointLook
 *
 * One shape for each class; heights have no classes.
 *
 * @param {Surface} surface
 * @param {{x: number, y: number}} at
 * @param {string} task
 * @param {number} label
 * @param {PointLook} look
 */
function drawPoint(surface, { x, y }, task, label, { palette, radius, tests }) {
  const { fill, stroke, width } = pointLook(palette, task, label, tests);
  const shape = classShape(task === "regression" ? 0 : label);
  surface.save();
  surface.translate(x, y);
  surface.scale(radius, radius);
  surface.fillStyle = fill;
  surface.strokeStyle = stroke;
  surface.lineWidth = Math.max(0.5 / radius, width);
  surface.fill(shape);
  surface.stroke(shape);
  surface.restore();
}

/**
 * Draws each kind of point once, and puts it down many times: a shape takes ten times as long.
 *
 * @param {CanvasRenderingContext2D} context
 * @returns {typeof drawPoint}
 */
function createStamps(context) {
  /** @type {Map<number, HTMLCanvasElement>} */
  const stamps = new Map();
  const scale = context.getTransform().a;
  // A stamp is moved by whole pixels, so that it stays as sharp as it was drawn.
  const snap = (/** @type {number} */ value) => Math.round(value * scale) / scale;
  return (_, { x, y }, task, label, look) => {
    let stamp = stamps.get(label);
    if (!stamp) stamps.set(label, (stamp = createStamp(task, label, { ...look, radius: look.radius * scale })));
    const side = stamp.width / scale;
    context.drawImage(stamp, snap(x - side / 2), snap(y - side / 2), side, side);
  };
}

/**
 * @param {string} task
 * @param {number} label
 * @param {PointLook} look  radius: in pixels of the screen
 */
function createStamp(task, label, look) {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = 2 * Math.ceil(look.radius * FARTHEST) + 2;
  const middle = stamp.width / 2;
  drawPoint(
    /** @type {CanvasRenderingContext2D} */ (stamp.getContext("2d")),
    { x: middle, y: middle },
    task,
    label,
    look,
  );
  return stamp;
}
