/** The names of single parameters: an array of `layout` and the place in it, as `layers.0.W.1.2`. */

import { biasName } from "./layout.js";
import { t } from "../base/words.js";

/** @import {LayoutEntry, Spec} from "../base/types.js" */
/** @import {Gap, Layout} from "./layout.js" */
/** @import {Pointed} from "./reading.js" */

/** What a unit has of its own, by the end of the array's name. */
const OWN = /** @type {const} */ ([
  ["b", t("Bias")],
  ["gamma", t("Scale γ")],
  ["beta", t("Shift β")],
]);

/**
 * @typedef {object} Parameter
 * @property {string} name  as edits and `frozen` have it
 * @property {string} label
 * @property {number} index  in theta
 *
 * The weight of an edge, or what a unit has of its own; nothing for a feature.
 *
 * @param {Pointed} pointed
 * @param {{layout: Layout, gaps: Gap[], arrays: LayoutEntry[]}} network
 * @returns {Parameter[]}
 */
export function parametersOf({ column, unit, edge }, { layout, gaps, arrays }) {
  const target = layout.columns[column];
  if (!target || column === 0) return [];
  if (edge !== null) {
    const index = gaps[column - 1]?.weight[edge];
    const name = index === undefined ? "" : nameAt(arrays, index);
    return index !== undefined && name ? [{ name, label: t("Weight"), index }] : [];
  }
  const prefix = biasName(target).replace(/b$/, "");
  return OWN.flatMap(([end, label]) => {
    const array = arrays.find(({ name }) => name === prefix + end);
    return array ? [{ name: `${array.name}.${unit}`, label, index: array.offset + unit }] : [];
  });
}

/**
 * The name of the parameter at a place in theta; "" where there is none.
 *
 * @param {LayoutEntry[]} arrays
 * @param {number} index
 */
function nameAt(arrays, index) {
  const array = arrays.find(({ offset, shape }) => index >= offset && index < offset + size(shape));
  if (!array) return "";
  const place = index - array.offset;
  const width = array.shape.at(-1) ?? 1;
  return array.shape.length > 1
    ? `${array.name}.${Math.floor(place / width)}.${place % width}`
    : `${array.name}.${place}`;
}

/**
 * Where in theta the frozen parameters are.
 *
 * @param {Spec} spec
 * @param {LayoutEntry[]} arrays
 * @returns {Set<number>}
 */
export function frozenPlaces({ frozen = [] }, arrays) {
  return new Set(frozen.map((/** @type {string} */ name) => placeOf(arrays, name)));
}

/**
 * @param {LayoutEntry[]} arrays
 * @param {string} name
 */
function placeOf(arrays, name) {
  const array = arrays.find((entry) => name.startsWith(`${entry.name}.`));
  if (!array) return -1;
  const [row = 0, column] = name
    .slice(array.name.length + 1)
    .split(".")
    .map(Number);
  return array.offset + (column === undefined ? row : row * (array.shape.at(-1) ?? 1) + column);
}

/** @param {number[]} shape */
const size = (shape) => shape.reduce((total, length) => total * length, 1);
