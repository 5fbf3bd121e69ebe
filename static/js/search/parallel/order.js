/** In which order axes stand and which are turned round, as a person has arranged them. */

/** @import {Arrangement} from "../types.js" */

/**
 * The keys in a person's order, where that is of these and no others; else in their own.
 *
 * @param {readonly string[]} keys
 * @param {readonly string[]} order
 * @returns {readonly string[]}
 */
export const arranged = (keys, order) =>
  order.length === keys.length && keys.every((key) => order.includes(key)) ? order : keys;

/**
 * @param {readonly string[]} keys
 * @param {string} key
 * @param {number} to  its next place, beyond the ends the last there
 * @returns {string[]}
 */
export function movedTo(keys, key, to) {
  const others = keys.filter((each) => each !== key);
  return others.toSpliced(Math.min(others.length, Math.max(0, to)), 0, key);
}

/**
 * @param {Arrangement} arrangement
 * @param {string} key
 * @returns {Arrangement}
 */
export const turned = ({ order, inverted }, key) => ({
  order,
  inverted: inverted.includes(key) ? inverted.filter((each) => each !== key) : [...inverted, key],
});
