/** What streams in: the newest frame, the scene of the run, and the curves so far. */

/** @import {Curves, Frame, Frames, History} from "./types.js" */

export const METRICS = ["train_loss", "test_loss", "train_accuracy", "test_accuracy", "penalty"];

/** Past this many points a curve is thinned to half: no screen shows more. */
const CAPACITY = 2048;

/**
 * @param {number} [capacity]
 * @returns {Frames}
 */
export function createFrames(capacity = CAPACITY) {
  const curves = createCurves(capacity);
  /** @type {Set<() => void>} */
  const listeners = new Set();

  /** @type {Frames} */
  const frames = {
    latest: null,
    scene: null,
    curves,

    receive(message) {
      if (message.type === "frame") {
        frames.latest = message;
        curves.add(message);
      } else if (message.type === "history") {
        curves.fill(message);
      } else {
        frames.scene = message;
        for (const listener of [...listeners]) listener();
      }
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return frames;
}

/**
 * Curves of one run. The last point is always the newest frame; those before it are at least
 * `gap` steps apart, and the gap grows with the run.
 * @param {number} capacity
 * @returns {Curves & {add: (frame: Frame) => void, fill: (history: History) => void}}
 */
function createCurves(capacity) {
  const steps = new Float64Array(capacity);
  const epochs = new Float64Array(capacity);
  const metrics = METRICS.map(() => new Float64Array(capacity));
  const rows = [steps, epochs, ...metrics];
  let gap = 0;

  /** @param {number} run */
  const clear = (run) => {
    curves.run = run;
    curves.length = 0;
    gap = 0;
  };

  const thin = () => {
    const half = Math.ceil(curves.length / 2);
    for (const row of rows) for (let i = 0; i < half; i++) row[i] = row[2 * i] ?? NaN;
    curves.length = half;
    gap = (2 * ((steps[half - 1] ?? 0) - (steps[0] ?? 0))) / capacity;
  };

  /** @param {(row: number) => number} value */
  const append = (value) => {
    const n = curves.length;
    const crowded = n > 1 && (steps[n - 1] ?? 0) - (steps[n - 2] ?? 0) < gap;
    if (!crowded && n === capacity) thin();
    const at = crowded ? n - 1 : curves.length;
    rows.forEach((row, i) => (row[at] = value(i)));
    curves.length = at + 1;
  };

  const curves = {
    run: -1,
    length: 0,
    steps,
    epochs,
    metrics,

    /** @param {Frame} frame */
    add(frame) {
      const last = curves.length > 0 ? (steps[curves.length - 1] ?? 0) : -1;
      if (frame.run !== curves.run || frame.step < last) clear(frame.run);
      else if (frame.step === last) curves.length -= 1;
      const { data, shape } = frame.arrays.metrics;
      const members = shape[1] ?? 1;
      append((row) => [frame.step, frame.epoch][row] ?? data[(row - 2) * members] ?? NaN);
    },

    /** @param {History} history */
    fill({ run, arrays }) {
      clear(run);
      const n = arrays.steps.data.length;
      for (let i = 0; i < n; i++) {
        append((row) => [arrays.steps, arrays.epochs][row]?.data[i]
          ?? arrays.metrics.data[(row - 2) * n + i] ?? NaN);
      }
    },
  };
  return curves;
}
