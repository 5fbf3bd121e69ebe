/** What a link for class has the page show: whether a part of it may be used. */

/** @import {Classroom} from "./types.js" */

/** Nothing is withheld. @type {Classroom} */
export const OPEN = { title: "", text: "", hide: [], lock: [], speed: "", revealable: true, revealed: false };

/**
 * Whether a part of the page is neither hidden nor locked.
 *
 * @param {Classroom} classroom
 * @param {string} name
 */
export const isFree = ({ hide, lock, revealed }, name) => revealed || !(hide.includes(name) || lock.includes(name));

/**
 * Whether a part of the page is not there.
 *
 * @param {Classroom} classroom
 * @param {string} name
 */
export const isHidden = ({ hide, revealed }, name) => !revealed && hide.includes(name);
