/** A figure of plotly.js: one measure of every racer over the steps of a race. */

import { alongAxis, axis, baseLayout, finite, logTicks, powerTicks, readout, spread } from "../../charts/layout.js";
import { significant } from "./numbers.js";
import { t } from "../../base/words.js";

/** @import {Look} from "../../charts/layout.js" */
/** @import {Series, Track} from "../record.js" */

/** More points than these are not seen. */
export const MOST = 500;

/** Beside the height of the start: what is above goes out of the picture, what is below is rounding. */
const CEILING = { linear: 3, logarithmic: 1e3 };
const FLOOR = 1e-18;

export const MARGIN = { l: 58, r: 12, t: 8, b: 36 };

/** @typedef {{name: string, colour: string, mark: string, member: number, chosen: boolean}} Line */

/**
 * @param {Track} track
 * @param {Line[]} lines
 * @param {Look} look
 * @param {{series: Series, title: string, logarithmic: boolean, ground: {low: number, high: number}}} options  `ground`
 *   is how low and how high the map goes
 */
export function raceFigure(track, lines, look, { series, title, logarithmic: wished, ground }) {
  const steps = spread(track.known, MOST);
  const lowestHeight = series === "value" ? lowest(track, lines, steps) : 0;
  const span = ground.high - ground.low;
  // Where it goes down for ever there is nothing to count powers of ten from.
  const isBottomless = lowestHeight < ground.low - span;
  const logarithmic = wished && !isBottomless;
  const low = logarithmic ? lowestHeight : 0;
  const data = lines.map((line) =>
    curveOf(line, steps, (step) => track.at(series, step, line.member) - low, { logarithmic }),
  );
  const shown = rangeOf(
    data.map(({ y }) => y),
    logarithmic,
  );
  return {
    data,
    layout: {
      ...baseLayout(look),
      margin: MARGIN,
      xaxis: { ...alongAxis(look, "steps", false), range: [0, track.race.steps] },
      yaxis: {
        ...axis(look, low < 0 ? t("f above {low}", { low: significant(low, 3) }) : title, logarithmic),
        ...(isBottomless ? { range: [ground.low - span / 2, ground.high + span / 2], autorange: false } : shown),
        ...(logarithmic
          ? logTicks(shown.range?.map((power) => 10 ** power) ?? data.flatMap(({ y }) => y))
          : powerTicks(shown.range ?? data.flatMap(({ y }) => y))),
      },
    },
  };
}

/**
 * One curve of a racer.
 *
 * @param {Pick<Line, "name" | "colour" | "mark" | "chosen">} line
 * @param {number[]} steps
 * @param {(step: number) => number} at
 * @param {{logarithmic: boolean, dashed?: boolean}} style
 */
export function curveOf({ name, colour, mark, chosen }, steps, at, { logarithmic, dashed = false }) {
  const y = steps.map((step) => {
    const value = at(step);
    return logarithmic && !(value > 0) ? null : finite(value);
  });
  return {
    type: "scatter",
    mode: dashed ? "lines" : "lines+markers",
    name,
    x: steps,
    y,
    line: { color: colour, width: chosen ? 2.5 : 1.75, dash: dashed ? "dash" : "solid" },
    // A mark now and then is enough to tell them apart.
    marker: {
      symbol: mark,
      size: 7,
      color: colour,
      maxdisplayed: 6,
      line: { width: mark.endsWith("open") ? 2 : 0, color: colour },
    },
    ...readout(y),
  };
}

/**
 * A logarithm has no place for heights below zero: they are drawn above the lowest of them.
 *
 * @param {Track} track
 * @param {Line[]} lines
 * @param {number[]} steps
 */
function lowest(track, lines, steps) {
  const values = lines
    .flatMap(({ member }) => steps.map((step) => track.at("value", step, member)))
    .filter(Number.isFinite);
  return Math.min(0, ...values);
}

/**
 * What to show of the curves: all, unless someone leaves for the infinite, or only rounding is left.
 *
 * @param {(number | null)[][]} curves
 * @param {boolean} logarithmic
 */
export function rangeOf(curves, logarithmic) {
  const values = curves.flat().filter((value) => value !== null);
  const begun = Math.max(...curves.map(([first]) => Math.abs(first ?? 0)));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [floor, ceiling] = [begun * FLOOR, begun * (logarithmic ? CEILING.logarithmic : CEILING.linear)];
  if (begun === 0 || (most <= ceiling && (!logarithmic || least >= floor))) return {};
  const [low, high] = [logarithmic ? Math.max(least, floor) : Math.max(least, -ceiling), Math.min(most, ceiling)];
  const ends = logarithmic ? [Math.log10(low), Math.log10(high)] : [low, high];
  const room = 0.04 * ((ends[1] ?? 0) - (ends[0] ?? 0));
  return { range: [(ends[0] ?? 0) - room, (ends[1] ?? 0) + room], autorange: false };
}
