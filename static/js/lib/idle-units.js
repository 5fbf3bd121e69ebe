/**
 * Which units do nothing any more. To find that out costs the server as much as a dozen frames, so it is
 * asked for when the run rests, and once a second while it plays.
 */

import { watch } from "../store.js";

/** @import {Frame, Store} from "../types.js" */

const GAP = 1000;

/**
 * @param {Store} store
 * @param {(stateOf: (unit: number) => "dead" | "saturated" | undefined) => void} mark
 */
export function createIdleUnits(store, mark) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  const want = (/** @type {boolean} */ layers) => store.set({ wants: { ...store.get().wants, layers } });

  watch(store, ["phase"], ({ phase }) => {
    clearInterval(timer);
    want(true);
    if (phase === "playing") timer = setInterval(() => want(true), GAP);
  });

  return {
    /** @param {Frame} frame */
    take({ arrays: { dead, saturated } }) {
      if (!dead || !saturated) return;
      mark((unit) => (dead.data[unit] ? "dead" : saturated.data[unit] ? "saturated" : undefined));
      if (store.get().phase === "playing") want(false);
    },
  };
}
