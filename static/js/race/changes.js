/**
 * Changes of a race. What another kind brings along, the server knows: each change is made there, of what the one
 * before it left, and they wait for each other and for the line.
 */

import { watch } from "../base/store.js";

/** @import {Changes} from "../base/types.js" */
/** @import {Connection} from "../wire/connection.js" */
/** @import {Problem, Race, RaceState, RaceStore} from "./types.js" */

/**
 * What is to be changed as things then are, and what else of the page goes with it.
 *
 * @typedef {(state: Readonly<RaceState>) => {changes: Changes, rest?: Partial<RaceState>} | null} Wish
 * @typedef {{wish: Wish, key: string, done: (problem: Problem | null) => void}} Waiting
 */

/**
 * @param {object} context
 * @param {RaceStore} context.store
 * @param {Connection} context.connection
 * @param {(race: Race, rest: Partial<RaceState>) => void} context.use  takes the changed race
 */
export function createChanges({ store, connection, use }) {
  /** @type {Waiting[]} */
  const waiting = [];
  let busy = false;

  const work = async () => {
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const problem = await make(next.wish);
      if (problem === "lost") {
        waiting.unshift(next);
        break;
      }
      next.done(problem);
    }
    busy = false;
    if (waiting.length === 0) store.set({ changing: false });
  };

  /**
   * @param {Wish} wish
   * @returns {Promise<Problem | null | "lost">} what is wrong with it
   */
  const make = async (wish) => {
    for (;;) {
      const state = store.get();
      const wanted = wish(state);
      if (!wanted) return null;
      const { race } = state;
      const {
        ok,
        code,
        message,
        problems,
        race: changed,
      } = await connection.request("race_spec", { race, changes: wanted.changes });
      if (code === "lost") return "lost";
      if (!ok || !changed) {
        store.set(problems.length > 0 ? { problems, notice: null } : { notice: message });
        return problems[0] ?? null;
      }
      // Meanwhile a start may have been dragged: then the change is one of that race.
      if (store.get().race === race) {
        use(/** @type {Race} */ (changed), wanted.rest ?? {});
        return null;
      }
    }
  };

  watch(store, ["connection"], ({ connection: line }) => {
    if (line === "open") void work();
  });

  /**
   * @param {Wish} wish
   * @param {string} [key]  a later wish with the same key takes the place of one that still waits, as from a slider
   * @returns {Promise<Problem | null>} the first thing that is wrong with it
   */
  return (wish, key = "") =>
    new Promise((done) => {
      const last = waiting.at(-1);
      if (key && last?.key === key) {
        waiting.pop();
        last.done(null);
      }
      waiting.push({ wish, key, done });
      store.set({ changing: true });
      void work();
    });
}
