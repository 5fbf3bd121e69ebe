/**
 * The last runs of this browser, in its local storage: enough of each to list it, to draw it beside another,
 * and to train it again. Where storage is full or forbidden they last until the page is closed.
 */

/** @import {Curves} from "../base/types.js" */

const KEY = "runs";
const MOST = 10;

/**
 * @typedef {object} SavedCurves
 * @property {number[]} steps
 * @property {number[]} epochs
 * @property {(number | null)[][]} metrics  in the order of the catalogue's `metrics`; null where there is none
 *
 * @typedef {object} SavedRun
 * @property {string} id
 * @property {string} title  the data and the network
 * @property {string} detail  how it learned
 * @property {string} link  spec and edits, as in the address
 * @property {number} step
 * @property {number} epoch
 * @property {(number | null)[]} result  in the order of the catalogue's `metrics`
 * @property {string} picture  the output map, a data URL
 * @property {SavedCurves} curves
 * @property {boolean} pinned
 */

/** @param {Pick<Storage, "getItem" | "setItem"> | null} storage  null where the browser has none */
export function createRunList(storage) {
  let runs = read(storage);
  /** @type {Set<(runs: readonly SavedRun[]) => void>} */
  const listeners = new Set();

  /** @param {SavedRun[]} next  the newest first */
  const keep = (next) => {
    runs = limited(next);
    write(storage, runs);
    for (const listener of listeners) listener(runs);
  };

  return {
    /** @returns {readonly SavedRun[]} the newest first */
    all: () => runs,

    /** @returns {SavedRun | null} */
    pinned: () => runs.find(({ pinned }) => pinned) ?? null,

    /**
     * Puts a run in front, in place of what was known of it.
     *
     * @param {Omit<SavedRun, "pinned">} run
     */
    save(run) {
      const known = runs.find(({ id }) => id === run.id);
      keep([{ ...run, pinned: known?.pinned ?? false }, ...runs.filter(({ id }) => id !== run.id)]);
    },

    /** @param {string} id */
    remove: (id) => keep(runs.filter((run) => run.id !== id)),

    /** @param {string | null} id  the one to compare with; null for none */
    pin: (id) => keep(runs.map((run) => ({ ...run, pinned: run.id === id }))),

    /** Reads again what another tab may have written. */
    reload() {
      runs = read(storage);
      for (const listener of listeners) listener(runs);
    },

    /** @param {(runs: readonly SavedRun[]) => void} listener  called now and after every change */
    subscribe(listener) {
      listeners.add(listener);
      listener(runs);
    },
  };
}

/**
 * The newest, and the pinned one however old it is.
 *
 * @param {SavedRun[]} runs
 */
function limited(runs) {
  const oldest = runs.slice(MOST - 1).find(({ pinned }) => pinned);
  return oldest ? [...runs.slice(0, MOST - 1), oldest] : runs.slice(0, MOST);
}

/**
 * @param {Pick<Storage, "getItem"> | null} storage
 * @returns {SavedRun[]} nothing where what is stored is not a list of runs
 */
function read(storage) {
  try {
    const stored = JSON.parse(storage?.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isRun) : [];
  } catch {
    return []; // Another program's, or cut off: there is nothing to show of it.
  }
}

/** @param {any} run */
function isRun(run) {
  const texts = ["id", "title", "detail", "link", "picture"];
  return (
    texts.every((key) => typeof run?.[key] === "string")
    && Number.isFinite(run.step)
    && Number.isFinite(run.epoch)
    && Array.isArray(run.result)
    && Array.isArray(run.curves?.metrics)
  );
}

/**
 * Where there is no room the oldest runs go, until there is.
 *
 * @param {Pick<Storage, "setItem"> | null} storage
 * @param {SavedRun[]} runs
 */
function write(storage, runs) {
  for (let count = runs.length; count >= 0; count--) {
    try {
      storage?.setItem(KEY, JSON.stringify(runs.slice(0, count)));
      return;
    } catch {
      // One fewer, then.
    }
  }
}

/**
 * The curves of a saved run, as those of the current one are.
 *
 * @param {SavedRun} run
 * @returns {Curves}
 */
export function savedRun({ curves: { steps, epochs, metrics } }) {
  const numbers = (/** @type {(number | null)[]} */ values) => Float64Array.from(values, (value) => value ?? NaN);
  return {
    run: -1,
    length: steps.length,
    steps: numbers(steps),
    epochs: numbers(epochs),
    metrics: metrics.map(numbers),
    learningRates: new Float64Array(steps.length).fill(NaN),
  };
}

/**
 * A curve with at most `most` points, the last one always among them.
 *
 * @param {{length: number, steps: ArrayLike<number>, epochs: ArrayLike<number>, metrics: ArrayLike<number>[]}} curves
 * @param {number} [most]
 * @returns {SavedCurves}
 */
export function thinned({ length, steps, epochs, metrics }, most = 150) {
  const count = Math.min(length, most);
  const picked = Array.from({ length: count }, (_, i) => Math.round(((i + 1) / count) * length) - 1);
  const of = (/** @type {ArrayLike<number>} */ values) => picked.map((index) => values[index] ?? NaN);
  return {
    steps: of(steps),
    epochs: of(epochs).map((value) => Number(value.toPrecision(6))),
    metrics: metrics.map((values) => of(values).map(orNull)),
  };
}

/**
 * JSON has no NaN; six digits are more than anyone reads off a curve.
 *
 * @param {number} value
 */
export const orNull = (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);
