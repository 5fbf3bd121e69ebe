/** A race as it comes from the server, part by part: what each member did in each step. */

import { t } from "../base/words.js";

/** @import {Block, StudyPart} from "../base/types.js" */

/**
 * What is known of how a member's race went.
 * @typedef {{converged: number | null, stuck: number | null, diverged: number | null,
 *   failed: {step: number, cause: string, outside: boolean} | null, minimum: number | null}} Event
 *
 * What theory says of a quadratic.
 * @typedef {{eigenvalues: [number, number], condition: number | null, best_rate: number | null, best_factor: number | null,
 *   best_momentum: {learning_rate: number, momentum: number, factor: number} | null,
 *   racers: {predicted: number | null, measured: number | null, stable: boolean | null,
 *     first: number | null, last: number | null, meeting: number | null}[]}} Theory
 */

/** Rows of these many numbers for each member. */
const WIDTHS = { path: 2, value: 1, gradient: 2, gradient_norm: 1, rate: 1, learning_rate: 1, distance: 1 };

/** @typedef {keyof typeof WIDTHS} Series */

const NAMES = /** @type {Series[]} */ (Object.keys(WIDTHS));

/**
 * @param {StudyPart} header  of the first part
 * @param {object} asked  the race that was asked for
 */
export function createTrack({ race, members, view, minima }, asked) {
  const rows = race.steps + 1;
  const arrays = /** @type {{[name in Series]: Float64Array}} */ (
    Object.fromEntries(NAMES.map((name) => [name, new Float64Array(rows * members * WIDTHS[name])]))
  );
  const starts = members / race.racers.length;

  return {
    asked,
    /** The whole race, as the server reads it. */
    race,
    members: /** @type {number} */ (members),
    /** From how many places each racer starts. */
    starts,
    view: /** @type {[number, number, number, number]} */ (view),
    minima: /** @type {[number, number][]} */ (minima),
    arrays,
    /** How many rows are known. */
    known: 0,
    complete: false,
    events: /** @type {Event[]} */ ([]),
    theory: /** @type {Theory | null} */ (null),

    /** @param {StudyPart} part */
    add(part) {
      for (const name of NAMES) {
        const block = /** @type {Block} */ (part.arrays[name]);
        arrays[name].set(block.data, part.first * members * WIDTHS[name]);
      }
      this.known = part.first + (part.arrays.value?.shape[0] ?? 0);
      this.events = part.events;
      this.complete = part.done;
      this.theory = part.theory ?? null;
    },

    get last() {
      return Math.max(0, this.known - 1);
    },

    /**
     * @param {number} racer
     * @param {number} start
     */
    member: (racer, start) => racer * starts + Math.min(start, starts - 1),

    /**
     * A number of one member after so many steps; `part` is 0 for x and 1 for y.
     *
     * @param {Series} name
     * @param {number} step
     * @param {number} member
     * @param {number} [part]
     */
    at: (name, step, member, part = 0) => arrays[name][(step * members + member) * WIDTHS[name] + part] ?? NaN,
  };
}

/** @typedef {ReturnType<typeof createTrack>} Track */

/** @typedef {"running" | "converged" | "diverged" | "stuck" | "outside"} Standing */

/** What each standing is called. @type {{[standing in Standing]: string}} */
export const STANDINGS = {
  running: t("running"),
  converged: t("converged"),
  diverged: t("diverged"),
  stuck: t("stuck"),
  outside: t("outside"),
};

/**
 * How a member stands after so many steps.
 *
 * @param {Event | undefined} event
 * @param {number} step
 * @returns {Standing}
 */
export function standingAt(event, step) {
  const reached = (/** @type {number | null | undefined} */ at) => at !== null && at !== undefined && at <= step;
  if (reached(event?.failed?.step)) return event?.failed?.outside ? "outside" : "diverged";
  if (reached(event?.converged)) return "converged";
  if (reached(event?.diverged)) return "diverged";
  return reached(event?.stuck) ? "stuck" : "running";
}
