/** Where the plot of the map stands in its picture, and where its dots stand in the plot. */

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Dot} from "./scene.js" */

/** Room around the plot, in CSS pixels: numbers and titles, and the margins that show one knob each. */
const ROOM = { left: 72, bottom: 46, top: 76, right: 104 };
const SMALL_ROOM = { left: 54, bottom: 44, top: 72, right: 10 };
const SMALL = 480;

/**
 * Where the plot stands in a picture of that size; a small one has no margin at its right.
 *
 * @param {number} width
 * @param {number} height
 */
export function plotOf(width, height) {
  const { left, right, top, bottom } = width < SMALL ? SMALL_ROOM : ROOM;
  return { left, top, right, small: width < SMALL, width: width - left - right, height: height - top - bottom };
}

/** @typedef {ReturnType<typeof plotOf>} Plot */

/** @param {Plot} plot @param {Dot} dot */
export const placeOf = ({ width, height }, { across, up, fan }) => ({ x: across * width + fan, y: (1 - up) * height });

/** @param {Plot} plot @param {Pick<Dot, "share" | "size">} dot */
export const radiusOf = ({ small }, { share, size }) =>
  size * (small ? 2.6 + 4.6 * (1 - share) ** 2 : 3 + 6 * (1 - share) ** 2);

/** @param {Surface} surface @param {[number, number, number, number]} ends */
export function line(surface, ...[x1, y1, x2, y2]) {
  surface.moveTo(x1, y1);
  surface.lineTo(x2, y2);
}
