/** The map of two knobs: a dot for each trial, by rank, and along its sides what each knob does by itself. */

import { significant } from "../../base/format.js";
import { t } from "../../base/words.js";
import { drawBorder, drawTicks } from "../../draw/frame.js";
import { circle, drawRing, traceCross, write } from "../../draw/surface.js";
import { drawGround } from "../truth/ground.js";
import { drawMargins, writeMargins } from "./margins.js";
import { line, placeOf, plotOf, radiusOf } from "./plot.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Truth} from "../types.js" */
/** @import {Kept} from "../brush/brush.js" */
/** @import {Dot, Scene} from "./scene.js" */
/** @import {Plot} from "./plot.js" */
/** @import {SearchLook} from "./look.js" */

const CROSS = 3.5;
/** From a dot to the thin ring around those that are as good as the best, as far as starts can tell. */
const ALIKE_GAP = 2.5;

/** The ring around the dot that is pointed at, and the wider one around the one that is pinned. */
const POINTED = { gap: 3, width: 2 };
const PINNED = { gap: 4, width: 3.5 };

/** What fades, outside of the brush, is drawn with so little. */
const FADED = 0.15;

/**
 * Numbers of trials; `kept` says which the brush keeps in sight.
 * @typedef {{lit: number | null, chosen: number | null, kept?: Kept | null}} Lit
 */

/**
 * What stays while something is brushed or pointed at: the plot and all trials, faded where a brush keeps some of them.
 *
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Scene} scene
 * @param {SearchLook} look
 * @param {boolean} isFaded
 * @param {Truth | null} [truth]  behind the dots
 */
export function drawAll(surface, { width, height }, scene, look, isFaded, truth = null) {
  const plot = plotOf(width, height);
  surface.save();
  surface.translate(plot.left, plot.top);
  drawGrid(surface, plot, scene, look, truth);
  surface.globalAlpha = isFaded ? FADED : 1;
  for (const dot of scene.dots) drawMargins(surface, plot, scene, look, dot);
  surface.globalAlpha = 1;
  writeMargins(surface, plot, scene, look);
  if (scene.guess) drawGuess(surface, plot, scene.guess, look);
  surface.globalAlpha = isFaded ? FADED : 1;
  for (const dot of scene.dots) drawDot(surface, plot, dot, look);
  surface.restore();
}

/**
 * What stands above: the trials that a brush keeps, the best, and those that are looked at.
 *
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Scene} scene
 * @param {SearchLook} look
 * @param {Lit} lit
 */
export function drawKept(surface, { width, height }, scene, look, lit) {
  const plot = plotOf(width, height);
  surface.save();
  surface.translate(plot.left, plot.top);
  const dots = scene.dots.filter(({ trial }) => lit.kept?.has(trial.number));
  for (const dot of dots) drawMargins(surface, plot, scene, look, dot);
  for (const dot of dots) drawDot(surface, plot, dot, look);
  const best = scene.dots.at(-1);
  if (best && Number.isFinite(best.trial.median)) drawBest(surface, plot, scene.dots, best, look);
  for (const number of new Set([lit.chosen, lit.lit])) {
    const dot = scene.dots.find(({ trial }) => trial.number === number);
    if (dot) drawLit(surface, plot, dot, look, number === lit.chosen ? PINNED : POINTED);
  }
  surface.restore();
}

/**
 * @param {Surface} surface
 * @param {Plot} plot
 * @param {Scene} scene
 * @param {SearchLook} look
 * @param {Truth | null} truth
 */
function drawGrid(surface, plot, { across, up }, look, truth) {
  const { width, height } = plot;
  surface.fillStyle = look.surface;
  surface.fillRect(0, 0, width, height);
  const reach = { across: across.range, up: up.range };
  if (truth) drawGround(surface, plot, truth, reach, !across.isList && !up.isList, look);
  surface.beginPath();
  for (const [place] of across.ticks) line(surface, place * width, 0, place * width, height);
  for (const [place] of up.ticks) line(surface, 0, (1 - place) * height, width, (1 - place) * height);
  surface.strokeStyle = look.faint;
  surface.lineWidth = 1;
  surface.stroke();
  drawBorder(surface, width, height, look.frame);
  drawTicks(
    surface,
    height,
    {
      along: across.ticks.map(([place, text]) => [place * width, text]),
      up: up.ticks.map(([place, text]) => [(1 - place) * height, text]),
    },
    look.frame,
  );
  const title = { font: look.font, colour: look.ink, size: 12, weight: 600, align: /** @type {const} */ ("center") };
  write(surface, across.title, width / 2, height + 42, { ...title, most: width });
  surface.save();
  surface.translate(12 - plot.left, height / 2);
  surface.rotate(-Math.PI / 2);
  write(surface, up.title, 0, 0, { ...title, most: height });
  surface.restore();
}

/**
 * Where the best was thought to lie: a dotted line across the plot.
 *
 * @param {Surface} surface
 * @param {Plot} plot
 * @param {NonNullable<Scene["guess"]>} guess
 * @param {SearchLook} look
 */
function drawGuess(surface, { width, height }, { side, at }, look) {
  const [x, y] = side === "across" ? [at * width, 0] : [0, (1 - at) * height];
  surface.beginPath();
  if (side === "across") line(surface, x, 0, x, height);
  else line(surface, 0, y, width, y);
  surface.setLineDash([2, 3]);
  surface.strokeStyle = look.ink;
  surface.lineWidth = 1.5;
  surface.stroke();
  surface.setLineDash([]);
  const isFar = side === "across" && at > 0.75;
  write(surface, t("your guess"), side === "across" ? x + (isFar ? -6 : 6) : 6, side === "across" ? 12 : y - 6, {
    font: look.font,
    colour: look.ink,
    size: 12,
    align: isFar ? "right" : "left",
    halo: look.surface,
    around: 4,
  });
}

/**
 * @param {Surface} surface
 * @param {Plot} plot
 * @param {Dot} dot
 * @param {SearchLook} look
 */
function drawDot(surface, plot, dot, look) {
  const { x, y } = placeOf(plot, dot);
  const { scores, diverged } = dot.trial;
  const colour = look.rank(dot.share);
  if (diverged !== null) {
    surface.beginPath();
    traceCross(surface, x, y, CROSS);
    surface.strokeStyle = look.soft;
    surface.lineWidth = 1.25;
    surface.stroke();
    return;
  }
  circle(surface, x, y, scores.length > 0 ? radiusOf(plot, dot) : 4);
  surface.fillStyle = scores.length > 0 ? colour : look.surface;
  surface.strokeStyle = scores.length > 0 ? look.surface : colour;
  surface.lineWidth = 1;
  surface.fill();
  surface.stroke();
  if (dot.alike) {
    circle(surface, x, y, radiusOf(plot, dot) + ALIKE_GAP * dot.size);
    surface.lineWidth = dot.size;
    surface.strokeStyle = look.ink;
    surface.stroke();
  }
}

/** Room for the words beside the best, and how far from it their middle may be. */
const LABEL = { width: 80, height: 16 };
const SIDES = [
  { x: 62, y: 0 },
  { x: -62, y: 0 },
  { x: 0, y: -24 },
  { x: 0, y: 24 },
  { x: 54, y: -18 },
  { x: 54, y: 18 },
  { x: -54, y: -18 },
  { x: -54, y: 18 },
];

/**
 * Where the words about the best stand: inside of the plot, and over as few dots as possible.
 *
 * @param {Plot} plot
 * @param {readonly Dot[]} dots
 * @param {Dot} best
 */
function emptiestPlace(plot, dots, best) {
  const { x, y } = placeOf(plot, best);
  const others = dots.filter((dot) => dot !== best).map((dot) => placeOf(plot, dot));
  const isNear = (/** @type {number} */ distance, /** @type {number} */ room) => Math.abs(distance) < room / 2 + 8;
  const places = SIDES.map((side) => ({ x: x + side.x, y: y + side.y }));
  const covered = places.map((at) => {
    const isOut =
      Math.abs(at.x - plot.width / 2) > (plot.width - LABEL.width) / 2
      || Math.abs(at.y - plot.height / 2) > (plot.height - LABEL.height) / 2;
    const under = others.filter((dot) => isNear(dot.x - at.x, LABEL.width) && isNear(dot.y - at.y, LABEL.height));
    return isOut ? Infinity : under.length;
  });
  return places[covered.indexOf(Math.min(...covered))] ?? { x, y };
}

/**
 * @param {Surface} surface
 * @param {Plot} plot
 * @param {readonly Dot[]} dots
 * @param {Dot} best
 * @param {SearchLook} look
 */
function drawBest(surface, plot, dots, best, look) {
  const { x, y } = emptiestPlace(plot, dots, best);
  write(surface, t("best {score}", { score: significant(best.trial.median, 3) }), x, y, {
    font: look.font,
    colour: look.ink,
    size: 12,
    weight: 600,
    align: "center",
    baseline: "middle",
    halo: look.surface,
    around: 4,
  });
}

/**
 * @param {Surface} surface
 * @param {Plot} plot
 * @param {Dot} dot
 * @param {SearchLook} look
 * @param {{gap: number, width: number}} ring
 */
function drawLit(surface, plot, dot, look, { gap, width }) {
  const { x, y } = placeOf(plot, dot);
  const radius = dot.trial.diverged === null ? radiusOf(plot, dot) : CROSS + 1;
  drawRing(surface, { x, y, radius: radius + gap, width }, { line: look.ink, rim: look.surface, rimWidth: width + 2 });
}
