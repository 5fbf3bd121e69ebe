/** The output map with its points and axes as a vector picture; the map itself is an image in it. */

import { axisWords } from "../draw/axes.js";
import { css, mix } from "../draw/colour.js";
import { pointLook, pointRadius, pointShape, REACH, toSquare } from "../draw/points.js";
import { number, svg, svgText } from "../draw/svg.js";

/** @import {Palette} from "../draw/colour.js" */

const STEP = 2;
const TICK = 4;

/**
 * @typedef {object} OutputPicture
 * @property {number} size  side of the map
 * @property {string} map  a data URL
 * @property {number[][]} contours  of each field, x0, y0, x1, y1, … as shares of the side
 * @property {ArrayLike<number>} points  x1, x2, x1, x2, …
 * @property {ArrayLike<number>} labels
 * @property {string} task
 * @property {number} train  so many of the points train: the first ones
 * @property {boolean} showTest
 * @property {readonly string[]} [names]  of x1 and x2
 */

/**
 * @param {OutputPicture} output
 * @param {Palette} palette
 * @returns {string} one group, with its origin at the top left of the map
 */
export function outputSvg(output, palette) {
  const { size, map, contours } = output;
  const lines = contours.map((segments) => svg("path", {
    d: segmentsPath(segments, size),
    fill: "none",
    stroke: css(palette.ink),
    "stroke-width": 1.25,
    "stroke-linecap": "round",
    opacity: 0.55,
  }));
  return svg("g", {},
    svg("image", { width: size, height: size, href: map }),
    ...lines,
    pointsSvg(output, palette),
    namesSvg(output, palette),
    svg("rect", { width: size, height: size, fill: "none", stroke: css(mix(palette.surface, palette.ink, 0.35)) }),
    axesSvg(size, palette));
}

/**
 * @param {number[]} segments
 * @param {number} size
 */
function segmentsPath(segments, size) {
  let path = "";
  for (let i = 0; i < segments.length; i += 4) {
    const [x0, y0, x1, y1] = segments.slice(i, i + 4).map((share) => number(share * size));
    path += `M${x0} ${y0}L${x1} ${y1}`;
  }
  return path;
}

/**
 * Each class has its shape, filled where a point trains and hollow where it tests, as on the page; those off the
 * map are left out.
 *
 * @param {OutputPicture} output
 * @param {Palette} palette
 */
function pointsSvg({ points, labels, task, train, showTest, size }, palette) {
  const count = showTest ? labels.length : train;
  const radius = pointRadius(size, labels.length, task);
  const marks = Array.from({ length: count }, (_, index) => {
    const [across, down] = toSquare(points[2 * index] ?? NaN, points[2 * index + 1] ?? NaN);
    if (!(across >= 0 && across <= 1 && down >= 0 && down <= 1)) return "";
    const label = labels[index] ?? 0;
    const { fill, stroke, width } = pointLook(palette, task, label, index >= train);
    return svg("path", {
      d: pointShape(task, label),
      transform: `translate(${number(across * size)} ${number(down * size)}) scale(${number(radius)})`,
      fill, stroke, "stroke-width": width,
    });
  });
  return svg("g", {}, ...marks);
}

/**
 * @param {OutputPicture} output
 * @param {Palette} palette
 */
function namesSvg({ size, names = [] }, palette) {
  const words = axisWords(names);
  if (!words) return "";
  const look = {
    "font-size": 11, fill: css(palette.ink), stroke: css(palette.surface), "stroke-width": 3,
    "stroke-linejoin": "round", "paint-order": "stroke",
  };
  return svg("g", look,
    svg("text", { x: size - 6, y: size - 7, "text-anchor": "end" }, svgText(words[0])),
    svg("text", { x: 6, y: 16 }, svgText(words[1])));
}

/**
 * @param {number} size
 * @param {Palette} palette
 */
function axesSvg(size, palette) {
  const fill = css(mix(palette.surface, palette.ink, 0.62));
  const ticks = [];
  for (let value = -REACH; value <= REACH; value += STEP) {
    const label = svgText(String(value).replace("-", "−"));
    const [across, down] = toSquare(value, value);
    ticks.push(
      svg("path", { d: `M${number(across * size)} ${size}v${TICK}M0 ${number(down * size)}h${-TICK}`, stroke: fill }),
      svg("text", { x: across * size, y: size + 17, "text-anchor": "middle", "font-size": 11, fill }, label),
      svg("text", { x: -8, y: down * size, "text-anchor": "end", "dominant-baseline": "central", "font-size": 11, fill },
        label));
  }
  return svg("g", {}, ...ticks);
}
