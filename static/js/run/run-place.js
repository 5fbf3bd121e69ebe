/** What a run is and where it stands: what has to be said to have it made again, bit for bit. */

/** @import {Frame, Recipe, State} from "../base/types.js" */

/**
 * What makes the run that the page shows.
 *
 * @param {Pick<State, "startSpec" | "edits" | "members">} state
 * @returns {Recipe}
 */
export function recipeOf({ startSpec: spec, edits, members }) {
  return { spec, edits, ...(members.length > 0 && { members }) };
}

/**
 * How far it is, and whether it goes on; on the way to a step, what counts is where that leads.
 *
 * @param {Pick<State, "run" | "phase" | "goal">} state
 * @param {Pick<Frame, "run" | "step"> | null} latest
 * @returns {{step: number, playing: boolean}}
 */
export function placeOf({ run, phase, goal }, latest) {
  return goal ?? { step: latest?.run === run ? latest.step : 0, playing: phase === "playing" };
}
