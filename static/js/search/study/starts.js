/** Has the trial that is looked at trained once more, for the maps of its starts, and keeps what came for this search. */

import { whenQuiet } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { shownTrial } from "../shown.js";

/** @import {Connection} from "../../wire/connection.js" */
/** @import {Found, SearchState, SearchStore, Starts} from "../types.js" */

/** A pointer that has stayed for so many milliseconds means the trial under it. */
const REST = 150;

/** The maps of so many trials are kept, those that came last: with ten starts and ten classes that is 4 MB. */
const MOST_KEPT = 64;

/**
 * @param {readonly Starts[]} before
 * @param {Starts} starts
 * @returns {readonly Starts[]}
 */
export const withStarts = (before, starts) =>
  [...before.filter(({ number }) => number !== starts.number), starts].slice(-MOST_KEPT);

/**
 * The trial whose maps are missing; null where none is, and while its networks still train.
 *
 * @param {Readonly<SearchState>} state
 */
function wanted(state) {
  const { connection, mode, phase, starts } = state;
  if (connection !== "open" || mode === "duel" || (phase !== "done" && phase !== "stopped")) return null;
  const trial = shownTrial(state);
  return trial && trial.steps > 0 && !starts.some(({ number }) => number === trial.number) ? trial : null;
}

/**
 * @param {SearchStore} store
 * @param {Connection} connection
 */
export function keepStarts(store, connection) {
  /** @type {{found: Found, number: number} | null} what is on its way, or was refused */
  let asked = null;
  let last = -REST;

  const ask = async () => {
    const { found } = store.get();
    const trial = wanted(store.get());
    if (!found || !trial || (asked?.found === found && asked.number === trial.number)) return;
    const { number, changes, steps } = trial;
    const mine = { found, number };
    asked = mine;
    last = performance.now();
    const reply = await connection.study({ kind: "starts", search: found.search, changes, steps }, (part) => {
      const { maps, scales } = part.arrays;
      // What comes when another search has begun is not of this one.
      if (store.get().found !== found || !maps || !scales) return;
      const starts = { number, grid: part.grid, maps: maps.data, scales: scales.data, diverged: part.diverged };
      store.set({ starts: withStarts(store.get().starts, starts) });
    });
    // After a lost line it is asked for once more.
    if (asked === mine && !reply.ok && reply.code === "lost") asked = null;
  };
  const askSoon = whenQuiet(REST, ask);
  watch(store, ["pointed", "brush", "found"], askSoon);
  // Of keys that are held down not every trial is asked for.
  watch(store, ["chosen", "phase", "connection", "mode"], () => {
    if (performance.now() - last < REST) askSoon();
    else void ask();
  });
}
