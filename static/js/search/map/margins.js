/** Along the sides of the map: what each knob does by itself. */

import { significant, whole } from "../../base/format.js";
import { tn } from "../../base/words.js";
import { circle, write } from "../../draw/surface.js";
import { scaleBetween } from "../scale.js";
import { line, placeOf } from "./plot.js";

/** @import {Surface} from "../../draw/surface.js" */
/** @import {Dot, Scene} from "./scene.js" */
/** @import {SearchLook} from "./look.js" */
/** @import {Plot} from "./plot.js" */

const RUG = 8;
const MARGIN_DOT = 2;

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
export function drawMargins(surface, plot, scene, look, dot) {
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
export function writeMargins(surface, plot, scene, look) {
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
