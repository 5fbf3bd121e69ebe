/** A shape for each class, so that points differ without colour too. */

import { Shape } from "./surface.js";

/** Each in the square from −1 to 1. */
const MARKS = [
  "M.95 0A.95.95 0 1 1 -.95 0A.95.95 0 1 1 .95 0Z",
  "M-.82-.82H.82V.82H-.82Z",
  "M0-1.1L1.05.8H-1.05Z",
  "M0-1.2L1.2 0L0 1.2L-1.2 0Z",
  "M-.45-1.1H.45V-.45H1.1V.45H.45V1.1H-.45V.45H-1.1V-.45H-.45Z",
  "M0 1.1L-1.05-.8H1.05Z",
  polygon(5, 1.1),
  star(5, 1.25, 0.55),
  polygon(6, 1.08),
  star(4, 1.3, 0.5),
].map((d) => new Shape(d));

const SVG = "http://www.w3.org/2000/svg";

/** @param {number} index */
export const classShape = (index) => /** @type {Shape} */ (MARKS[index % MARKS.length]);

/**
 * The mark of a class in its colour, to stand beside its name.
 *
 * @param {number} index
 */
export function markIcon(index) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "class-mark");
  svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  svg.setAttribute("aria-hidden", "true");
  svg.style.setProperty("--swatch", `var(--class-${index % MARKS.length})`);
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", classShape(index).text);
  svg.append(shape);
  return svg;
}

/**
 * @param {number} corners
 * @param {number} radius
 */
function polygon(corners, radius) {
  return outline(Array.from({ length: corners }, (_, i) => [radius, i / corners]));
}

/**
 * @param {number} tips
 * @param {number} outer
 * @param {number} inner
 */
function star(tips, outer, inner) {
  return outline(Array.from({ length: 2 * tips }, (_, i) => [i % 2 ? inner : outer, i / (2 * tips)]));
}

/** @param {[radius: number, turn: number][]} corners  the first one at the top */
function outline(corners) {
  const points = corners.map(([radius, turn]) => {
    const angle = 2 * Math.PI * turn;
    return `${(radius * Math.sin(angle)).toFixed(3)} ${(-radius * Math.cos(angle)).toFixed(3)}`;
  });
  return `M${points.join("L")}Z`;
}
