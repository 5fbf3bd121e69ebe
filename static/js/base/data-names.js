/** What people call the classes, the columns and the values of their own data. */

import { t } from "./words.js";

/** @import {Scene} from "./types.js" */

/** @typedef {Partial<Pick<Scene, "class_names" | "column_names" | "target_scale">>} Named */

/** Digits of a value in its own units. */
const DIGITS = 4;

/**
 * What a class is called where nothing else says that it is one.
 *
 * @param {number} index
 * @param {readonly string[]} [names]  of the classes, as far as they have any
 */
export function className(index, names = []) {
  const name = names[index];
  if (name === undefined) {
    return names.length > 0 ? t("New class {number}", { number: index + 1 }) : t("Class {name}", { name: index });
  }
  return isNumber(name) ? t("Class {name}", { name }) : name;
}

/**
 * The same beside the word "class".
 *
 * @param {number} index
 * @param {readonly string[]} [names]
 */
export const shortName = (index, names = []) => names[index] ?? String(index);

/**
 * Whether names say by themselves that they are no numbers.
 *
 * @param {readonly string[]} [names]
 */
export const areWords = (names = []) => names.some((name) => !isNumber(name));

/** @param {string} name */
const isNumber = (name) => name.trim() !== "" && Number.isFinite(Number(name));

/**
 * What the network answers, in the units of the values that it learned.
 *
 * @param {number} value
 * @param {Named | null} scene
 */
export function inUnits(value, scene) {
  const [middle, half] = scene?.target_scale ?? [0, 1];
  return value * half + middle;
}

/** @param {Named | null} scene */
export function hasUnits(scene) {
  const [middle, half] = scene?.target_scale ?? [0, 1];
  return middle !== 0 || half !== 1;
}

/** @param {number} value */
export const unitText = (value) =>
  Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))).replaceAll("-", "−") : "–";

/**
 * The name of x1 (0), x2 (1) or the label (2), where it has one of its own.
 *
 * @param {0 | 1 | 2} column
 * @param {Named | null} scene
 */
export const columnName = (column, scene) => scene?.column_names?.[column] ?? "";
