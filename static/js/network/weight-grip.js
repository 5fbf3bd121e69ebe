/** A weight of the running network that is in hand: training waits, and the whole drag is one change. */

import { recipeOf } from "../run/run-place.js";

/** @import {Actions, Frame, Store} from "../base/types.js" */
/** @import {Grip} from "./edge-drag.js" */
/** @import {Parameter} from "./parameters.js" */

/**
 * @param {object} context
 * @param {Store} context.store
 * @param {Actions} context.actions
 * @param {() => Frame | null} context.frame  the newest of this network
 * @param {Parameter} parameter
 * @returns {Grip}
 */
export function createWeightGrip({ store, actions, frame }, { name, index }) {
  const path = `theta.${name}`;
  const before = store.get();
  const playing = before.phase === "playing";

  return {
    read() {
      const [{ phase, run, step }, shown] = [store.get(), frame()];
      const rests = phase === "paused" && shown?.run === run && shown.step === step;
      return rests ? (shown.arrays.theta.data[index] ?? null) : null;
    },
    begin() {
      store.set({ dragging: true });
      if (before.phase !== "paused") actions.pause();
    },
    change: (value) => actions.change({ [path]: value }),
    putBack(old) {
      const { step, spec, run } = store.get();
      if (run !== before.run) return Promise.resolve();
      // A frame has the numbers of one network, as float32: several, and longer ones, are made again.
      return spec.dtype === "float32" && before.members.length === 0
        ? actions.change({ [path]: old })
        : actions.restore({ ...recipeOf(before), step, playing });
    },
    end() {
      store.set({ dragging: false });
      if (playing && store.get().run === before.run) actions.play();
    },
  };
}
