/** What the settings have been, to go back to and forth again: a list of them and a place in it. */

/** @import {Changes, Spec} from "../types.js" */

const MOST = 100;

export function createUndo() {
  /** @type {Spec[]} */
  let specs = [];
  let at = -1;

  return {
    get now() {
      return specs[at] ?? null;
    },
    /** What undo leads to. */
    get before() {
      return specs[at - 1] ?? null;
    },
    /** What redo leads to. */
    get after() {
      return specs[at + 1] ?? null;
    },

    /**
     * Takes in what the settings are now. Where undo or redo led there, that is a step in the list; otherwise it
     * is a new entry, and what could have been done again is forgotten.
     *
     * @param {Spec} spec
     */
    see(spec) {
      if (same(spec, specs[at])) return;
      if (same(spec, specs[at - 1])) at -= 1;
      else if (same(spec, specs[at + 1])) at += 1;
      else {
        specs = [...specs.slice(0, at + 1), spec].slice(-MOST);
        at = specs.length - 1;
      }
    },

    /**
     * Travelling in the time of a run changes settings too, and is no change to undo.
     *
     * @param {Spec} spec
     */
    replace(spec) {
      if (at >= 0) specs[at] = spec;
      else this.see(spec);
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
      value.forEach((/** @type {Spec} */ layer, /** @type {number} */ i) => addPart(changes, `layers.${i}`, from.layers[i], layer));
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
