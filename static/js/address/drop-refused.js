/** What is left of a wish when what was wrong with it is taken away. */

import { removeAt } from "../settings/paths.js";

/** @import {Catalog, Problem} from "../base/types.js" */
/** @import {Wanted} from "./run-link.js" */

/**
 * Whether nothing is asked for, so that nothing can be left out of it.
 *
 * @param {Wanted} wanted
 */
export const isBlank = ({ spec, edits, members = [] }) =>
  Object.keys(spec).length + edits.length + members.length === 0;

/**
 * What is wanted without what the problems name, so that the rest can be asked for again.
 *
 * @param {Wanted} wanted
 * @param {Problem[]} problems
 * @param {Catalog} catalog
 * @returns {Wanted}
 */
export function without(wanted, problems, { limits }) {
  const { spec, edits, members = [] } = wanted;
  const kept = { ...wanted, spec: structuredClone(spec), edits: [...edits] };
  if (members.length > 0) kept.members = structuredClone(members);
  // From the back, so that taking an entry out of a list does not move the others named.
  const removed = problems.toReversed().filter(({ path }) => removeNamed(kept, path, limits.members));
  if (removed.length > 0) return kept;
  if (members.length > 0) return { ...wanted, members: [] };
  return edits.length > 0 ? { ...wanted, edits: [] } : { spec: {}, edits: [] };
}

/**
 * @param {Wanted} wanted
 * @param {string} path
 * @param {number} most  as many networks as a run may have
 * @returns {boolean} whether there was something to remove
 */
function removeNamed({ spec, edits, members = [] }, path, most) {
  const [, list = "", place = "", rest = ""] = /^(edits|members)\.(\d+)\.?(.*)$/.exec(path) ?? [];
  if (path === "members") return members.splice(most).length > 0;
  if (list === "edits") return edits.splice(Number(place), 1).length > 0;
  if (list !== "members") return removeAt(spec, path.split("."));
  const member = members[Number(place)] ?? {};
  if (!Object.hasOwn(member, rest)) return members.splice(Number(place), 1).length > 0;
  return delete member[rest];
}
