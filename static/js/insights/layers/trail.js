/** What was read last, for as long as it is of one run and goes forward. */

/** @import {Frame} from "../../base/types.js" */

export const LENGTH = 200;

/** @param {number} [length] */
export function createTrail(length = LENGTH) {
  let run = -1;
  let step = -1;
  /** @type {number[][]} */
  let rows = [];
  return {
    /** The newest last. */
    get rows() {
      return rows;
    },

    /**
     * @param {Pick<Frame, "run" | "step">} frame
     * @param {number[]} row
     */
    add(frame, row) {
      if (frame.run !== run || frame.step < step) rows = [];
      if (frame.run === run && frame.step === step) rows.pop();
      ({ run, step } = frame);
      rows.push(row);
      if (rows.length > length) rows.shift();
    },
  };
}
