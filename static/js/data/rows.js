/** A person's own points: what they are called, what the engine takes of them, and how they fit the map. */

import { className, inUnits } from "../base/data-names.js";
import { REACH } from "../draw/points.js";
import { whole } from "../base/format.js";
import { t } from "../base/words.js";

/** @import {Scene, Spec} from "../base/types.js" */

/** @typedef {[x1: number, x2: number, label: number]} Row */

/**
 * What a person has painted or loaded. `label` is a class, or with the target "numbers" what is to be learned.
 *
 * @typedef {object} Draft
 * @property {readonly Row[]} rows
 * @property {"classes" | "numbers"} target
 * @property {readonly string[]} classNames  of the first classes
 * @property {readonly string[]} columnNames  of x1, x2 and the label, or none
 */

/** @type {Draft} */
export const NOTHING = { rows: [], target: "classes", classNames: [], columnNames: [] };

/** What the engine takes; it refuses more by itself. */
export const MOST_ROWS = 2000;
export const FARTHEST = 100;

/** So many classes can be told apart. Older links may have two more, which the engine still takes. */
export const MOST_CLASSES = 8;
const MOST_LEARNED = 10;

/** Of fewer points than this none can be spared for testing. */
export const FEW = 20;

/** Scaled points reach this far, so that none lies on the edge of the map. */
const SCALED_REACH = 5;

/** More digits than anyone sees would only make the address long. */
const DIGITS = 6;

/** @param {number} value */
export const tidy = (value) => Number(value.toPrecision(DIGITS));

/**
 * How many points each class has, up to the last that has any.
 *
 * @param {readonly Row[]} rows
 */
export function counts(rows) {
  /** @type {number[]} */
  const found = [];
  for (const [, , label] of rows) {
    while (found.length <= label) found.push(0);
    found[label] = (found[label] ?? 0) + 1;
  }
  return found;
}

/**
 * Why these points cannot be used, as a sentence; null where they can.
 *
 * @param {Draft} draft
 */
export function obstacle({ rows, target }) {
  if (target === "numbers") {
    if (new Set(rows.map(([, , label]) => label)).size < 2) return t("At least two different numbers are needed.");
  } else {
    const used = counts(rows).filter((count) => count > 0).length;
    if (used < 2) return t("At least two classes need points.");
    if (used > MOST_LEARNED) {
      return t("At most {most} classes can be learned; there are {count}.", { most: MOST_LEARNED, count: used });
    }
  }
  if (rows.length > MOST_ROWS) {
    return t("At most {most} points can be used; there are {count}.", {
      most: whole(MOST_ROWS),
      count: whole(rows.length),
    });
  }
  if (rows.some(([x1, x2]) => Math.max(Math.abs(x1), Math.abs(x2)) > FARTHEST)) {
    return t("Some points are farther than {limit} from 0: scale them to the map.", { limit: FARTHEST });
  }
  return null;
}

/**
 * The same points with classes numbered from 0 and none left out, as the engine wants them; names go with theirs.
 *
 * @param {Draft} draft
 * @returns {Draft}
 */
export function compact(draft) {
  const { rows, target, classNames } = draft;
  if (target === "numbers") return draft;
  const used = counts(rows).flatMap((count, label) => (count > 0 ? [label] : []));
  const isNamed = used.some((label) => classNames[label] !== undefined);
  return {
    ...draft,
    rows: rows.map(([x1, x2, label]) => [x1, x2, used.indexOf(label)]),
    classNames: isNamed
      ? used.reduce((names, label) => [...names, freeName(label, classNames, names)], /** @type {string[]} */ ([]))
      : [],
  };
}

/**
 * The name of a class; of one that is new a name that no other has.
 *
 * @param {number} label
 * @param {readonly string[]} given
 * @param {readonly string[]} taken
 */
function freeName(label, given, taken) {
  const name = given[label];
  if (name !== undefined) return name;
  let next = label;
  while ([...given, ...taken].includes(className(next, given))) next++;
  return className(next, given);
}

/**
 * The part of a spec's data that a draft stands for.
 *
 * @param {Draft} draft
 */
export function dataOf({ rows, target, classNames, columnNames }) {
  if (target === "numbers") return { kind: "custom_values", rows, column_names: columnNames };
  return { kind: "custom", rows, class_names: classNames, column_names: columnNames };
}

/**
 * The draft that stands for a spec's own data; null where it has none.
 *
 * @param {Spec} data
 * @returns {Draft | null}
 */
export function draftOf({ kind, rows, class_names: classNames = [], column_names: columnNames = [] }) {
  if (!rows) return null;
  return { rows, target: kind === "custom_values" ? "numbers" : "classes", classNames, columnNames };
}

/**
 * How many points the map does not show.
 *
 * @param {readonly Row[]} rows
 */
export function outside(rows) {
  return rows.filter(([x1, x2]) => Math.max(Math.abs(x1), Math.abs(x2)) > REACH).length;
}

/**
 * The smallest and the largest value of x1 (0), x2 (1) or the label (2).
 *
 * @param {readonly Row[]} rows
 * @param {0 | 1 | 2} axis
 * @returns {[lowest: number, highest: number]}
 */
export function extent(rows, axis) {
  return rows.reduce(
    ([lowest, highest], row) => [Math.min(lowest, row[axis]), Math.max(highest, row[axis])],
    [Infinity, -Infinity],
  );
}

/**
 * Each coordinate stretched so that it just fills the map; one that is the same everywhere becomes 0.
 *
 * @param {readonly Row[]} rows
 * @returns {Row[]}
 */
export function scaledToMap(rows) {
  const scale = (/** @type {0 | 1} */ axis) => {
    const [lowest, highest] = extent(rows, axis);
    // Halves first: the whole span of very large numbers is not finite.
    const half = highest / 2 - lowest / 2;
    const middle = highest / 2 + lowest / 2;
    return (/** @type {number} */ value) => (half > 0 ? ((value - middle) / half) * SCALED_REACH : 0);
  };
  const [x1Of, x2Of] = [scale(0), scale(1)];
  return rows.map(([x1, x2, label]) => [tidy(x1Of(x1)), tidy(x2Of(x2)), label]);
}

/**
 * The points of a run, training points first, as many as can be own points.
 *
 * @param {Pick<Scene, "arrays">} scene
 * @returns {Row[]}
 */
export function rowsOf({ arrays: { points, labels } }) {
  return Array.from({ length: Math.min(labels.data.length, MOST_ROWS) }, (_, i) => [
    tidy(points.data[2 * i] ?? 0),
    tidy(points.data[2 * i + 1] ?? 0),
    labels.data[i] ?? 0,
  ]);
}

/**
 * All points of a run as a table with a header, for a spreadsheet or a notebook: labels by their names, values in
 * their own units.
 *
 * @param {Scene} scene
 */
export function csvOf(scene) {
  const {
    task,
    train,
    class_names: names = [],
    column_names: columns = [],
    arrays: { points, labels },
  } = scene;
  const isNumber = task === "regression";
  const label = (/** @type {number} */ value) =>
    isNumber ? String(tidy(inUnits(value, scene))) : quoted(names[value] ?? String(value));
  const lines = Array.from(labels.data, (value, i) =>
    [tidy(points.data[2 * i] ?? 0), tidy(points.data[2 * i + 1] ?? 0), label(value), i < train ? "train" : "test"].join(
      ",",
    ),
  );
  const header = columns.length === 3 ? columns.map(quoted).join(",") : `x1,x2,${isNumber ? "target" : "label"}`;
  return [`${header},split`, ...lines, ""].join("\n");
}

/**
 * A text as a value of a table.
 *
 * @param {string} text
 */
const quoted = (text) => (/[",\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
