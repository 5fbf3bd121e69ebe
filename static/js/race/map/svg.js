/** A race as one vector picture to keep or to print: the map with the ways so far, and who is who. */

import { css, mix } from "../../draw/colour.js";
import { axisNumber } from "../../draw/frame.js";
import { levelsOf, ticks } from "../../draw/levels.js";
import { createPlane } from "../../draw/scale.js";
import { significant } from "../numbers/numbers.js";
import { isStroked, markPath, readRacerColours } from "../../draw/markers.js";
import { reliefSvg } from "../../draw/height-map-svg.js";
import { number, svg, svgText } from "../../draw/svg.js";
import { standingAt } from "../record.js";

/** @import {Plane} from "../../draw/scale.js" */
/** @import {ReliefLook} from "../../draw/height-map.js" */
/** @import {Runner} from "./paths.js" */
/** @import {Track} from "../record.js" */
/** @import {StudyPart} from "../../base/types.js" */

const SIZE = 560;
const LEFT = 60;
const TOP = 24;
const BOTTOM = 64;
const KEY = 300;
const LINE = 44;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";
const HEAD = 7;

/**
 * @param {object} race
 * @param {StudyPart} race.surface
 * @param {Track} race.track
 * @param {number} race.step
 * @param {Runner[]} race.runners
 * @param {string[]} race.names
 * @param {number} race.start
 * @param {string} race.title
 * @param {ReliefLook} look
 * @returns {{text: string, width: number, height: number}} a whole SVG file and its size
 */
export function raceSvg({ surface, track, step, runners, names, start, title }, look) {
  const [width, height] = [LEFT + SIZE + KEY, TOP + SIZE + BOTTOM];
  const plane = createPlane(surface.view, SIZE);
  const values = surface.arrays.values;
  const data = values?.data ?? [];
  const colours = readRacerColours();
  const clip = svg("clipPath", { id: "map" }, svg("rect", { width: SIZE, height: SIZE }));
  const text = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT, "font-size": 13,
  },
  svg("rect", { width, height, fill: css(look.surface) }),
  svg("g", { transform: `translate(${LEFT} ${TOP})` },
    svg("defs", {}, clip),
    svg("g", { "clip-path": "url(#map)" },
      reliefSvg({ values: data, grid: values?.shape[0] ?? 0 }, levelsOf(data), look, SIZE),
      ...[...surface.minima, ...surface.local_minima].map((minimum) => ring(plane, minimum, look)),
      ...runners.map((runner) => way(plane, track, runner, step, colours))),
    ...runners.map((runner) => head(plane, track, runner, step, colours, look)),
    frame(plane, look)),
  svg("g", { transform: `translate(${LEFT + SIZE + 32} ${TOP + 16})`, fill: css(look.ink) },
    ...names.map((name, racer) => entry(name, racer, runners, track, step, start, colours))),
  svg("text", { x: LEFT, y: height - 14, fill: css(mix(look.surface, look.ink, 0.7)) }, svgText(`${title}, step ${step}`)));
  return { text, width, height };
}

/**
 * @param {Plane} plane
 * @param {number[]} minimum
 * @param {ReliefLook} look
 */
const ring = (plane, [x = NaN, y = NaN], look) => svg("circle", {
  cx: plane.across(x), cy: plane.down(y), r: 6, fill: css(look.surface), stroke: css(look.ink), "stroke-width": 1.5,
});

/**
 * @param {Plane} plane
 * @param {Track} track
 * @param {Runner} runner
 * @param {number} step
 * @param {string[]} colours
 */
function way(plane, track, { member, look, faint }, step, colours) {
  const far = (/** @type {number} */ position) => number(Math.min(21 * SIZE, Math.max(-20 * SIZE, position)));
  const points = Array.from({ length: step + 1 }, (_, s) =>
    `${far(plane.across(track.at("path", s, member)))} ${far(plane.down(track.at("path", s, member, 1)))}`);
  const d = `M${points.filter((point, i) => point !== points[i - 1]).join("L")}`;
  return svg("path", { d, fill: "none", stroke: colours[look], "stroke-width": faint ? 1.25 : 2, "stroke-linejoin": "round", opacity: faint ? 0.5 : 1 });
}

/**
 * @param {Plane} plane
 * @param {Track} track
 * @param {Runner} runner
 * @param {number} step
 * @param {string[]} colours
 * @param {ReliefLook} look
 */
function head(plane, track, { member, look: mark, faint }, step, colours, look) {
  const { x, y } = plane.inside(track.at("path", step, member), track.at("path", step, member, 1), HEAD + 4);
  return Number.isFinite(x + y) ? badge(mark, { x, y, radius: faint ? HEAD - 3 : HEAD }, colours, css(look.surface)) : "";
}

/**
 * @param {number} mark
 * @param {{x: number, y: number, radius: number}} at
 * @param {string[]} colours
 * @param {string} rim
 */
function badge(mark, at, colours, rim) {
  const d = markPath(mark, at);
  if (!isStroked(mark)) return svg("path", { d, fill: colours[mark], stroke: rim, "stroke-width": 1.5 });
  return svg("path", { d, fill: "none", stroke: colours[mark], "stroke-width": at.radius * 0.7, "stroke-linecap": "round" });
}

/**
 * @param {Plane} plane
 * @param {ReliefLook} look
 */
function frame({ bounds: [xMin, xMax, yMin, yMax], across, down }, look) {
  const colour = css(mix(look.surface, look.ink, 0.62));
  return svg("g", { fill: colour, "font-size": 12 },
    svg("rect", { width: SIZE, height: SIZE, fill: "none", stroke: colour }),
    ...ticks(xMin, xMax, 6).map((x) => svg("text", { x: across(x), y: SIZE + 18, "text-anchor": "middle" }, svgText(axisNumber(x)))),
    ...ticks(yMin, yMax, 6).map((y) => svg("text", { x: -8, y: down(y) + 4, "text-anchor": "end" }, svgText(axisNumber(y)))));
}

/**
 * @param {string} name
 * @param {number} racer
 * @param {Runner[]} runners
 * @param {Track} track
 * @param {number} step
 * @param {number} start
 * @param {string[]} colours
 */
function entry(name, racer, runners, track, step, start, colours) {
  const member = track.member(racer, start);
  const runner = runners.find((each) => each.member === member);
  if (!runner) return "";
  const status = standingAt(track.events[member], step);
  return svg("g", { transform: `translate(0 ${racer * LINE})` },
    badge(runner.look, { x: 0, y: -4, radius: HEAD }, colours, "none"),
    svg("text", { x: 18, "font-weight": 600 }, svgText(name)),
    svg("text", { x: 18, y: 17, "font-size": 12 }, svgText(`f = ${significant(track.at("value", step, member))}, ${status}`)));
}
