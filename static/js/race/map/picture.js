/** A race on the map of its surface: the ground, the ways of all racers, and what moves over them. */

import { css } from "../../draw/colour.js";
import { drawFrame, drawMinima, soft } from "../../draw/frame.js";
import { createRelief, drawLines, readReliefLook } from "../../draw/height-map.js";
import { levelsOf } from "../../draw/levels.js";
import { drawMark, readRacerColours } from "../../draw/markers.js";
import { createScale } from "../../draw/scale.js";
import { write } from "../../draw/surface.js";
import { svgFile } from "../../draw/svg-surface.js";
import { significant } from "../numbers/numbers.js";
import { standingAt, STANDINGS } from "../record.js";
import { runnersOf } from "../visible.js";
import { drawArrows, drawHead, drawStart, drawTrail } from "./paths.js";
import { drawParts } from "./step-parts.js";
import { sentences, t } from "../../base/words.js";

/** @import {RaceState, StudyPart, Track} from "../types.js" */
/** @import {Levels} from "../../draw/levels.js" */
/** @import {Scale} from "../../draw/scale.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Ground, Painter, ReliefLook} from "../../draw/height-map.js" */
/** @import {TrailLook} from "./paths.js" */
/** @import {StepInParts} from "./step-parts.js" */

/**
 * What a picture is made of.
 *
 * @typedef {{relief: ReliefLook, trail: TrailLook}} RaceLook
 * @typedef {{scale: Scale, ground: Ground, levels: Levels} & RaceLook} Scene
 * @typedef {Pick<RaceState, "looks" | "hidden" | "chosen" | "start" | "arrows">} Shown
 *
 * The chosen racer's step from here, and how many of its parts are shown: 0 where it is shown as a whole.
 * @typedef {{step: StepInParts | null, count: number}} Parts
 */

/** @returns {RaceLook} the colours of the theme in force */
export function readRaceLook() {
  const relief = readReliefLook();
  return { relief, trail: { colours: readRacerColours(), rim: css(relief.surface), ink: css(relief.ink) } };
}

/**
 * @param {StudyPart} surface
 * @param {number} size
 * @param {RaceLook} look
 * @returns {Scene}
 */
export function sceneOf({ view, arrays: { values } }, size, look) {
  const data = values?.data ?? [];
  return {
    scale: createScale(view, size),
    ground: { values: data, grid: values?.shape[0] ?? 0 },
    levels: levelsOf(data),
    ...look,
  };
}

/**
 * The surface with its frame.
 *
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {Painter} painter
 * @param {Scene} scene
 * @param {StudyPart} known  the surface with its minima
 * @param {StudyPart | null} basins  where they are shown
 */
export function drawGround(surface, painter, { scale, ground, levels, relief: look }, known, basins) {
  const { size } = scale;
  painter.paint(surface, size, ground, levels, look);
  const which = basins?.arrays.which;
  if (which) painter.paintBasins(surface, size, { which: which.data, grid: which.shape[0] ?? 0 }, look);
  drawLines(surface, size, ground, levels, look);
  drawFrame(surface, scale, look);
  const minima = basins?.minima ?? [...known.minima, ...known.local_minima];
  const fill = basins
    ? (/** @type {number} */ index) => css(look.basins[index % look.basins.length] ?? look.surface)
    : undefined;
  drawMinima(surface, scale, minima, look, fill);
}

/**
 * Where racers start and are, and where they are about to go.
 *
 * @param {Surface} surface  with its origin at the top left of the map
 * @param {Scene} scene
 * @param {Track | null} track
 * @param {number} step
 * @param {Shown} shown
 * @param {[number, number][]} starts
 * @param {Parts} parts
 */
export function drawMoving(surface, { scale, trail, relief: { font } }, track, step, shown, starts, parts) {
  starts.forEach(([x, y], index) =>
    drawStart(surface, { x: scale.across(x), y: scale.down(y) }, index === shown.start, trail),
  );
  if (!track) return;
  const runners = runnersOf(track, shown);
  for (const runner of runners) {
    if (runner.faint || shown.arrows === "none" || (shown.arrows !== "all" && !runner.chosen)) continue;
    if (!parts.step || parts.count === 0) drawArrows(surface, scale, track, step, runner, trail);
    else drawParts(surface, scale, parts.step, parts.count, { ...trail, font }, trail.colours[runner.look] ?? "");
  }
  for (const runner of runners) drawHead(surface, scale, track, step, runner, trail);
}

const SIZE = 560;
const LEFT = 60;
const TOP = 24;
const BOTTOM = 64;
const KEY = 300;
const LINE = 44;

/**
 * The map as the page shows it, with who is who beside it, to keep or to print.
 *
 * @param {object} race
 * @param {StudyPart} race.surface
 * @param {StudyPart | null} race.basins
 * @param {Track} race.track
 * @param {number} race.step
 * @param {Shown} race.shown
 * @param {[number, number][]} race.starts
 * @param {string[]} race.names
 * @param {string} race.title
 * @param {(scale: Scale) => Parts} race.parts
 * @param {RaceLook} look
 */
export function racePicture({ surface: part, basins, track, step, shown, starts, names, title, parts }, look) {
  const [width, height] = [LEFT + SIZE + KEY, TOP + SIZE + BOTTOM];
  const {
    relief: { font },
    trail: { rim, ink },
  } = look;
  const scene = sceneOf(part, SIZE, look);
  const words = t("{surface}, step {step}", { surface: title, step });
  const entries = entriesOf(track, step, shown, names);
  const file = {
    width,
    height,
    background: rim,
    font,
    title: words,
    description: sentences(
      t("A map of the surface with the path of each racer."),
      ...entries.map(({ name, value }) => t("{name}: {value}.", { name, value })),
    ),
  };
  return svgFile(file, (surface) => {
    surface.save();
    surface.translate(LEFT, TOP);
    drawGround(surface, createRelief(), scene, part, basins);
    surface.save();
    surface.beginPath();
    surface.rect(0, 0, SIZE, SIZE);
    surface.clip();
    for (const runner of runnersOf(track, shown)) {
      drawTrail(surface, scene.scale, track, runner, { from: 0, to: step }, look.trail);
    }
    drawMoving(surface, scene, track, step, shown, starts, parts(scene.scale));
    surface.restore();
    surface.restore();
    entries.forEach(({ name, value, look: mark, line }) => {
      const [x, y] = [LEFT + SIZE + 32, TOP + 16 + line * LINE];
      drawMark(surface, mark, { x, y: y - 4, radius: 6.5 }, { colour: look.trail.colours[mark] ?? ink, rim });
      write(surface, name, x + 18, y, { font, colour: ink, size: 13, weight: 600 });
      write(surface, value, x + 18, y + 17, { font, colour: ink, size: 12 });
    });
    write(surface, words, LEFT, height - 14, { font, colour: soft(look.relief), size: 13 });
  });
}

/**
 * How each racer that is shown is doing.
 *
 * @param {Track} track
 * @param {number} step
 * @param {Shown} shown
 * @param {string[]} names
 */
function entriesOf(track, step, { looks, hidden, start }, names) {
  return names.flatMap((name, racer) => {
    if (hidden.includes(racer)) return [];
    const member = track.member(racer, start);
    const value = t("f = {height}, {standing}", {
      height: significant(track.at("value", step, member)),
      standing: STANDINGS[standingAt(track.events[member], step)],
    });
    return [{ name, value, look: looks[racer] ?? racer, line: racer }];
  });
}
