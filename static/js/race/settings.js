/** The settings of a race: what they are, and what is left of them without what was refused. */

import { defaultsAt, removeAt } from "../settings/paths.js";

/** @import {Catalog, Problem, Section, Spec} from "../base/types.js" */

/**
 * What to race: no starts and no view stand for the surface's own.
 * @typedef {{surface: Spec, racers: Spec[], starts: [number, number][], steps: number, noise: number, noise_seed: number,
 *   tolerance: number, view: [number, number, number, number] | null, [key: string]: any}} Race
 *
 * @typedef {Catalog & {race: {default: Race, sections: Section[]}}} RaceCatalog
 */

/**
 * A choice with all of its knobs as they usually are, as a link means that names the kind alone.
 *
 * @param {string} path  where it stands
 * @param {unknown} kind
 * @param {RaceCatalog} catalog
 * @returns {Spec}
 */
export function choice(path, kind, catalog) {
  return { kind, ...defaultsAt(path, kind, catalog, catalog.race.sections) };
}

/**
 * The race without what the problems name: the server makes that usual where the rest is asked for again.
 *
 * @param {Race} race
 * @param {readonly Problem[]} problems
 * @param {RaceCatalog} catalog
 * @returns {Race}
 */
export function without(race, problems, { limits }) {
  const kept = structuredClone(race);
  // From the back, so that taking an entry out of a list does not move the others named.
  for (const { path } of problems.toReversed()) {
    if (path === "racers" && kept.racers.length > limits.racers) kept.racers.splice(limits.racers);
    else removeAt(kept, path.split("."));
  }
  return kept;
}
