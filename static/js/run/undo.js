/** What something has been, to go back to and forth again: a list of that and a place in it. */

/** @import {Changes, Spec} from "../base/types.js" */

const MOST = 100;

/** @template [T=Spec] */
export function createUndo() {
  /** @type {T[]} */
  let list = [];
  let at = -1;

  return {
    get now() {
      return list[at] ?? null;
    },
    /** What undo leads to. */
    get before() {
      return list[at - 1] ?? null;
    },
    /** What redo leads to. */
    get after() {
      return list[at + 1] ?? null;
    },

    /**
     * Takes in what there is now. Where undo or redo led there, that is a step in the list; otherwise it is a new entry.
     *
     * @param {T} value
     */
    see(value) {
      if (same(value, list[at])) return;
      if (same(value, list[at - 1])) at -= 1;
      else if (same(value, list[at + 1])) at += 1;
      else this.add(value);
    },

    /**
     * What could have been done again is forgotten.
     *
     * @param {T} value
     */
    add(value) {
      list = [...list.slice(0, at + 1), value].slice(-MOST);
      at = list.length - 1;
    },

    /** @param {-1 | 1} by  to what is before, or to what is after */
    move(by) {
      at = Math.min(list.length - 1, Math.max(0, at + by));
    },

    /**
     * What there is now has become something else without a change that could be undone.
     *
     * @param {T} value
     */
    replace(value) {
      if (at >= 0) list[at] = value;
      else this.add(value);
    },
  };
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
const same = (a, b) => a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b);

/**
 * The fewest settings that make one spec of another, as `set` takes them.
 *
 * @param {Spec} from
 * @param {Spec} to
 * @returns {Changes}
 */
export function changesBetween(from, to) {
  /** @type {Changes} */
  const changes = {};
  for (const [name, value] of Object.entries(to)) {
    if (JSON.stringify(from[name]) === JSON.stringify(value)) continue;
    if (name === "layers" && from.layers?.length === value.length) {
      value.forEach((/** @type {Spec} */ layer, /** @type {number} */ i) =>
        addPart(changes, `layers.${i}`, from.layers[i], layer),
      );
    } else {
      addPart(changes, name, from[name], value);
    }
  }
  return changes;
}

/**
 * @param {Changes} changes
 * @param {string} path
 * @param {any} from
 * @param {any} to
 */
function addPart(changes, path, from, to) {
  const isObject = typeof to === "object" && to !== null && !Array.isArray(to) && typeof from === "object";
  if (!isObject) {
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[path] = to;
    return;
  }
  // Another kind brings knobs of its own: all of them are said.
  const all = to.kind !== from.kind;
  for (const [name, value] of Object.entries(to)) {
    if (all && typeof value !== "object") changes[`${path}.${name}`] = value;
    else addPart(changes, `${path}.${name}`, from[name], value);
  }
}
