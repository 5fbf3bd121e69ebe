/** What streams in: the newest frame, the scene of the run, and the curves so far. */

/** @import {Curves, Frame, Frames, History} from "../base/types.js" */

/** Past this many points a curve is thinned to half: no screen shows more. */
const CAPACITY = 2048;

/**
 * @param {readonly string[]} names  what stands in a row of a frame's `metrics`, as the catalogue says
 * @param {number} [capacity]
 * @returns {Frames}
 */
export function createFrames(names, capacity = CAPACITY) {
  const curves = createCurves(names, capacity, 0);
  const members = [curves];
  /** @param {number} count */
  const provide = (count) => {
    members.length = Math.min(members.length, Math.max(1, count));
    while (members.length < count) members.push(createCurves(names, capacity, members.length));
  };
  /** @type {Set<() => void>} */
  const listeners = new Set();

  /** @type {Frames} */
  const frames = {
    latest: null,
    scene: null,
    curves,
    members,

    receive(message) {
      if (message.type === "frame") {
        frames.latest = message;
        provide(message.arrays.metrics.shape[1] ?? 1);
        for (const each of members) each.add(message);
      } else if (message.type === "history") {
        provide(message.arrays.member_metrics?.shape[0] ?? 1);
        for (const each of members) each.fill(message);
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
 * Curves of one member of a run. The last point is always the newest frame; those before it are at least
 * `gap` steps apart, and the gap grows with the run.
 * @param {readonly string[]} names
 * @param {number} capacity
 * @param {number} member
 * @returns {Curves & {add: (frame: Frame) => void, fill: (history: History) => void}}
 */
function createCurves(names, capacity, member) {
  const steps = new Float64Array(capacity);
  const epochs = new Float64Array(capacity);
  const metrics = names.map(() => new Float64Array(capacity));
  const learningRates = new Float64Array(capacity);
  const rows = [steps, epochs, ...metrics, learningRates];
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

  /** @param {number[]} values  one for each row */
  const append = (values) => {
    const n = curves.length;
    const crowded = n > 1 && (steps[n - 1] ?? 0) - (steps[n - 2] ?? 0) < gap;
    if (!crowded && n === capacity) thin();
    const at = crowded ? n - 1 : curves.length;
    rows.forEach((row, i) => (row[at] = values[i] ?? NaN));
    curves.length = at + 1;
  };

  const curves = {
    run: -1,
    length: 0,
    steps,
    epochs,
    metrics,
    learningRates,

    /**
     * A frame from before the last point shows a part of the run that is known already.
     *
     * @param {Frame} frame
     */
    add(frame) {
      if (frame.run !== curves.run) clear(frame.run);
      const last = curves.length > 0 ? (steps[curves.length - 1] ?? 0) : -1;
      if (frame.step < last) return;
      if (frame.step === last) curves.length -= 1;
      const { data, shape } = frame.arrays.metrics;
      const members = shape[1] ?? 1;
      const values = names.map((_, row) => data[row * members + member] ?? NaN);
      append([frame.step, frame.epoch, ...values, frame.learning_rate ?? NaN]);
    },

    /**
     * What the server knows of the run, in place of what was known here.
     *
     * @param {History} history
     */
    fill({ run, arrays }) {
      clear(run);
      const n = arrays.steps.data.length;
      const { data } = arrays.member_metrics ?? arrays.metrics;
      const first = arrays.member_metrics ? member * names.length : 0;
      for (let i = 0; i < n; i++) {
        const values = names.map((_, row) => data[(first + row) * n + i] ?? NaN);
        const [step, epoch, rate] = [arrays.steps, arrays.epochs, arrays.learning_rates].map(
          ({ data }) => data[i] ?? NaN,
        );
        append([step ?? NaN, epoch ?? NaN, ...values, rate ?? NaN]);
      }
    },
  };
  return curves;
}
