/** A step in parts: arrows that come one after the other, from the gradient to the step, with their numbers. */

import { write } from "../../draw/surface.js";
import { point, significant } from "../numbers/numbers.js";
import { arrow } from "./paths.js";
import { t } from "../../base/words.js";

/** @import {Scale} from "../../draw/scale.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Player, RaceState, Results, StudyPart, Track} from "../types.js" */
/** @import {TrailLook} from "./paths.js" */

/** The longest arrow that is not a step, as a share of the map. */
const LONGEST = 0.22;
const LINE = 16;
/** A label has this much room beside the tip of its arrow, or stands on the other side of it. */
const ROOM = 90;
const FAINT = 0.6;

/**
 * `factor` is by how much an arrow is drawn longer than it is: the step is drawn as it is, those before it so that they
 * can be seen, and those of the same units alike.
 * @typedef {{label: string, symbol: string, arrow: [x: number, y: number], isStep: boolean, factor: number}} PartOfStep
 * @typedef {{from: [x: number, y: number], parts: PartOfStep[]}} StepInParts
 */

/** In how many parts a racer's steps can be shown: 0 as long as they are not known. @param {StudyPart | null} study */
export const countParts = (study) => study?.parts.length ?? 0;

/**
 * The step of the chosen racer as it is shown, in as many parts as the player says; all of them where it rests and does
 * not count them, since nothing may move.
 *
 * @param {Pick<Results, "arithmetic" | "track">} results
 * @param {Pick<RaceState, "arrows" | "chosen" | "start">} state
 * @param {Pick<Player, "step" | "part" | "playing">} player
 * @param {Scale} scale
 * @returns {{step: StepInParts | null, count: number}}
 */
export function partsShown({ arithmetic, track }, { arrows, chosen, start }, player, scale) {
  if (arrows !== "parts" || !track || chosen >= track.race.racers.length) return { step: null, count: 0 };
  const step = stepInParts(arithmetic, track, player.step, track.member(chosen, start), scale);
  return { step, count: player.part === 0 && !player.playing ? countParts(arithmetic) : player.part };
}

/**
 * The step of a member from here, null where there is none, or where the arithmetic is that of another race.
 *
 * @param {StudyPart | null} study  of the kind `arithmetic`
 * @param {Track} track
 * @param {number} step
 * @param {number} member
 * @param {Scale} scale
 * @returns {StepInParts | null}
 */
export function stepInParts(study, track, step, member, scale) {
  const { values, arrows } = study?.arrays ?? {};
  if (!study || !values || !arrows || step >= (arrows.shape[0] ?? 0)) return null;
  const from = /** @type {[number, number]} */ ([0, 1].map((part) => track.at("path", step, member, part)));
  const old = 2 * (step * study.names.length + study.names.indexOf("w"));
  if (values.data[old] !== from[0] || values.data[old + 1] !== from[1]) return null;
  const known = /** @type {{label: string, symbol: string, units: string}[]} */ (study.parts);
  const found = known.map((part, i) => {
    const at = 2 * (step * known.length + i);
    const way = /** @type {[number, number]} */ ([arrows.data[at] ?? NaN, arrows.data[at + 1] ?? NaN]);
    return { ...part, arrow: way, length: inPixels(scale, from, way).length };
  });
  const longest = (/** @type {string} */ units) =>
    Math.max(...found.filter((part) => part.units === units).map(({ length }) => length));
  return {
    from,
    parts: found.map((part) => {
      const isStep = part.units === "map";
      return { ...part, isStep, factor: isStep ? 1 : (LONGEST * scale.size) / longest(part.units) };
    }),
  };
}

/**
 * @param {Scale} scale
 * @param {[number, number]} from
 * @param {[number, number]} way
 */
function inPixels(scale, [x, y], [dx, dy]) {
  const across = scale.across(x + dx) - scale.across(x);
  const down = scale.down(y + dy) - scale.down(y);
  return { across, down, length: Math.hypot(across, down) };
}

/**
 * @param {Surface} surface
 * @param {Scale} scale
 * @param {StepInParts} step
 * @param {number} count  how many of the parts are shown
 * @param {TrailLook & {font: string}} look
 * @param {string} colour  that of the racer
 */
export function drawParts(surface, scale, { from, parts }, count, { ink, rim, font }, colour) {
  const [x, y] = [scale.across(from[0]), scale.down(from[1])];
  /** @type {{x: number, y: number}[]} */
  const labels = [];
  parts.slice(0, count).forEach(({ label, arrow: way, isStep, factor }, i) => {
    const { across, down, length } = inPixels(scale, from, way);
    if (!Number.isFinite(length)) return;
    const isLatest = i === count - 1;
    surface.globalAlpha = isLatest || isStep ? 1 : FAINT;
    const look = { colour: isStep ? colour : ink, rim, dashed: i === 0 };
    arrow(surface, { x, y }, { x: across, y: down }, Math.min(length * factor, 2 * scale.size), look);
    surface.globalAlpha = 1;
    const place = clear(labels, {
      x: Math.min(scale.size - 6, Math.max(6, x + across * factor)),
      y: Math.min(scale.size - 8, Math.max(LINE, y + down * factor + (down >= 0 ? LINE : -6))),
    });
    labels.push(place);
    const isRoomRight = across >= 0 ? x + across * factor < scale.size - ROOM : x + across * factor < ROOM;
    const align = isRoomRight ? "left" : "right";
    const words = t("{number} {part}", { number: i + 1, part: label });
    write(surface, words, place.x, place.y, {
      ...{ font, colour: look.colour, size: 13, weight: isLatest ? 650 : 400 },
      ...{ align, halo: rim, around: 4 },
    });
  });
}

/**
 * A line lower than the labels that stand there already.
 *
 * @param {{x: number, y: number}[]} labels
 * @param {{x: number, y: number}} place
 * @returns {{x: number, y: number}}
 */
function clear(labels, { x, y }) {
  const isTaken = labels.some((label) => Math.abs(label.y - y) < LINE && Math.abs(label.x - x) < 6 * LINE);
  return isTaken ? clear(labels, { x, y: y + LINE }) : { x, y };
}

/**
 * The latest part that is shown, with its numbers and how long it is drawn.
 *
 * @param {StepInParts} step
 * @param {number} count
 */
export function partWords({ parts }, count) {
  const part = parts[count - 1];
  if (!part) return "";
  const said = {
    number: count,
    count: parts.length,
    part: part.label,
    symbol: part.symbol,
    arrow: point(...part.arrow),
  };
  if (part.isStep) return t("{number} of {count}, {part}: {symbol} = {arrow}, drawn in full", said);
  if (!Number.isFinite(part.factor)) return t("{number} of {count}, {part}: {symbol} = {arrow}", said);
  return t("{number} of {count}, {part}: {symbol} = {arrow}, drawn × {factor}", {
    ...said,
    factor: significant(part.factor, 2),
  });
}
