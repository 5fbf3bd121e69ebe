/** Slices: for each knob the score of every trial against its value, on one scale of scores. */

import { circle, drawRing, traceCross, write } from "../../draw/surface.js";
import { drawBorder } from "../../draw/frame.js";
import { svgFile } from "../../draw/svg-surface.js";
import { t } from "../../base/words.js";
import { groupsOf } from "../brush/order.js";
import { mostOf, spaced } from "../brush/ticks.js";
import { bestOf } from "../found.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Dimension} from "../brush/dimension.js" */
/** @import {Kept} from "../brush/brush.js" */
/** @import {Group} from "../brush/order.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {Band, Found, Trial} from "../types.js" */

const COLUMNS = 2;
/** Narrower plots stand one below the other. */
const NARROW = 120;
const ROOM = { left: 10, right: 12, top: 20, bottom: 18 };
/** Beside the first column, for the numbers of scores. */
const NUMBERS = 34;
const DOT = { least: 1.6, more: 2 };
const CROSS = 2.5;

/**
 * `across` and `up` are shares by the numbers of trials.
 *
 * @typedef {{dimension: Dimension, across: Float64Array}} Slice
 * @typedef {{slices: Slice[], up: Float64Array, score: Dimension, groups: Group[], best: Trial | null,
 *   band: [number, number] | null}} Slices
 */

/**
 * @param {Found} found
 * @param {readonly Dimension[]} dimensions  that of the score is the last
 * @param {Band | null} band
 * @returns {Slices | null}
 */
export function slicesOf(found, dimensions, band) {
  const score = dimensions.at(-1);
  if (!score) return null;
  const shares = (/** @type {Dimension} */ { share, value }) =>
    Float64Array.from(found.trials, (trial) => share(value(trial)));
  return {
    slices: dimensions.slice(0, -1).map((dimension) => ({ dimension, across: shares(dimension) })),
    up: shares(score),
    score,
    groups: groupsOf(found),
    best: bestOf(found),
    band: band && [score.share(band.low), score.share(band.high)],
  };
}

/**
 * Where the plots stand in a picture of that size.
 *
 * @param {{width: number, height: number}} size
 * @param {number} count
 */
export function cellsOf({ width, height }, count) {
  const columns = Math.max(1, Math.min(COLUMNS, count, Math.floor((width - NUMBERS) / NARROW)));
  const rows = Math.ceil(count / columns);
  const [wide, high] = [(width - NUMBERS) / columns, height / Math.max(1, rows)];
  return Array.from({ length: count }, (_, index) => ({
    index,
    x: NUMBERS + (index % columns) * wide + ROOM.left,
    y: Math.floor(index / columns) * high + ROOM.top,
    width: wide - ROOM.left - ROOM.right,
    height: high - ROOM.top - ROOM.bottom,
    isFirst: index % columns === 0,
  }));
}

/** @typedef {ReturnType<typeof cellsOf>[number]} Cell */

/**
 * What stands behind the dots: the border, the names, the numbers, and where scores cannot be told from the best.
 *
 * @param {Surface} surface
 * @param {readonly Cell[]} cells
 * @param {Slices} scene
 * @param {SearchLook} look
 */
export function drawGround(surface, cells, { slices, score, band }, look) {
  const words = { font: look.font, colour: look.soft };
  for (const { index, x, y, width, height, isFirst } of cells) {
    const slice = slices[index];
    if (!slice) continue;
    surface.save();
    surface.translate(x, y);
    if (band) {
      surface.fillStyle = look.faint;
      const [low, high] = band.map((share) => (1 - share) * height);
      if (low !== undefined && high !== undefined) surface.fillRect(0, high - 1, width, low - high + 2);
    }
    drawBorder(surface, width, height, look.frame);
    write(surface, slice.dimension.title, 0, -6, {
      font: look.font,
      colour: look.ink,
      size: 12,
      weight: 600,
      most: width,
    });
    const { names, ticks } = slice.dimension;
    for (const [share, text] of spaced(ticks, width, names)) {
      const most = mostOf(width, names);
      write(surface, text, share * width, height + 7, {
        ...words,
        align: alignOf(share, names),
        baseline: "top",
        most,
      });
    }
    for (const [share, text] of isFirst ? score.ticks.filter(hasRoom(height)) : []) {
      write(surface, text, -5, (1 - share) * height, { ...words, align: "right", baseline: "middle" });
    }
    surface.restore();
  }
}

/** So near to an end, as a share of the axis, a number stays within it: the next slice has numbers of its own. */
const END = 0.02;

/**
 * @param {number} share
 * @param {number | null} names
 */
function alignOf(share, names) {
  if (names !== null || (share > END && share < 1 - END)) return "center";
  return share < 0.5 ? "left" : "right";
}

/** Numbers one above the other need so much, in pixels. */
const LINE = 12;

/** @param {number} height @returns {(tick: [number, string], index: number, all: [number, string][]) => boolean} */
const hasRoom = (height) => (tick, index, all) => {
  const before = all[index - 1];
  return !before || (tick[0] - before[0]) * height >= LINE;
};

/**
 * @param {Surface} surface
 * @param {readonly Cell[]} cells
 * @param {Slices} scene
 * @param {(share: number) => string} colour
 * @param {Kept | null} kept  all where nothing is brushed
 */
export function drawDots(surface, cells, { slices, up, groups }, colour, kept) {
  for (const { share, trials } of groups) {
    const wanted = kept ? trials.filter(({ number }) => kept.has(number)) : trials;
    if (wanted.length === 0) continue;
    const radius = DOT.least + DOT.more * (1 - share) ** 2;
    surface.fillStyle = surface.strokeStyle = colour(share);
    surface.lineWidth = 1.25;
    for (const { index, ...cell } of cells) {
      const across = slices[index]?.across;
      if (!across) continue;
      surface.beginPath();
      for (const { number, diverged } of wanted) {
        if (diverged === null) dot(surface, placeIn(cell, across[number], up[number]), radius);
      }
      surface.fill();
      surface.beginPath();
      for (const { number, diverged } of wanted) {
        if (diverged === null) continue;
        const { x, y } = placeIn(cell, across[number], up[number]);
        traceCross(surface, x, y, CROSS);
      }
      surface.stroke();
    }
  }
}

/**
 * @param {Omit<Cell, "index">} cell
 * @param {number} [across]
 * @param {number} [up]
 */
const placeIn = ({ x, y, width, height }, across = NaN, up = NaN) => ({
  x: x + across * width,
  y: y + (1 - up) * height,
});

/** @param {Surface} surface @param {{x: number, y: number}} place @param {number} radius */
function dot(surface, { x, y }, radius) {
  if (Number.isNaN(x + y)) return;
  surface.moveTo(x + radius, y);
  surface.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * What stands before the dots: the best, the trial that is looked at, and the stretches of the brush.
 *
 * @param {Surface} surface
 * @param {readonly Cell[]} cells
 * @param {Slices} scene
 * @param {{lit: Trial | null, stretch: (dimension: Dimension) => [number, number] | null}} shown
 * @param {SearchLook} look
 */
export function drawMarks(surface, cells, { slices, up, best, score }, { lit, stretch }, look) {
  const tall = stretch(score);
  for (const { index, ...cell } of cells) {
    const slice = slices[index];
    if (!slice) continue;
    const wide = stretch(slice.dimension);
    if (wide || tall) drawBox(surface, cell, wide ?? [0, 1], tall ?? [0, 1], look);
    for (const trial of new Set([best, lit])) {
      if (!trial) continue;
      const place = placeIn(cell, slice.across[trial.number], up[trial.number]);
      circle(surface, place.x, place.y, DOT.least + DOT.more);
      surface.fillStyle = trial === best ? look.rank(0) : look.ink;
      surface.fill();
      const width = trial === lit ? 2 : 1;
      drawRing(surface, { ...place, radius: 6, width }, { line: look.ink, rim: look.surface, rimWidth: width + 2 });
    }
  }
}

/**
 * @param {Surface} surface
 * @param {Omit<Cell, "index">} cell
 * @param {readonly [number, number]} wide
 * @param {readonly [number, number]} tall
 * @param {SearchLook} look
 */
function drawBox(surface, { x, y, width, height }, wide, tall, look) {
  const box = /** @type {const} */ ([
    x + wide[0] * width,
    y + (1 - tall[1]) * height,
    (wide[1] - wide[0]) * width,
    (tall[1] - tall[0]) * height,
  ]);
  surface.fillStyle = surface.strokeStyle = look.ink;
  surface.globalAlpha = 0.08;
  surface.fillRect(...box);
  surface.globalAlpha = 1;
  surface.lineWidth = 1;
  surface.strokeRect(...box);
}

/**
 * The trial whose dot is nearest in its plot.
 *
 * @param {readonly Cell[]} cells
 * @param {Slices} scene
 * @param {Kept | null} kept  what fades is not meant
 * @param {{x: number, y: number, reach: number}} at
 * @returns {number | null}
 */
export function nearestDot(cells, { slices, up, groups }, kept, { x, y, reach }) {
  const cell = cellAt(cells, x, y);
  const across = cell && slices[cell.index]?.across;
  if (!across) return null;
  let best = { number: /** @type {number | null} */ (null), far: reach };
  for (const { number } of groups.flatMap(({ trials }) => trials)) {
    if (kept && !kept.has(number)) continue;
    const place = placeIn(cell, across[number], up[number]);
    const far = Math.hypot(place.x - x, place.y - y);
    if (far <= best.far) best = { number, far };
  }
  return best.number;
}

/** The plot under a place of the picture. @param {readonly Cell[]} cells @param {number} x @param {number} y */
export const cellAt = (cells, x, y) =>
  cells.find(
    (cell) =>
      x >= cell.x - ROOM.left
      && x <= cell.x + cell.width + ROOM.right
      && y >= cell.y - 4
      && y <= cell.y + cell.height + 4,
  ) ?? null;

const WIDTH = 760;
const HEAD = 48;
const HIGH = 200;

/**
 * The picture as a file to keep or to print, under a line of words.
 *
 * @param {Slices} scene
 * @param {{words: string, kept: Kept | null, lit: Trial | null, stretch: (dimension: Dimension) => [number, number] | null}} shown
 * @param {SearchLook} look
 */
export function slicesPicture(scene, { words, kept, lit, stretch }, look) {
  const count = scene.slices.length;
  const size = { width: WIDTH - 32, height: HIGH * Math.ceil(count / COLUMNS) };
  const file = { width: WIDTH, height: HEAD + size.height + 8, background: look.surface, font: look.font };
  return svgFile({ ...file, title: t("Score against each setting"), description: words }, (surface) => {
    write(surface, words, 16, 30, { font: look.font, colour: look.ink, size: 13, most: WIDTH - 32 });
    surface.save();
    surface.translate(16, HEAD);
    const cells = cellsOf(size, count);
    drawGround(surface, cells, scene, look);
    if (kept) drawDots(surface, cells, scene, () => look.faint, null);
    drawDots(surface, cells, scene, look.rank, kept);
    drawMarks(surface, cells, scene, { lit, stretch }, look);
    surface.restore();
  });
}
