/** What the views together want frames to hold: each says its own wish, and a flag is on if any of them wants it. */

/** @import {Wants} from "../base/types.js" */

/**
 * @param {(wants: Wants) => void} changed  called with all wishes together
 * @returns {(owner: string, wishes: Wants) => void}
 */
export function createWants(changed) {
  /** @type {Map<string, Wants>} */
  const wishes = new Map();

  return (owner, wish) => {
    wishes.set(owner, wish);
    /** @type {{[flag: string]: unknown}} */
    const together = {};
    for (const each of wishes.values()) {
      for (const [flag, value] of Object.entries(each)) if (value) together[flag] = value;
    }
    changed(together);
  };
}
