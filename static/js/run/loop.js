/** One animation loop for the whole page: everything is drawn here, at most once per screen refresh. */

/** @import {Frame, Frames, View} from "../base/types.js" */

/**
 * @param {object} options
 * @param {Frames} options.frames
 * @param {(frame: Frame) => void} options.drawn called once for each new frame, after it was drawn
 * @param {(callback: () => void) => unknown} [options.schedule]
 */
export function createLoop({ frames, drawn, schedule = (callback) => requestAnimationFrame(callback) }) {
  /** @type {((frame: Frame) => void)[]} */
  const drawers = [];
  /** @type {Frame | null} */
  let last = null;
  let scheduled = false;

  const tick = () => {
    scheduled = false;
    const frame = frames.latest;
    if (!frame) return;
    for (const draw of drawers) draw(frame);
    if (frame === last) return;
    last = frame;
    drawn(frame);
  };

  return {
    /** @param {View} view */
    add(view) {
      if (view?.draw) drawers.push(view.draw);
    },

    /** Asks for a drawing at the next refresh: there is a new frame, or it should look different. */
    request() {
      if (scheduled) return;
      scheduled = true;
      schedule(tick);
    },
  };
}
