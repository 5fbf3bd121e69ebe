/** A value that can be taken back and done again. */

/** Older versions than these are forgotten. */
const MOST = 200;

/**
 * @template T
 * @param {T} first
 */
export function createVersions(first) {
  let now = first;
  /** @type {T[]} */
  let before = [];
  /** @type {T[]} */
  let after = [];
  /** @type {string | undefined} */
  let lastTag;

  return {
    get now() {
      return now;
    },
    get canUndo() {
      return before.length > 0;
    },
    get canRedo() {
      return after.length > 0;
    },

    /**
     * @param {T} value
     * @param {string} [tag]  changes in a row with the same tag are one
     */
    commit(value, tag) {
      if (value === now) return;
      if (tag === undefined || tag !== lastTag) before = [...before, now].slice(-MOST);
      now = value;
      after = [];
      lastTag = tag;
    },
    undo() {
      const last = before.at(-1);
      if (last === undefined) return;
      after = [...after, now];
      before = before.slice(0, -1);
      now = last;
      lastTag = undefined;
    },
    redo() {
      const next = after.at(-1);
      if (next === undefined) return;
      before = [...before, now];
      after = after.slice(0, -1);
      now = next;
      lastTag = undefined;
    },
  };
}
