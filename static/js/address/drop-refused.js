/** What is left of a wish when what was wrong with it is taken away. */

import { MOST_RACERS } from "../draw/markers.js";

/** @import {Problem} from "../base/types.js" */
/** @import {Wanted} from "./run-link.js" */

/**
 * Whether nothing is asked for, so that nothing can be left out of it.
 *
 * @param {Wanted} wanted
 */
export const isBlank = ({ spec, edits, members = [] }) => Object.keys(spec).length + edits.length + members.length === 0;

/**
 * What is wanted without what the problems name, so that the rest can be asked for again.
 *
 * @param {Wanted} wanted
 * @param {Problem[]} problems
 * @returns {Wanted}
 */
export function without(wanted, problems) {
  const { spec, edits, members = [] } = wanted;
  const kept = { ...wanted, spec: structuredClone(spec), edits: [...edits] };
  if (members.length > 0) kept.members = structuredClone(members);
  // From the back, so that taking an entry out of a list does not move the others named.
  const removed = problems.toReversed().filter(({ path }) => removeNamed(kept, path));
  if (removed.length > 0) return kept;
  if (members.length > 0) return { ...wanted, members: [] };
  return edits.length > 0 ? { ...wanted, edits: [] } : { spec: {}, edits: [] };
}

/**
 * @param {Wanted} wanted
 * @param {string} path
 * @returns {boolean} whether there was something to remove
 */
function removeNamed({ spec, edits, members = [] }, path) {
  const [, list = "", place = "", rest = ""] = /^(edits|members)\.(\d+)\.?(.*)$/.exec(path) ?? [];
  if (path === "members") return members.splice(MOST_RACERS).length > 0;
  if (list === "edits") return edits.splice(Number(place), 1).length > 0;
  if (list !== "members") return remove(spec, path.split("."));
  const member = members[Number(place)] ?? {};
  if (!Object.hasOwn(member, rest)) return members.splice(Number(place), 1).length > 0;
  return delete member[rest];
}

/**
 * @param {any} place
 * @param {string[]} path
 * @returns {boolean} whether there was something to remove
 */
function remove(place, [name = "", ...rest]) {
  if (typeof place !== "object" || place === null || !Object.hasOwn(place, name)) return false;
  if (rest.length > 0 && remove(place[name], rest)) return true;
  if (rest.length > 0 && typeof place[name] === "object") return false;
  if (Array.isArray(place)) place.splice(Number(name), 1);
  else delete place[name];
  return true;
}
