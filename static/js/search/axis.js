/** One knob of a search along a side of the map: places from 0 to 1 and the numbers that stand at them. */

import { placeAt } from "../settings/paths.js";
import { settingName, settingValue } from "../settings/names.js";
import { powerOfTen, setNumber } from "../base/format.js";
import { ticks } from "../draw/levels.js";
import { scaleBetween } from "./scale.js";
import { isList } from "./space.js";

/** @import {Catalog} from "../base/types.js" */
/** @import {RangeKnob, SearchKnob} from "./types.js" */

/** @typedef {{title: string, ticks: [place: number, text: string][]}} Axis */

const TICKS = 5;
/** A range over fewer powers of ten has 2 and 5 of each as well. */
const FEW = 2;

/**
 * @param {SearchKnob | undefined} knob  of none, everything stands in the middle
 * @param {Catalog} catalog
 * @param {[low: number, high: number]} [reach]  the places that are shown, beyond 0 and 1 where a search moved on
 * @returns {Axis}
 */
export function axisOf(knob, catalog, reach = [0, 1]) {
  if (!knob) return { title: "", ticks: [] };
  const title = settingName(knob.path, catalog);
  if (isList(knob)) {
    const { length } = knob.values;
    return {
      title,
      ticks: knob.values.map((value, i) => [(i + 0.5) / length, settingValue(knob.path, value, catalog)]),
    };
  }
  const measure = scaleOf(knob, catalog);
  if (!measure) return { title, ticks: [] };
  const { scale, isWhole, at } = measure;
  const place = (/** @type {number} */ value) => measure.place(value + (isWhole ? 0.5 : 0));
  const [first, last] = [at(reach[0]), at(reach[1])];
  const numbers = scale === "log" ? powers(first, last) : ticks(first, last, TICKS);
  return {
    title,
    ticks: numbers
      .filter((value) => !isWhole || Number.isInteger(value))
      .map((value) => /** @type {[number, string]} */ ([place(value), tickText(value)]))
      .filter(([share]) => share >= reach[0] - 1e-9 && share <= reach[1] + 1e-9),
  };
}

/**
 * From values of a range to places from 0 to 1 and back; null where the range has no scale.
 *
 * @param {RangeKnob} knob
 * @param {Catalog} catalog
 */
export function scaleOf(knob, catalog) {
  const own = placeAt(knob.path, catalog)?.knob;
  const isWhole = own?.type === "integer";
  const scale = knob.scale ?? own?.scale ?? "linear";
  const [low, end] = [knob.low, isWhole ? knob.high + 1 : knob.high];
  if (!(low < end) || (scale === "log" && low <= 0)) return null;
  return { scale, isWhole, ...scaleBetween(low, end, scale === "log") };
}

/**
 * @param {number} low
 * @param {number} high
 */
function powers(low, high) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const factors = last - first <= FEW ? [1, 2, 5] : [1];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))))
    .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
}

/** @param {number} value */
const tickText = (value) =>
  value !== 0 && Math.abs(value) < 0.01 ? powerOfTen(value, 1).replace(/^1×/, "") : setNumber(value);
