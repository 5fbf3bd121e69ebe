/** The output map with its points and axes as a vector picture; the map itself is an image in it. */

import { css, mix } from "./colour.js";
import { pointColour, REACH, toSquare } from "./points.js";
import { number, svg, svgText } from "./svg.js";

/** @import {Palette} from "./colour.js" */

const STEP = 2;
const TICK = 4;
const RADIUS = 3.2;

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
 * Training points are discs, test points diamonds, as on the page; those off the map are left out.
 *
 * @param {OutputPicture} output
 * @param {Palette} palette
 */
function pointsSvg({ points, labels, task, train, showTest, size }, palette) {
  const count = showTest ? labels.length : train;
  const marks = Array.from({ length: count }, (_, index) => {
    const [across, down] = toSquare(points[2 * index] ?? NaN, points[2 * index + 1] ?? NaN);
    if (!(across >= 0 && across <= 1 && down >= 0 && down <= 1)) return "";
    const colour = pointColour(palette, task, labels[index] ?? 0);
    const at = { x: across * size, y: down * size };
    return index < train
      ? svg("circle", { cx: at.x, cy: at.y, r: RADIUS, fill: css(colour), stroke: css(palette.outline) })
      : svg("path", {
        d: diamond(at),
        fill: css(mix(colour, palette.surface, 0.5)),
        stroke: css(mix(colour, palette.ink, 0.5)),
      });
  });
  return svg("g", {}, ...marks);
}

/** @param {{x: number, y: number}} at */
function diamond({ x, y }) {
  const reach = RADIUS * 1.25;
  return `M${number(x)} ${number(y - reach)}l${reach} ${reach}l${-reach} ${reach}l${-reach} ${-reach}z`;
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
