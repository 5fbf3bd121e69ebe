/**
 * Parallel coordinates: an axis for each knob and one for the score, one below the other, and a line through all of them
 * for each trial. Axes lie, so that names and numbers have room beside a map and a finger can brush without scrolling.
 */

import { circle, write } from "../../draw/surface.js";
import { svgFile } from "../../draw/svg-surface.js";
import { t } from "../../base/words.js";
import { groupsOf } from "../brush/order.js";
import { mostOf, spaced } from "../brush/ticks.js";
import { arranged } from "./order.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Dimension} from "../brush/dimension.js" */
/** @import {Kept} from "../brush/brush.js" */
/** @import {Group} from "../brush/order.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {Arrangement, Found, Trial} from "../types.js" */

const TOP = 16;
const BOTTOM = 24;
const APART = 56;
const RIGHT = 14;
/** Room for the names of axes at their left. */
export const NAMES = 108;

/** Half as high as the stretch of a brush. */
const BAND = 7;
const TIP = 4;
/** Of more trials lines are thinner. */
const MANY = 300;

/**
 * `shares` says where each trial stands along an axis as it is drawn, by its number.
 *
 * @typedef {{dimension: Dimension, isInverted: boolean, shares: Float64Array}} Row
 * @typedef {{rows: Row[], groups: Group[], count: number}} Lines
 */

/** Of fewer knobs slices say as much. */
export const LEAST_KNOBS = 3;

/**
 * @param {Found} found
 * @param {readonly Dimension[]} dimensions
 * @param {Arrangement} arrangement
 * @returns {Lines | null} null where there are too few of them
 */
export function linesOf(found, dimensions, { order, inverted }) {
  if (dimensions.length <= LEAST_KNOBS) return null;
  const byKey = new Map(dimensions.map((each) => [each.key, each]));
  const sorted = arranged([...byKey.keys()], order).flatMap((key) => byKey.get(key) ?? []);
  const rows = sorted.map((dimension) => {
    const isInverted = inverted.includes(dimension.key);
    const shares = Float64Array.from(found.trials, (trial) =>
      flip(isInverted, dimension.share(dimension.value(trial))),
    );
    return { dimension, isInverted, shares };
  });
  return { rows, groups: groupsOf(found), count: found.trials.length };
}

/** @param {boolean} isInverted @param {number} share */
export const flip = (isInverted, share) => (isInverted ? 1 - share : share);

/** How high a picture of so many axes is. @param {number} axes */
export const heightOf = (axes) => TOP + APART * (axes - 1) + BOTTOM;

/**
 * Where axes lie in a picture of that size.
 *
 * @param {{width: number, height: number}} size
 * @param {number} axes
 * @param {number} [names]
 */
export function placesOf({ width, height }, axes, names = NAMES) {
  const apart = axes > 1 ? (height - TOP - BOTTOM) / (axes - 1) : 0;
  return {
    left: names,
    width: Math.max(1, width - names - RIGHT),
    apart,
    y: (/** @type {number} */ index) => TOP + apart * index,
    /** The axis that is nearest to a height. @param {number} y */
    nearest: (y) => Math.min(axes - 1, Math.max(0, apart > 0 ? Math.round((y - TOP) / apart) : 0)),
  };
}

/** @typedef {ReturnType<typeof placesOf>} Places */

/**
 * @param {Surface} surface
 * @param {Places} places
 * @param {Lines} lines
 * @param {(share: number) => string} colour
 * @param {Kept | null} kept  all where nothing is brushed
 */
export function drawLines(surface, places, lines, colour, kept) {
  surface.lineJoin = "round";
  surface.lineWidth = lines.count > MANY ? 1 : 1.25;
  for (const { share, trials } of lines.groups) {
    const wanted = kept ? trials.filter(({ number }) => kept.has(number)) : trials;
    if (wanted.length === 0) continue;
    surface.beginPath();
    for (const trial of wanted) trace(surface, places, lines, trial);
    surface.strokeStyle = colour(share);
    surface.stroke();
  }
}

/**
 * @param {Surface} surface
 * @param {Places} places
 * @param {Lines} lines
 * @param {Trial} trial
 */
function trace(surface, { left, width, y }, { rows }, { number }) {
  let isOn = false;
  rows.forEach(({ shares }, index) => {
    const share = shares[number] ?? NaN;
    if (Number.isNaN(share)) {
      isOn = false;
      return;
    }
    if (isOn) surface.lineTo(left + share * width, y(index));
    else surface.moveTo(left + share * width, y(index));
    isOn = true;
  });
}

/**
 * @param {Surface} surface
 * @param {Places} places
 * @param {Lines} lines
 * @param {SearchLook} look
 */
export function drawAxes(surface, places, { rows }, look) {
  const { left, width, y } = places;
  rows.forEach(({ dimension, isInverted }, index) => {
    const at = Math.round(y(index)) + 0.5;
    surface.beginPath();
    surface.moveTo(left, at);
    surface.lineTo(left + width, at);
    const { names } = dimension;
    const turned = dimension.ticks.map(([share, text]) => /** @type {const} */ ([flip(isInverted, share), text]));
    const ticks = spaced(turned, width, names);
    for (const [share] of ticks) {
      surface.moveTo(left + share * width, at - TIP);
      surface.lineTo(left + share * width, at + TIP);
    }
    surface.strokeStyle = look.soft;
    surface.lineWidth = 1;
    surface.stroke();
    const words = { font: look.font, colour: look.ink, halo: look.surface, baseline: /** @type {const} */ ("top") };
    for (const [share, text] of ticks) {
      write(surface, text, left + share * width, at + BAND + 1, {
        ...words,
        align: "center",
        most: mostOf(width, names),
      });
    }
  });
}

/**
 * What is brushed along the axes, below them: it follows the hand by itself.
 *
 * @param {Surface} surface
 * @param {Places} places
 * @param {Lines} lines
 * @param {(dimension: Dimension) => [number, number] | null} stretch
 * @param {SearchLook} look
 */
export function drawStretches(surface, places, { rows }, stretch, look) {
  rows.forEach(({ dimension, isInverted }, index) => {
    drawStretch(surface, places, Math.round(places.y(index)) + 0.5, stretch(dimension), isInverted, look);
  });
}

/**
 * @param {Surface} surface
 * @param {Places} places
 * @param {number} y
 * @param {readonly [number, number] | null} stretch
 * @param {boolean} isInverted
 * @param {SearchLook} look
 */
function drawStretch(surface, { left, width }, y, stretch, isInverted, look) {
  if (!stretch) return;
  const [from, to] = stretch.map((share) => left + flip(isInverted, share) * width).toSorted((a, b) => a - b);
  if (from === undefined || to === undefined) return;
  surface.fillStyle = look.ink;
  surface.globalAlpha = 0.12;
  surface.fillRect(from, y - BAND, to - from, 2 * BAND);
  surface.globalAlpha = 1;
  surface.strokeStyle = look.ink;
  surface.lineWidth = 1;
  surface.strokeRect(from, y - BAND, to - from, 2 * BAND);
  // What can be gripped.
  for (const x of [from, to]) {
    surface.beginPath();
    surface.moveTo(x, y - BAND);
    surface.lineTo(x, y + BAND);
    surface.lineWidth = 3;
    surface.stroke();
  }
}

/**
 * The line of the trial that is looked at, above all others.
 *
 * @param {Surface} surface
 * @param {Places} places
 * @param {Lines} lines
 * @param {Trial | null} trial
 * @param {SearchLook} look
 */
export function drawLitLine(surface, places, lines, trial, look) {
  if (!trial) return;
  surface.beginPath();
  trace(surface, places, lines, trial);
  surface.lineJoin = "round";
  surface.strokeStyle = look.surface;
  surface.lineWidth = 5;
  surface.stroke();
  surface.strokeStyle = look.ink;
  surface.lineWidth = 2.5;
  surface.stroke();
  lines.rows.forEach(({ shares }, index) => {
    circle(surface, places.left + (shares[trial.number] ?? NaN) * places.width, places.y(index), 3.5);
    surface.fillStyle = look.ink;
    surface.fill();
  });
}

/**
 * The trial whose line passes nearest by, in pixels from the top left of the picture.
 *
 * @param {Places} places
 * @param {Lines} lines
 * @param {Kept | null} kept  what fades is not meant
 * @param {{x: number, y: number, reach: number}} at
 * @returns {number | null}
 */
export function nearestLine(places, { rows, groups }, kept, { x, y, reach }) {
  const above = Math.min(rows.length - 2, Math.max(0, Math.floor((y - places.y(0)) / places.apart)));
  const [first, second] = [rows[above], rows[above + 1]];
  if (!first || !second) return null;
  const down = (y - places.y(above)) / places.apart;
  let best = { number: /** @type {number | null} */ (null), far: reach };
  for (const { number } of groups.flatMap(({ trials }) => trials)) {
    if (kept && !kept.has(number)) continue;
    const [from = NaN, to = from] = [first.shares[number], second.shares[number]];
    const run = ((Number.isNaN(to) ? from : to) - from) * places.width;
    const away = Math.abs(places.left + from * places.width + down * run - x);
    // Across the line, and not along the axis.
    const far = (away * places.apart) / Math.hypot(run, places.apart);
    if (far <= best.far) best = { number, far };
  }
  return best.number;
}

const WIDTH = 760;
const HEAD = 56;
const FILE_NAMES = 190;

/**
 * The picture as a file to keep or to print, under a line of words.
 *
 * @param {Lines} lines
 * @param {{words: string, kept: Kept | null, lit: Trial | null,
 *   stretch: (dimension: Dimension) => [number, number] | null}} shown
 * @param {SearchLook} look
 */
export function parallelPicture(lines, { words, kept, lit, stretch }, look) {
  const size = { width: WIDTH - 32, height: heightOf(lines.rows.length) };
  const file = { width: WIDTH, height: HEAD + size.height + 8, background: look.surface, font: look.font };
  return svgFile({ ...file, title: t("Parallel coordinates"), description: words }, (surface) => {
    write(surface, words, 16, 30, { font: look.font, colour: look.ink, size: 13, most: WIDTH - 32 });
    surface.save();
    surface.translate(16, HEAD);
    const places = placesOf(size, lines.rows.length, FILE_NAMES);
    if (kept) drawLines(surface, places, lines, () => look.faint, null);
    drawLines(surface, places, lines, look.rank, kept);
    drawStretches(surface, places, lines, stretch, look);
    drawLitLine(surface, places, lines, lit, look);
    drawAxes(surface, places, lines, look);
    lines.rows.forEach(({ dimension: { title } }, index) => {
      const name = { font: look.font, colour: look.ink, size: 12, weight: 600, most: FILE_NAMES - 24 };
      write(surface, title, 0, places.y(index), { ...name, baseline: "middle" });
    });
    surface.restore();
  });
}
