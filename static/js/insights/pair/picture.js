/** The lines of equal loss over two weights, the shape of the penalty, the path, and both minima. */

import { setNumber } from "../../base/format.js";
import { t } from "../../base/words.js";
import { contourLines } from "../../draw/contour.js";
import { levelsOf } from "../../draw/levels.js";
import { circle, write } from "../../draw/surface.js";
import { drawLine, inFrame } from "../layers/look.js";
import { price } from "./pair.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "../layers/look.js" */
/** @import {Box} from "../space/place.js" */
/** @import {Pair, Place} from "./pair.js" */

/** So fine is the grid on which the penalty's shape is found. */
const FINE = 81;
const TEXT = 12;
/** So wide is a bold letter at most, on the average, and so far a name from its cross. */
const LETTER = 7.4;
const BESIDE = 11;

/** What is saved is a square with a line of text below it. */
const SIDE = 560;
const LINE = 22;
export const FILE = { width: SIDE, height: SIDE + LINE };

/** @typedef {{pair: Pair, prices: {l1: number, l2: number}, trail: number[][]}} Shown */

/**
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {Box} box
 * @param {Look} look
 */
export function drawPair(surface, { pair, prices, trail }, box, look) {
  const { side } = box;
  const at = (/** @type {Place} */ [a, b]) =>
    /** @type {Place} */ ([(side * (1 + a / pair.reach)) / 2, (side * (1 - b / pair.reach)) / 2]);
  inFrame(surface, box, look, () => {
    drawContours(surface, pair, side, look);
    drawLine(surface, [side / 2, 0, side / 2, side], look.line, { width: 1.5 });
    drawLine(surface, [0, side / 2, side, side / 2], look.line, { width: 1.5 });
    const number = { font: look.font, colour: look.soft, size: 11, halo: look.sunken };
    write(surface, setNumber(-pair.reach), 4, side / 2 - 5, number);
    write(surface, setNumber(pair.reach), side - 4, side / 2 - 5, { ...number, align: "right" });
    write(surface, setNumber(pair.reach), side / 2 + 5, 13, number);
    write(surface, setNumber(-pair.reach), side / 2 + 5, side - 5, number);
    drawPenalty(surface, pair, prices, side, look);
    drawPath(
      surface,
      trail.map(([a = NaN, b = NaN]) => at([a, b])),
      look,
    );
    const isPaid = prices.l1 > 0 || prices.l2 > 0;
    drawMinimum(surface, at(pair.least), isPaid ? t("without") : t("least"), { side, hollow: isPaid }, look);
    if (isPaid) drawMinimum(surface, at(pair.withPenalty), t("with penalty"), { side, hollow: false }, look);
    const [px, py] = at(pair.place);
    circle(surface, px, py, 6);
    surface.fillStyle = look.page;
    surface.fill();
    surface.strokeStyle = look.ink;
    surface.lineWidth = 2.5;
    surface.stroke();
  });
}

/**
 * As large a square as there is room for, and below it which weight is on which axis.
 *
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {{axes: string, size: {width: number, height: number}}} how
 * @param {Look} look
 */
export function drawWithAxes(surface, shown, { axes, size }, look) {
  const side = Math.min(size.width, size.height - LINE);
  const x = (size.width - side) / 2;
  drawPair(surface, shown, { x, y: 0, side }, look);
  const style = { font: look.font, colour: look.soft, size: TEXT, align: /** @type {const} */ ("center") };
  write(surface, axes, size.width / 2, side + LINE - 6, style);
}

/** @param {Surface} surface @param {Pair} pair @param {number} side @param {Look} look */
function drawContours(surface, { loss, side: grid }, side, look) {
  surface.strokeStyle = look.strong;
  surface.lineWidth = 1;
  surface.setLineDash([]);
  surface.globalAlpha = 0.8;
  for (const level of levelsOf(loss).levels) strokeLines(surface, contourLines(loss, grid, level), side);
  surface.globalAlpha = 1;
}

/**
 * The weights that pay as much as those of the run: a diamond for L1, a circle for L2.
 *
 * @param {Surface} surface
 * @param {Pair} pair
 * @param {{l1: number, l2: number}} prices
 * @param {number} side
 * @param {Look} look
 */
function drawPenalty(surface, { place, reach }, prices, side, look) {
  const level = price(place, prices);
  if (!(level > 0)) return;
  const step = (2 * reach) / (FINE - 1);
  const field = Array.from({ length: FINE * FINE }, (_, index) =>
    price([-reach + (index % FINE) * step, reach - Math.floor(index / FINE) * step], prices),
  );
  surface.strokeStyle = look.accent;
  surface.lineWidth = 2;
  strokeLines(surface, contourLines(field, FINE, level), side);
}

/** @param {Surface} surface @param {number[][]} lines  of shares of the side @param {number} side */
function strokeLines(surface, lines, side) {
  surface.beginPath();
  for (const line of lines) {
    for (let index = 0; index < line.length; index += 2) {
      const [px, py] = [side * (line[index] ?? NaN), side * (line[index + 1] ?? NaN)];
      if (index === 0) surface.moveTo(px, py);
      else surface.lineTo(px, py);
    }
  }
  surface.stroke();
}

/** @param {Surface} surface @param {Place[]} path @param {Look} look */
function drawPath(surface, path, look) {
  surface.beginPath();
  path.forEach(([px, py], index) => (index === 0 ? surface.moveTo(px, py) : surface.lineTo(px, py)));
  surface.strokeStyle = look.ink;
  surface.lineWidth = 2;
  surface.stroke();
}

/**
 * @param {Surface} surface
 * @param {Place} place  in pixels
 * @param {string} name
 * @param {{side: number, hollow: boolean}} how
 * @param {Look} look
 */
function drawMinimum(surface, [x, y], name, { side, hollow }, look) {
  if (!Number.isFinite(x + y)) return;
  for (const turn of [1, -1]) {
    drawLine(surface, [x - 6, y - 6 * turn, x + 6, y + 6 * turn], look.page, { width: 6 });
  }
  for (const turn of [1, -1]) {
    drawLine(surface, [x - 6, y - 6 * turn, x + 6, y + 6 * turn], hollow ? look.soft : look.ink, { width: 2.5 });
  }
  const width = LETTER * name.length;
  const [left, right] = [x - BESIDE >= width, x + BESIDE + width <= side];
  const align = right && (x < side / 2 || !left) ? "left" : left ? "right" : "center";
  const at = {
    left: { x: x + BESIDE, y: y + (y < 20 ? 14 : -6) },
    right: { x: x - BESIDE, y: y + (y < 20 ? 14 : -6) },
    center: { x: Math.min(Math.max(x, width / 2), side - width / 2), y: y + (y < 30 ? 22 : -11) },
  }[align];
  write(surface, name, at.x, at.y, {
    font: look.font,
    colour: hollow ? look.soft : look.ink,
    size: TEXT,
    weight: 600,
    align,
    halo: look.sunken,
  });
}
