/** The map of two knobs: a dot for each trial, by rank, and along its sides what each knob does by itself. */

import { significant, whole } from "../../base/format.js";
import { t, tn } from "../../base/words.js";
import { drawBorder, drawTicks } from "../../draw/frame.js";
import { circle, drawRing, traceCross, write } from "../../draw/surface.js";
import { svgFile } from "../../draw/svg-surface.js";
import { scaleBetween } from "../scale.js";
import { drawGround } from "../truth/ground.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Truth} from "../types.js" */
/** @import {Kept} from "../brush/brush.js" */
/** @import {Dot, Scene} from "./scene.js" */
/** @import {SearchLook} from "./look.js" */

/** Room around the plot, in CSS pixels: numbers and titles, and the margins that show one knob each. */
const ROOM = { left: 72, bottom: 46, top: 76, right: 104 };
const SMALL_ROOM = { left: 54, bottom: 44, top: 72, right: 10 };
const SMALL = 480;

const RUG = 8;
const MARGIN_DOT = 2;
const CROSS = 3.5;
/** From a dot to the thin ring around those that are as good as the best, as far as starts can tell. */
const ALIKE_GAP = 2.5;

/** What fades, outside of the brush, is drawn with so little. */
const FADED = 0.15;

/**
 * Numbers of trials; `kept` says which the brush keeps in sight.
 * @typedef {{lit: number | null, chosen: number | null, kept?: Kept | null}} Lit
 */

/**
 * Where the plot stands in a picture of that size; a small one has no margin at its right.
 *
 * @param {number} width
 * @param {number} height
 */
export function plotOf(width, height) {
  const { left, right, top, bottom } = width < SMALL ? SMALL_ROOM : ROOM;
  return { left, top, right, small: width < SMALL, width: width - left - right, height: height - top - bottom };
}

/** @typedef {ReturnType<typeof plotOf>} Plot */

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
    if (dot) drawLit(surface, plot, dot, look);
  }
  surface.restore();
}

/** @param {Plot} plot @param {Dot} dot */
const placeOf = ({ width, height }, { across, up, fan }) => ({ x: across * width + fan, y: (1 - up) * height });

/** @param {Plot} plot @param {number} share */
const radiusOf = ({ small }, share) => (small ? 2.6 + 4.6 * (1 - share) ** 2 : 3 + 6 * (1 - share) ** 2);

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

/** How far the scores reach in the margins, above and beside the plot. @param {Plot} plot */
const depthOf = ({ top, right }) => ({ deep: top - 30 - RUG, tall: right - 36 - RUG });

/**
 * Whether there is something beside the plot, and room for it: of one knob alone all stand in one line.
 *
 * @param {Pick<Plot, "small">} plot
 * @param {Pick<Scene, "up">} scene
 */
const showsSide = ({ small }, { up }) => !small && up.title !== "";

/**
 * Each knob by itself: a mark for a trial at its value, and above it how low its score is.
 *
 * @param {Surface} surface
 * @param {Plot} plot
 * @param {Scene} scene
 * @param {SearchLook} look
 * @param {Dot} dot
 */
function drawMargins(surface, plot, scene, look, dot) {
  const { width } = plot;
  const hasSide = showsSide(plot, scene);
  const { deep, tall } = depthOf(plot);
  surface.strokeStyle = surface.fillStyle = look.rank(dot.share);
  surface.lineWidth = 1;
  const { x, y } = placeOf(plot, { ...dot, fan: 0 });
  surface.beginPath();
  line(surface, x, -3 - RUG, x, -3);
  if (hasSide) line(surface, width + 3, y, width + 3 + RUG, y);
  surface.stroke();
  const away = awayOf(scene, dot);
  if (away === null) return;
  circle(surface, x, -8 - RUG - away * deep, MARGIN_DOT);
  surface.fill();
  if (!hasSide) return;
  circle(surface, width + 8 + RUG + away * tall, y, MARGIN_DOT);
  surface.fill();
}

/**
 * @param {Surface} surface
 * @param {Plot} plot
 * @param {Scene} scene
 * @param {SearchLook} look
 */
function writeMargins(surface, plot, scene, look) {
  if (scene.dots.length === 0) return;
  const { width, height } = plot;
  const words = { font: look.font, colour: look.soft };
  const { deep } = depthOf(plot);
  write(surface, valuesText(scene.across), 0, -plot.top + 12, { ...words, size: 12, most: width });
  if (scene.scores) {
    const [low, high] = scene.scores.map((score) => significant(score, 2));
    const at = { ...words, align: /** @type {const} */ ("right"), baseline: /** @type {const} */ ("middle") };
    write(surface, low ?? "", -6, -8 - RUG, at);
    write(surface, high ?? "", -6, -8 - RUG - deep, at);
  }
  if (!showsSide(plot, scene)) return;
  surface.save();
  surface.translate(width + plot.right - 6, height / 2);
  surface.rotate(-Math.PI / 2);
  write(surface, valuesText(scene.up), 0, 0, { ...words, size: 12, align: "center", most: height });
  surface.restore();
}

/** @param {import("./scene.js").Side} side */
const valuesText = ({ values, title }) =>
  tn("{count} value of {title} tried", "{count} values of {title} tried", values, { count: whole(values), title });

/**
 * How far from the plot a score stands in a margin, from 0 to 1; null where it is none.
 *
 * @param {Scene} scene
 * @param {Dot} dot
 */
function awayOf({ scores }, { trial: { median } }) {
  if (!scores || !Number.isFinite(median)) return null;
  const [low, high] = scores;
  return Math.min(1, Math.max(0, scaleBetween(low, high).place(median)));
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
  circle(surface, x, y, scores.length > 0 ? radiusOf(plot, dot.share) : 4);
  surface.fillStyle = scores.length > 0 ? colour : look.surface;
  surface.strokeStyle = scores.length > 0 ? look.surface : colour;
  surface.lineWidth = 1;
  surface.fill();
  surface.stroke();
  if (dot.alike) {
    circle(surface, x, y, radiusOf(plot, dot.share) + ALIKE_GAP);
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
 */
function drawLit(surface, plot, dot, look) {
  const { x, y } = placeOf(plot, dot);
  const radius = dot.trial.diverged === null ? radiusOf(plot, dot.share) : CROSS + 1;
  drawRing(surface, { x, y, radius: radius + 3, width: 2 }, { line: look.ink, rim: look.surface, rimWidth: 4 });
}

/** @param {Surface} surface @param {[number, number, number, number]} ends */
function line(surface, ...[x1, y1, x2, y2]) {
  surface.moveTo(x1, y1);
  surface.lineTo(x2, y2);
}

const WIDTH = 760;
const HEIGHT = 600;
const FOOT = 40;
/** A line more where something is said of the truth. */
const LINE = 22;
/** The shades of the truth in that line, and the room for the words after them. */
const SHADES = { left: 64, width: 80, steps: 8, words: 110 };

/** The truth, and how its shades are to be read. @typedef {{truth: Truth, low: string, high: string, words: string}} Ground */

/**
 * @param {Surface} surface
 * @param {number} y  where its letters stand
 * @param {Ground} ground
 * @param {SearchLook} look
 */
function writeGround(surface, y, { low, high, words }, look) {
  const line = { font: look.font, colour: look.soft, size: 12 };
  write(surface, low, SHADES.left - 6, y, { ...line, align: "right" });
  for (let i = 0; i < SHADES.steps; i++) {
    surface.fillStyle = look.ground(i / (SHADES.steps - 1));
    surface.fillRect(SHADES.left + (i * SHADES.width) / SHADES.steps, y - 9, SHADES.width / SHADES.steps, 10);
  }
  const left = SHADES.left + SHADES.width + 6;
  write(surface, high, left, y, { ...line, most: SHADES.words });
  write(surface, words, left + SHADES.words + 12, y, { ...line, most: WIDTH - left - SHADES.words - 28 });
}

/**
 * The map as a file to keep or to print: what the page shows, and a line of words below it.
 *
 * @param {Scene} scene
 * @param {string} words
 * @param {SearchLook} look
 * @param {number | null} chosen
 * @param {Ground | null} [ground]
 */
export function searchPicture(scene, words, look, chosen, ground = null) {
  const foot = ground ? FOOT + LINE : FOOT;
  const file = { width: WIDTH, height: HEIGHT + foot, background: look.surface, font: look.font };
  const title = t("{across} and {up}", { across: scene.across.title, up: scene.up.title });
  return svgFile({ ...file, title, description: words }, (surface) => {
    surface.save();
    surface.translate(8, 8);
    const size = { width: WIDTH - 16, height: HEIGHT - 8 };
    drawAll(surface, size, scene, look, false, ground?.truth);
    drawKept(surface, size, scene, look, { lit: null, chosen });
    surface.restore();
    const line = { font: look.font, colour: look.soft, size: 13, most: WIDTH - 32 };
    write(surface, words, 16, HEIGHT + 20, line);
    if (ground) writeGround(surface, HEIGHT + 20 + LINE, ground, look);
  });
}
