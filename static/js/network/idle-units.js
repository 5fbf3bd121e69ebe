/**
 * Which units do nothing any more. To find that out costs the server as much as a dozen frames, so it is
 * asked for when the run rests, and once a second while it plays.
 */

/** @import {Frame} from "../base/types.js" */

const GAP = 1000;

/**
 * @param {object} options
 * @param {(on: boolean) => void} options.want  asks that frames say so, or no longer
 * @param {(stateOf: (unit: number) => "dead" | "saturated" | undefined) => void} options.mark
 */
export function createIdleUnits({ want, mark }) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  let isPlaying = false;
  /** @type {(unit: number) => "dead" | "saturated" | undefined} */
  let stateOf = () => undefined;

  return {
    stateOf: (/** @type {number} */ unit) => stateOf(unit),

    /** @param {boolean} playing */
    setPlaying(playing) {
      isPlaying = playing;
      clearInterval(timer);
      want(true);
      if (playing) timer = setInterval(() => want(true), GAP);
    },

    /** @param {Frame} frame */
    take({ arrays: { dead, saturated } }) {
      if (!dead || !saturated) return;
      stateOf = (unit) => (dead.data[unit] ? "dead" : saturated.data[unit] ? "saturated" : undefined);
      mark(stateOf);
      if (isPlaying) want(false);
    },
  };
}
