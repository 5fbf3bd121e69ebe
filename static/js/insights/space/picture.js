/** A frame of the film: the grid's lines, the points on them, and the line that separates. */

import { percent } from "../../base/format.js";
import { t } from "../../base/words.js";
import { drawPoints, REACH } from "../../draw/points.js";
import { circle, write } from "../../draw/surface.js";
import { drawLine, inFrame } from "../layers/look.js";
import { shotAt, SIDE } from "./space.js";

/** @import {Palette} from "../../draw/colour.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "../layers/look.js" */
/** @import {Box, Film} from "./place.js" */
/** @import {Layer, Shot, Space} from "./space.js" */
/** @import {Points} from "./words.js" */

const TEXT = 11;

/**
 * @typedef {object} Shown
 * @property {Space} space
 * @property {Points} points
 * @property {readonly string[]} names  of the inputs
 * @property {number} at  which frame is chosen, or a place between two
 * @property {number} lit  the point that is lit; −1 for none
 *
 * @typedef {{palette: Palette, look: Look}} Style
 */

/**
 * All frames with what is written below them.
 *
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {Film} film
 * @param {Style} style
 */
export function drawFilm(surface, shown, { frames, large, names }, style) {
  const { space, at } = shown;
  const { look } = style;
  frames.forEach((box, index) => {
    drawShot(surface, shotAt(space, index), shown, box, style);
    if (Math.abs(index - at) < 0.5) drawChosen(surface, box, look);
    const layer = space.layers[index];
    if (layer && !large) drawCaption(surface, layer, index === 0 ? shown.names : null, box, look);
  });
  if (large) return drawShot(surface, shotAt(space, at), shown, large, style);
  const [box] = frames;
  if (!box) return;
  const text = { font: look.font, colour: look.soft, size: TEXT };
  write(surface, t("of spread"), names, box.y + box.side + 13, text);
  write(surface, shown.points.task === "regression" ? t("explained") : t("separated"), names, box.y + box.side + 27, {
    ...text,
    colour: look.ink,
  });
}

/**
 * @param {Surface} surface
 * @param {Layer} layer
 * @param {readonly string[] | null} names  of the inputs, where it is these
 * @param {Box} box
 * @param {Look} look
 */
function drawCaption(surface, { share, apart, pair }, names, { x, y, side }, look) {
  const text = {
    font: look.font,
    colour: look.soft,
    size: TEXT,
    align: /** @type {const} */ ("center"),
    most: side + 6,
  };
  const middle = x + side / 2;
  write(surface, pair ? axesOf(pair, names) : percent(share), middle, y + side + 13, text);
  write(surface, percent(Math.max(0, apart)), middle, y + side + 27, { ...text, colour: look.ink, weight: 600 });
}

/**
 * @param {[number, number]} pair
 * @param {readonly string[] | null} names  of the inputs, where it is these
 */
function axesOf([across, up], names) {
  if (names) return [...new Set([across, up])].map((input) => names[input] ?? "").join(", ");
  if (across === up) return t("unit {unit}", { unit: across + 1 });
  return t("units {across}, {up}", { across: across + 1, up: up + 1 });
}

/** @param {Surface} surface @param {Box} box @param {Look} look */
function drawChosen(surface, { x, y, side }, look) {
  surface.strokeStyle = look.accent;
  surface.lineWidth = 2;
  surface.setLineDash([]);
  surface.strokeRect(x, y, side, side);
}

/**
 * One picture in its box.
 *
 * @param {Surface} surface
 * @param {Shot} shot
 * @param {Omit<Shown, "at">} shown
 * @param {Box} box
 * @param {Style} style
 */
export function drawShot(surface, shot, { points, space, lit }, box, { palette, look }) {
  const { side } = box;
  const half = side / 2;
  inFrame(surface, box, look, () => {
    const across = (/** @type {number} */ place) => half + half * (shot.lines[2 * place] ?? NaN);
    const down = (/** @type {number} */ place) => half - half * (shot.lines[2 * place + 1] ?? NaN);
    drawGrid(surface, across, down, { colour: look.strong, width: Math.max(0.5, side / 300) });
    const labels = Array.from(
      { length: shot.points.length / 2 },
      (_, index) => points.labels[index * space.every] ?? 0,
    );
    const cloud = { points: shot.points.map((place) => place * REACH), labels, task: points.task };
    drawPoints(surface, { ...cloud, from: 0, to: labels.length }, { palette, size: side, radius: radiusOf(side) });
    surface.globalAlpha = shot.strength;
    for (const [x0, y0, x1, y1] of shot.strength > 0 ? shot.border : []) {
      const ends = /** @type {[number, number, number, number]} */ ([
        half + half * x0,
        half - half * y0,
        half + half * x1,
        half - half * y1,
      ]);
      drawLine(surface, ends, look.ink, { width: side > 150 ? 2.5 : 1.6, dash: side > 150 ? [8, 5] : [4, 3] });
    }
    surface.globalAlpha = 1;
    if (lit >= 0 && 2 * lit < shot.points.length) {
      circle(
        surface,
        half + half * (shot.points[2 * lit] ?? NaN),
        half - half * (shot.points[2 * lit + 1] ?? NaN),
        radiusOf(side) + 3,
      );
      surface.strokeStyle = look.ink;
      surface.lineWidth = 2;
      surface.stroke();
    }
  });
}

/** @param {number} side */
const radiusOf = (side) => Math.max(1.6, side / 78);

/**
 * The lattice's lines, across and up.
 *
 * @param {Surface} surface
 * @param {(place: number) => number} across
 * @param {(place: number) => number} down
 * @param {{colour: string, width: number}} look
 */
function drawGrid(surface, across, down, { colour, width }) {
  surface.beginPath();
  for (let line = 0; line < SIDE; line++) {
    for (const step of [1, SIDE]) {
      const first = line * (step === 1 ? SIDE : 1);
      surface.moveTo(across(first), down(first));
      for (let place = 1; place < SIDE; place++) {
        surface.lineTo(across(first + place * step), down(first + place * step));
      }
    }
  }
  surface.strokeStyle = colour;
  surface.lineWidth = width;
  surface.setLineDash([]);
  surface.globalAlpha = 0.75;
  surface.stroke();
  surface.globalAlpha = 1;
}
