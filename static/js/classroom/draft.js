/** A link for class while it is made: what each part and each group will be. */

import { GROUPS, PARTS } from "./parts.js";
import { t } from "../base/words.js";

/** @import {Classroom} from "../base/types.js" */

/** @typedef {"show" | "lock" | "hide"} Treatment */

const NEXT = /** @type {{[treatment: string]: Treatment}} */ ({ show: "lock", lock: "hide", hide: "show" });

/**
 * @param {Classroom} classroom
 * @param {string} name  of a part
 * @returns {Treatment}
 */
export const treatmentOf = ({ hide, lock }, name) =>
  hide.includes(name) ? "hide" : lock.includes(name) ? "lock" : "show";

/** @param {string} group */
export const partsIn = (group) => PARTS.filter((part) => part.group === group);

/**
 * What all parts of a group are; null where they differ.
 *
 * @param {Classroom} classroom
 * @param {string} group
 * @returns {Treatment | null}
 */
export function treatmentOfGroup(classroom, group) {
  const [first, ...others] = new Set(partsIn(group).map(({ name }) => treatmentOf(classroom, name)));
  return others.length === 0 ? (first ?? null) : null;
}

/**
 * How much of a group is as usual, in words.
 *
 * @param {Classroom} classroom
 * @param {string} group
 */
export function wordsFor(classroom, group) {
  const parts = partsIn(group);
  const count = (/** @type {Treatment} */ wanted) =>
    parts.filter(({ name }) => treatmentOf(classroom, name) === wanted).length;
  const [locked, hidden] = [count("lock"), count("hide")];
  const all = parts.length;
  if (locked + hidden === 0) return GROUPS.find(({ name }) => name === group)?.text ?? "";
  if (hidden === 0) return t("{locked} of {all} locked", { locked, all });
  if (locked === 0) return t("{hidden} of {all} hidden", { hidden, all });
  return t("{locked} locked, {hidden} hidden, of {all}", { locked, hidden, all });
}

/**
 * @param {Classroom} classroom
 * @param {string[]} names
 * @param {Treatment} treatment
 * @returns {Classroom}
 */
export function treat(classroom, names, treatment) {
  const next = (/** @type {"hide" | "lock"} */ key) =>
    PARTS.map(({ name }) => name).filter((name) =>
      names.includes(name) ? treatment === key : classroom[key].includes(name),
    );
  return { ...classroom, hide: next("hide"), lock: next("lock") };
}

/** What a press makes of a part: shown, locked, hidden, and shown again. @param {Treatment} treatment */
export const after = (treatment) => /** @type {Treatment} */ (NEXT[treatment]);
