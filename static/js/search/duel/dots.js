/** The duels as dots either side of "equal", each farther out the more the winner's score is lower. */

import { significant } from "../../base/format.js";
import { t } from "../../base/words.js";
import { circle, drawRing, write } from "../../draw/surface.js";
import { svgFile } from "../../draw/svg-surface.js";
import { leadOf } from "./fought.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {SearchLook} from "../map/look.js" */
/** @import {Fought} from "../types.js" */

/** On each side of the middle. */
const BINS = 12;
/** The farthest dots stand at a factor no smaller and no larger than these. */
const LEAST = 1.2;
const MOST = 10;
const FOOT = 30;
const TOP = 8;
/** Factors that an axis may name. */
const FACTORS = [1.05, 1.1, 1.25, 1.5, 2, 3, 5, 10];
/** Named factors are at least so far apart, as a share of a side. */
const APART = 0.22;

/**
 * A duel on the picture: its column from −12 to 12, 0 where nobody won, and how many stand below it.
 * @typedef {{number: number, column: number, height: number}} DuelDot
 */

/**
 * @param {Fought["duels"]} duels
 * @returns {{dots: DuelDot[], limit: number}}  `limit`: the factor at which the last column ends
 */
export function dotsOf(duels) {
  const leads = duels.map(({ scores }) => leadOf(scores));
  const finite = leads.filter(Number.isFinite).map(Math.abs);
  const limit = Math.min(Math.log(MOST), Math.max(Math.log(LEAST), ...finite));
  /** @type {Map<number, number>} */
  const heights = new Map();
  const dots = duels.map(({ number }, i) => {
    const lead = leads[i] ?? 0;
    const out = Math.min(BINS, Math.floor((Math.abs(lead) / limit) * BINS) + 1);
    const column = Math.sign(lead) * out;
    const height = heights.get(column) ?? 0;
    heights.set(column, height + 1);
    return { number, column, height };
  });
  return { dots, limit: Math.exp(limit) };
}

/**
 * Where the dots stand in a picture of that size.
 *
 * @param {ReturnType<typeof dotsOf>} scene
 * @param {{width: number, height: number}} size
 */
export function placed({ dots }, { width, height }) {
  const floor = height - FOOT;
  const across = width / (2 * BINS + 2);
  const tallest = Math.max(1, ...dots.map((dot) => dot.height + 1));
  // Duels that nobody won stand in a column of their own.
  const aside = dots.some(({ column }) => column === 0) ? 0 : 0.5;
  const up = Math.min(across, (floor - TOP - 24) / tallest);
  const radius = Math.max(1.5, Math.min(11, 0.46 * Math.min(across, up)));
  return dots.map(({ number, column, height: below }) => ({
    number,
    column,
    radius,
    x: width / 2 + (column - Math.sign(column) * aside) * across,
    y: floor - radius - 2 - below * up,
  }));
}

/**
 * The duel whose dot is nearest, where one is near.
 *
 * @param {ReturnType<typeof placed>} dots
 * @param {number} x
 * @param {number} y
 * @returns {number | null}
 */
export function nearestDuel(dots, x, y) {
  const far = (/** @type {{x: number, y: number}} */ dot) => Math.hypot(dot.x - x, dot.y - y);
  const best = dots.toSorted((a, b) => far(a) - far(b))[0];
  return best && far(best) <= Math.max(22, best.radius) ? best.number : null;
}

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {ReturnType<typeof dotsOf>} scene
 * @param {{look: SearchLook, colours: readonly [string, string], counts: readonly [string, string], shown: number | null}} more
 *   `counts`: what is said of each side
 */
export function drawDuels(surface, size, scene, { look, colours, counts, shown }) {
  const { width, height } = size;
  const floor = height - FOOT;
  const middle = width / 2;
  surface.globalAlpha = 0.07;
  colours.forEach((colour, side) => {
    surface.fillStyle = colour;
    surface.fillRect(side * middle, 0, middle, floor);
  });
  surface.globalAlpha = 1;
  surface.fillStyle = look.ink;
  surface.fillRect(middle - 0.75, 0, 1.5, floor + 6);
  counts.forEach((text, side) => {
    const align = side === 0 ? "right" : "left";
    const x = middle + (side === 0 ? -10 : 10);
    write(surface, text, x, 18, {
      font: look.font,
      colour: colours[side] ?? look.ink,
      size: 13,
      weight: 600,
      align,
      most: middle - 14,
    });
  });
  for (const { number, column, x, y, radius } of placed(scene, size)) {
    circle(surface, x, y, radius);
    surface.fillStyle = column === 0 ? look.soft : (colours[column < 0 ? 0 : 1] ?? look.ink);
    surface.fill();
    if (number === shown) {
      drawRing(surface, { x, y, radius: radius + 1, width: 2 }, { line: look.ink, rim: look.surface, rimWidth: 5 });
    }
  }
  drawFactors(surface, size, scene, look);
}

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {ReturnType<typeof dotsOf>} scene
 * @param {SearchLook} look
 */
function drawFactors(surface, { width, height }, { limit }, look) {
  const side = (width / (2 * BINS + 2)) * BINS;
  const words = { font: look.font, colour: look.soft, size: 11, align: /** @type {const} */ ("center") };
  const y = height - FOOT + 20;
  write(surface, t("equal"), width / 2, y, words);
  let last = 0;
  for (const factor of FACTORS) {
    const share = Math.log(factor) / Math.log(limit);
    if (share > 1 || share - last < APART) continue;
    last = share;
    for (const sign of [-1, 1]) write(surface, `${significant(factor, 3)}×`, width / 2 + sign * share * side, y, words);
  }
}

const WIDTH = 760;
const HEIGHT = 480;
const HEAD = 70;

/**
 * The dots as a file to keep or to print, under the words that say who won.
 *
 * @param {Fought} fought
 * @param {readonly [string, string]} names
 * @param {{title: string, text: string}} words
 * @param {SearchLook} look
 */
export function duelPicture({ duels, tally }, [first, second], { title, text }, look) {
  const file = { width: WIDTH, height: HEIGHT, background: look.surface, font: look.font };
  return svgFile({ ...file, title, description: text }, (surface) => {
    const most = WIDTH - 32;
    write(surface, title, 16, 30, { font: look.font, colour: look.ink, size: 20, weight: 600, most });
    write(surface, text, 16, 54, { font: look.font, colour: look.soft, size: 13, most });
    surface.save();
    surface.translate(8, HEAD);
    drawDuels(surface, { width: WIDTH - 16, height: HEIGHT - HEAD - 8 }, dotsOf(duels), {
      look,
      colours: look.sides,
      counts: countsOf([first, second], tally),
      shown: null,
    });
    surface.restore();
  });
}

/**
 * What is said of each side.
 *
 * @param {readonly [string, string]} names
 * @param {{first: number, second: number}} tally
 * @returns {[string, string]}
 */
export const countsOf = ([first, second], tally) => [
  t("{name} lower: {count}", { name: first, count: tally.first }),
  t("{name} lower: {count}", { name: second, count: tally.second }),
];
