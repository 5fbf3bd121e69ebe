/** The network as a vector picture: the same places, widths and colours as on the page. */

import { css, mix } from "../draw/colour.js";
import { biasMark, edgeStyles, edgeWidth, levelsOf } from "./edges.js";
import { biasName } from "./layout.js";
import { number, svg, svgText } from "../draw/svg.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Column, Gap, Layout} from "./layout.js" */

const DASH = "5 4";
const CORNER = 3;
const NAME_GAP = 7;

/**
 * @typedef {object} NetworkPicture
 * @property {Layout} layout
 * @property {Gap[]} gaps
 * @property {ArrayLike<number>} theta
 * @property {{name: string, offset: number, shape: number[]}[]} arrays
 * @property {string[]} titles  above each column
 * @property {string[]} features  the names of the first column's units
 * @property {boolean[]} chosen  for each feature, whether the network is given it
 * @property {(column: number, unit: number) => string} tile  the picture in a unit, as a data URL
 * @property {number} header  room above the columns
 */

/**
 * @param {NetworkPicture} network
 * @param {Palette} palette
 * @returns {string} one group, with its origin at the top left
 */
export function networkSvg(network, palette) {
  const { layout, gaps, theta } = network;
  const edges = gaps.map((gap) => edgesSvg(gap, theta, palette));
  const columns = layout.columns.map((column, index) => columnSvg(network, column, index, palette));
  return svg("g", {}, ...edges, ...columns);
}

/**
 * The weakest first, dashed where the weight is negative.
 *
 * @param {Gap} gap
 * @param {ArrayLike<number>} theta
 * @param {Palette} palette
 */
function edgesSvg(gap, theta, palette) {
  const styles = edgeStyles(palette);
  const levels = levelsOf(gap, theta);
  const order = [...levels.keys()].filter((edge) => levels[edge] !== 0)
    .sort((a, b) => Math.abs(levels[a] ?? 0) - Math.abs(levels[b] ?? 0));
  return svg("g", { fill: "none" }, ...order.map((edge) => {
    const signed = levels[edge] ?? 0;
    const colours = signed < 0 ? styles.negative : styles.positive;
    return svg("path", {
      d: curve(gap, edge),
      stroke: colours[Math.abs(signed) - 1],
      "stroke-width": edgeWidth(Math.abs(signed), levels.length),
      "stroke-dasharray": signed < 0 ? DASH : undefined,
    });
  }));
}

/**
 * @param {Gap} gap
 * @param {number} edge
 */
function curve({ x0, x1, y0, y1 }, edge) {
  const [from, to, middle] = [number(y0[edge] ?? NaN), number(y1[edge] ?? NaN), number((x0 + x1) / 2)];
  return `M${x0} ${from}C${middle} ${from} ${middle} ${to} ${x1} ${to}`;
}

/**
 * @param {NetworkPicture} network
 * @param {Column} column
 * @param {number} index
 * @param {Palette} palette
 */
function columnSvg({ titles, features, chosen, tile, theta, arrays, header }, column, index, palette) {
  const ink = css(palette.ink);
  const soft = css(mix(palette.surface, palette.ink, 0.62));
  const bias = arrays.find(({ name }) => name === biasName(column));
  const units = column.units.map(({ index: unit, x, y }) => {
    const corner = { x: x - column.tile / 2, y: y - column.tile / 2 };
    const isFaint = index === 0 && !chosen[unit];
    return svg("g", { opacity: isFaint ? 0.3 : undefined },
      svg("image", { ...corner, width: column.tile, height: column.tile, href: tile(index, unit) }),
      svg("rect", { ...corner, width: column.tile, height: column.tile, rx: CORNER, fill: "none", stroke: soft }),
      index === 0
        ? svg("text", { x: corner.x - NAME_GAP, y, "text-anchor": "end", "dominant-baseline": "central", fill: ink },
          svgText(features[unit] ?? ""))
        : biasSvg(corner, column.tile, theta[(bias?.offset ?? NaN) + unit] ?? 0, palette));
  });
  const more = column.more > 0
    ? [svg("text", { x: column.x, y: column.moreY, "text-anchor": "middle", fill: soft }, svgText(`+ ${column.more}`))]
    : [];
  const title = svg("text", { x: column.x, y: header / 2, "text-anchor": "middle", fill: soft },
    svgText(titles[index] ?? ""));
  return svg("g", {}, title, ...units, ...more);
}

/**
 * @param {{x: number, y: number}} corner
 * @param {number} size
 * @param {number} bias
 * @param {Palette} palette
 */
function biasSvg({ x, y }, size, bias, palette) {
  const { largest, radius } = biasMark(bias, size);
  return svg("circle", {
    cx: x + largest + 2,
    cy: y + size - largest - 2,
    r: radius,
    fill: css(bias < 0 ? palette.negative : palette.positive),
    stroke: css(palette.surface),
  });
}
