/** Has the best trial of a search trained again: from other starts once the search is done, and for the sealed points when asked. */

import { watch } from "../../base/store.js";
import { bestOf } from "../found.js";

/** @import {Connection} from "../../wire/connection.js" */
/** @import {Found, SearchStore, StudyPart, Trial} from "../types.js" */

/** So many of the best are shown by what they learned. */
const MOST_SHOWN = 24;

/** @param {Trial} trial */
const isTrained = ({ cut, diverged }) => !cut && diverged === null;

/**
 * @param {SearchStore} store
 * @param {Connection} connection
 */
export function createJudge(store, connection) {
  /** @type {Found | null} */
  let judged = null;

  /**
   * @param {"band" | "seal"} kind
   * @param {(header: StudyPart) => void} hear
   */
  const ask = async (kind, hear) => {
    const { found } = store.get();
    const best = bestOf(found);
    if (!found || !best) return;
    // What comes when another search has begun is not of this one.
    const reply = await connection.study({ kind, search: found.search, changes: best.changes }, (part) => {
      if (store.get().found === found) hear(part);
    });
    if (reply.ok || store.get().found !== found) return;
    if (reply.code === "lost") judged = null;
    else if (kind === "seal") store.set({ notice: reply.message });
  };

  const open = () =>
    ask("seal", ({ validation, test, optimism }) =>
      store.set({ opened: true, verdict: { validation: validation.map(finite), test: test.map(finite), optimism } }),
    );

  /**
   * What the best trials learned.
   *
   * @param {Found} found
   * @param {number[]} numbers
   */
  const learned = async (found, numbers) => {
    const trials = numbers.map((number) => found.trials[number]?.changes ?? {});
    if (trials.length === 0) return;
    await connection.study({ kind: "gallery", search: found.search, trials }, ({ grid, arrays: { maps, scales } }) => {
      if (store.get().found !== found || !maps || !scales) return;
      store.set({ gallery: { numbers, grid, maps: maps.data, scales: scales.data } });
    });
  };

  watch(store, ["phase", "found", "connection"], ({ phase, found, connection: line, opened }) => {
    if (phase !== "done" || !found?.done || line !== "open" || found === judged) return;
    judged = found;
    void ask("band", ({ low, middle, high, starts }) => {
      // Where nearly all starts diverge there is no band.
      if (high !== null) store.set({ band: { low, middle, high, starts } });
    });
    if (opened) void open();
    const numbers = found.ranking
      .filter(isTrained)
      .slice(0, MOST_SHOWN)
      .map(({ number }) => number);
    void learned(found, numbers);
  });
  return { open };
}

/** A score that is no number comes as null. @param {number | null} score */
const finite = (score) => score ?? Infinity;
