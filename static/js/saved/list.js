/**
 * The last runs of this browser, in its local storage: enough of each to list it, to draw it beside another,
 * and to train it again. Where storage is full or forbidden they last until the page is closed.
 */

/** @import {Curves} from "../base/types.js" */

const KEY = "runs";
const MOST = 10;

/** So many are compared with the current run. */
export const MOST_PINNED = 4;
const LETTERS = "ABCD";

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
 * @property {string} link  its recipe, as in the address
 * @property {number} step
 * @property {number} epoch
 * @property {(number | null)[]} result  in the order of the catalogue's `metrics`
 * @property {string} picture  the output map, a data URL
 * @property {boolean} [training]  whether the picture is of the network as in training
 * @property {SavedCurves} curves
 * @property {boolean} pinned
 * @property {number} slot  its place and its colour among those that are pinned
 * @property {string} name  what it is called there
 *
 * @typedef {Omit<SavedRun, "pinned" | "slot" | "name">} RunRecord  a run before anybody pins it
 */

/** @typedef {ReturnType<typeof createRunList>} RunList */

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
    /** Whether the browser keeps them for the next time. */
    isKept: storage !== null,

    /** @returns {readonly SavedRun[]} the newest first */
    all: () => runs,

    /** @returns {SavedRun[]} by their places */
    pinned: () => pinnedOf(runs),

    /**
     * Puts a run in front, in place of what was known of it.
     *
     * @param {RunRecord} run
     */
    save(run) {
      const { pinned, slot, name } = runs.find(({ id }) => id === run.id) ?? UNPINNED;
      keep([{ ...run, pinned, slot, name }, ...runs.filter(({ id }) => id !== run.id)]);
    },

    /** @param {string} id */
    remove: (id) => keep(runs.filter((run) => run.id !== id)),

    /**
     * Compares the current run with this one too, where there is a place for it.
     *
     * @param {string} id
     */
    pin(id) {
      const taken = pinnedOf(runs).map(({ slot }) => slot);
      const slot = Array.from(LETTERS, (_, index) => index).find((index) => !taken.includes(index));
      if (slot === undefined) return;
      keep(runs.map((run) => (run.id === id ? { ...run, pinned: true, slot, name: LETTERS[slot] ?? "" } : run)));
    },

    /** @param {string} id */
    unpin: (id) => keep(runs.map((run) => (run.id === id ? { ...run, ...UNPINNED } : run))),

    /**
     * @param {string} id
     * @param {string} name  where it is empty, the letter of its place
     */
    rename: (id, name) =>
      keep(runs.map((run) => (run.id === id ? { ...run, name: name.trim() || (LETTERS[run.slot] ?? "") } : run))),

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

const UNPINNED = { pinned: false, slot: 0, name: "" };

/** @param {readonly SavedRun[]} runs */
const pinnedOf = (runs) => runs.filter(({ pinned }) => pinned).sort((a, b) => a.slot - b.slot);

/**
 * The newest, and those that are pinned however old they are.
 *
 * @param {SavedRun[]} runs
 */
function limited(runs) {
  let room = MOST - pinnedOf(runs).length;
  return runs.filter(({ pinned }) => pinned || room-- > 0);
}

/**
 * @param {Pick<Storage, "getItem"> | null} storage
 * @returns {SavedRun[]} nothing where what is stored is not a list of runs
 */
function read(storage) {
  try {
    const stored = JSON.parse(storage?.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isRun).map(withPlace) : [];
  } catch {
    return []; // Another program's, or cut off: there is nothing to show of it.
  }
}

/**
 * What was pinned when there was one place for it has the first.
 *
 * @param {RunRecord & Partial<SavedRun>} run
 * @returns {SavedRun}
 */
const withPlace = (run) => ({ ...UNPINNED, ...(run.pinned && { name: LETTERS.slice(0, 1) }), ...run });

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

/**
 * What this browser keeps for the next time.
 *
 * @returns {Storage | null}
 */
export function browserStorage() {
  try {
    return localStorage;
  } catch {
    return null; // Forbidden by the browser's settings; the runs then last as long as the page.
  }
}
