/** What the page knows about settings: one object, replaced on every change. */

import { OPEN } from "./classroom.js";

/** @import {Store, State} from "./types.js" */

/** @type {State} */
export const INITIAL = {
  connection: "connecting",
  session: null,
  light: false,
  run: 0,
  phase: "paused",
  speed: "rising",
  spec: {},
  startSpec: {},
  specs: [],
  startSpecs: [],
  edits: [],
  layout: [],
  units: [],
  parameters: 0,
  stepsPerEpoch: 1,
  failure: null,
  failures: [],
  members: [],
  stop: null,
  stops: [],
  reached: 0,
  step: 0,
  inPast: false,
  goal: null,
  planned: 0,
  findings: [],
  problems: [],
  notice: null,
  trouble: null,
  refusal: null,
  theme: "light",
  showTest: false,
  discretize: false,
  training: false,
  marking: true,
  wants: {},
  locks: { weights: false, data: true, batches: true },
  inspected: null,
  followed: null,
  tracing: null,
  lit: null,
  pointed: null,
  picks: null,
  pair: null,
  sharpness: false,
  lesson: null,
  browsing: false,
  pinned: [],
  editingOwnData: false,
  member: 0,
  classroom: OPEN,
  projecting: false,
  dragging: false,
  enlarged: null,
  landscape: {
    axes: "pca",
    seed: 1,
    names: [],
    networks: [],
    half: "train",
    penalty: false,
    size: 51,
    shown: "map",
    follow: true,
  },
  insight: null,
  columns: [],
};

/**
 * @template {object} [S=State]
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<(state: S, previous: S) => void>} */
  const listeners = new Set();

  return {
    get: () => state,

    set(patch) {
      const previous = state;
      const next = merge(previous, patch);
      if (next === previous) return;
      state = next;
      for (const listener of [...listeners]) listener(next, previous);
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Calls `listener` now, and again whenever one of `keys` has changed.
 * @template {object} [S=State]
 * @param {Store<S>} store
 * @param {(keyof S)[]} keys
 * @param {(state: Readonly<S>) => void} listener
 * @returns {() => void} stops watching
 */
export function watch(store, keys, listener) {
  listener(store.get());
  return store.subscribe((state, previous) => {
    if (keys.some((key) => state[key] !== previous[key])) listener(state);
  });
}

/**
 * The state with the patch applied; the same object when that changes nothing, and the same
 * parts wherever a part has the same contents, so that `===` says whether something changed.
 * @template {object} S
 * @param {S} state
 * @param {Partial<S>} patch
 * @returns {S}
 */
function merge(state, patch) {
  /** @type {any} */
  const next = { ...state };
  let changed = false;
  for (const [key, value] of Object.entries(patch)) {
    if (same(next[key], value)) continue;
    next[key] = value;
    changed = true;
  }
  return changed ? next : state;
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  return Object.is(a, b) || (isObject(a) && isObject(b) && JSON.stringify(a) === JSON.stringify(b));
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null;
}
