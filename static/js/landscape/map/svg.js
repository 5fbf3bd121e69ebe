/** A landscape as one vector picture to keep or to print: the ground is an image in it, all else are lines. */

import { css, mix } from "../../draw/colour.js";
import { contour } from "../../draw/contour.js";
import { drawingOrder, groundOf, tracksOf } from "./picture.js";
import { headOf } from "./plane.js";
import { axisTitle, explainedWords } from "../words.js";
import { standing } from "../landscape.js";
import { levelsOf, ticks } from "../../draw/levels.js";
import { loss as lossText, whole } from "../../base/format.js";
import { labelsOf } from "./mark-labels.js";
import { isStroked, markPath } from "../../draw/markers.js";
import { createRelief } from "../../draw/height-map.js";
import { number, svg, svgText } from "../../draw/svg.js";

/** @import {Landscape} from "../landscape.js" */
/** @import {LandscapeLook} from "./look.js" */
/** @import {Track} from "./plane.js" */
/** @import {MarkLabel} from "./mark-labels.js" */

const SIZE = 560;
const LEFT = 74;
const TOP = 26;
const KEY = 250;
const BOTTOM = 92;
/** Pixels of the ground for each unit of the picture. */
const SHARP = 2;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

/**
 * @param {Landscape} landscape  of two dimensions
 * @param {string[]} names
 * @param {LandscapeLook} look
 * @param {number} chosen
 * @returns {{text: string, width: number, height: number}} a whole SVG file and its size
 */
export function landscapeSvg(landscape, names, look, chosen) {
  const [width, height] = [LEFT + SIZE + KEY, TOP + SIZE + BOTTOM];
  const tracks = tracksOf(landscape);
  const labels = labelsOf(landscape);
  const clip = svg("clipPath", { id: "map" }, svg("rect", { width: SIZE, height: SIZE }));
  const text = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT, "font-size": 13,
  },
  svg("rect", { width, height, fill: look.rim }),
  svg("g", { transform: `translate(${LEFT} ${TOP})` },
    svg("defs", {}, clip),
    svg("g", { "clip-path": "url(#map)" }, ground(landscape, look),
      ...drawingOrder(tracks.length, chosen).map((member) => path(tracks[member], member, look))),
    ...drawingOrder(tracks.length, chosen).map((member) => ends(tracks[member], member, look, labels[member])),
    axes(landscape, look)),
  key(landscape, names, look),
  svg("text", { x: LEFT, y: height - 16, fill: look.soft }, svgText(`Step ${whole(landscape.step)}. ${explainedWords(landscape)}`)));
  return { text, width, height };
}

/**
 * @param {Landscape} landscape
 * @param {LandscapeLook} look
 */
function ground(landscape, look) {
  const levels = levelsOf(landscape.loss);
  const drawn = groundOf(landscape, levels);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SHARP * SIZE;
  createRelief().paint(/** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")), canvas.width, drawn, levels, look.relief);
  const lines = levels.levels.map((level) => {
    const segments = contour(drawn.values, drawn.grid, level).map((share) => number(share * SIZE));
    let d = "";
    for (let i = 0; i < segments.length; i += 4) d += `M${segments[i]} ${segments[i + 1]}L${segments[i + 2]} ${segments[i + 3]}`;
    return svg("path", { d, fill: "none", stroke: css(look.relief.ink), opacity: 0.3 });
  });
  return svg("g", {}, svg("image", { width: SIZE, height: SIZE, href: canvas.toDataURL("image/png") }), ...lines);
}

/**
 * @param {Track | undefined} track
 * @param {number} member
 * @param {LandscapeLook} look
 */
function path(track, member, look) {
  const d = (track?.inside ?? []).map((piece) =>
    `M${piece.map(({ across, down }) => `${number(across * SIZE)} ${number(down * SIZE)}`).join("L")}`).join("");
  const line = { d, fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round" };
  return svg("path", { ...line, stroke: look.rim, "stroke-width": 4 })
    + svg("path", { ...line, stroke: look.colours[member], "stroke-width": 2 });
}

/**
 * @param {Track | undefined} track
 * @param {number} member
 * @param {LandscapeLook} look
 * @param {MarkLabel} [label]
 */
function ends(track, member, look, label) {
  const start = track?.inside[0]?.[0];
  const end = track && headOf(track);
  const ring = start && svg("circle", { cx: start.across * SIZE, cy: start.down * SIZE, r: 4.5, fill: "none", stroke: look.line, "stroke-width": 1.75 });
  const at = end && { x: end.across * SIZE, y: end.down * SIZE };
  return (ring ?? "") + (at ? mark(member, { ...at, radius: 6.5 }, look, label?.hollow ?? false) : "") + (at && label ? beside(at, label, member, look) : "");
}

/**
 * A network's own loss beside its mark, and that of the ground where it is another.
 *
 * @param {{x: number, y: number}} at
 * @param {MarkLabel} label
 * @param {number} member
 * @param {LandscapeLook} look
 */
function beside({ x, y }, { loss, ground: under }, member, look) {
  const left = x > SIZE - 90;
  const place = { x: left ? x - 13 : x + 13, "text-anchor": left ? "end" : "start", stroke: look.rim, "stroke-width": 4, "paint-order": "stroke" };
  return svg("text", { ...place, y: under ? y - 3 : y + 4, "font-weight": 600, fill: look.colours[member] }, svgText(loss))
    + (under ? svg("text", { ...place, y: y + 12, "font-size": 11, fill: look.ink }, svgText(under)) : "");
}

/**
 * @param {number} member
 * @param {{x: number, y: number, radius: number}} at
 * @param {LandscapeLook} look
 * @param {boolean} [hollow]
 */
function mark(member, at, look, hollow = false) {
  const colour = look.colours[member];
  const d = markPath(member, at);
  return isStroked(member)
    ? svg("path", { d, stroke: look.rim, "stroke-width": 7 }) + svg("path", { d, stroke: colour, "stroke-width": 4, "stroke-linecap": "round" })
      + (hollow ? svg("path", { d, stroke: look.rim, "stroke-width": 1.75 }) : "")
    : svg("path", { d, fill: hollow ? look.rim : colour, stroke: hollow ? colour : look.rim, "stroke-width": hollow ? 2.5 : 1.5 });
}

/**
 * @param {Landscape} landscape
 * @param {LandscapeLook} look
 */
function axes(landscape, look) {
  const [[left, right], [bottom, top]] = landscape.ranges;
  const stroke = css(mix(look.relief.surface, look.relief.ink, 0.35));
  const label = (/** @type {object} */ at, /** @type {string} */ text) => svg("text", { fill: look.soft, "font-size": 11, ...at }, svgText(text));
  const sign = (/** @type {number} */ value) => String(value).replace("-", "−");
  const across = ticks(left, right, 6).map((value) => {
    const x = ((value - left) / (right - left)) * SIZE;
    return svg("path", { d: `M${number(x)} ${SIZE}v4`, stroke }) + label({ x, y: SIZE + 18, "text-anchor": "middle" }, sign(value));
  });
  const up = ticks(bottom, top, 6).map((value) => {
    const y = ((top - value) / (top - bottom)) * SIZE;
    return svg("path", { d: `M0 ${number(y)}h-4`, stroke }) + label({ x: -8, y: y + 4, "text-anchor": "end" }, sign(value));
  });
  return svg("g", {}, svg("rect", { width: SIZE, height: SIZE, fill: "none", stroke }), ...across, ...up,
    label({ x: SIZE / 2, y: SIZE + 40, "text-anchor": "middle", "font-size": 13 }, axisTitle(landscape, 0)),
    label({ transform: `translate(-52 ${SIZE / 2}) rotate(-90)`, "text-anchor": "middle", "font-size": 13 }, axisTitle(landscape, 1)));
}

/**
 * @param {Landscape} landscape
 * @param {string[]} names
 * @param {LandscapeLook} look
 */
function key(landscape, names, look) {
  const rows = names.map((name, member) => {
    const y = TOP + 16 + 42 * member;
    const { trueLoss, planeLoss } = standing(landscape, member);
    return mark(member, { x: LEFT + SIZE + 30, y, radius: 6 }, look)
      + svg("text", { x: LEFT + SIZE + 46, y: y + 4, fill: css(look.relief.ink) }, svgText(name))
      + svg("text", { x: LEFT + SIZE + 46, y: y + 20, fill: look.soft, "font-size": 11 },
        svgText(`loss ${lossText(trueLoss)}, on the plane ${lossText(planeLoss)}`));
  });
  return svg("g", {}, ...rows);
}
