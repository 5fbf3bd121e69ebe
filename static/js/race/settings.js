/** The settings of a race: whole ones from parts, and changes of them. The server is the judge of values. */

import { pathOf, valueAt } from "../settings/knobs.js";
import { MOST_RACERS } from "../draw/markers.js";

/** @import {Catalog, Changes, Problem, Section, Spec} from "../base/types.js" */

/**
 * What to race: no starts and no view stand for the surface's own.
 * @typedef {{surface: Spec, racers: Spec[], starts: [number, number][], steps: number, noise: number, noise_seed: number,
 *   tolerance: number, view: [number, number, number, number] | null, [key: string]: any}} Race
 *
 * @typedef {Catalog & {race: {default: Race, sections: Section[]}}} RaceCatalog
 */

const RACER = /^racers\.\d+/;

/**
 * The section that a path such as "racers.0.optimizer" or "surface" stands for.
 *
 * @param {string} path
 * @param {RaceCatalog} catalog
 */
export function sectionAt(path, { race: { sections } }) {
  const general = path.replace(RACER, "racers.*");
  const section = sections.find((each) => each.path === general && each.family);
  if (!section) throw new Error(`no section of a race stands at ${path}`);
  return section;
}

/**
 * A choice with all of its knobs as they usually are.
 *
 * @param {string} path  where it stands
 * @param {unknown} kind
 * @param {RaceCatalog} catalog
 * @returns {Spec}
 */
export function choice(path, kind, catalog) {
  const section = sectionAt(path, catalog);
  const record = catalog.families[section.family ?? ""]?.find((each) => each.kind === kind);
  const knobs = [...section.knobs, ...(record?.knobs ?? [])];
  return { kind, ...Object.fromEntries(knobs.map(({ name, default: usual }) => [name, usual])) };
}

/**
 * The race with these changes; another kind comes with its own knobs.
 *
 * @param {Race} race
 * @param {Changes} changes  paths and values
 * @param {RaceCatalog} catalog
 * @returns {Race}
 */
export function withChanges(race, changes, catalog) {
  const next = structuredClone(race);
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.split(".");
    const name = parts.pop() ?? "";
    if (name === "kind") {
      const owner = parts.pop() ?? "";
      valueAt({ race: next }, ["race", ...parts].join("."))[owner] = choice(pathOf(parts.join("."), owner), value, catalog);
      if (path === "surface.kind") Object.assign(next, { starts: [], view: null });
    } else valueAt({ race: next }, ["race", ...parts].join("."))[name] = value;
  }
  return next;
}

/**
 * The race with what the problems name as it usually is, so that the rest can be asked for again.
 *
 * @param {Race} race
 * @param {readonly Problem[]} problems
 * @param {RaceCatalog} catalog
 * @returns {Race}
 */
export function repaired(race, problems, catalog) {
  const next = structuredClone(race);
  const usual = catalog.race.default;
  for (const { path } of problems) {
    const [part = "", index, section = "", knob = ""] = path.split(".");
    if (part === "racers" && next.racers[Number(index)]) {
      const racer = /** @type {Spec} */ (next.racers[Number(index)]);
      const kept = choice(`racers.${index}.${section}`, racer[section]?.kind, catalog);
      if (knob in kept && knob !== "kind") racer[section][knob] = kept[knob];
      else racer[section] = structuredClone(usual.racers[0]?.[section]);
    } else if (part === "racers" && next.racers.length > MOST_RACERS) {
      next.racers = next.racers.slice(0, MOST_RACERS);
    } else if (part === "surface") {
      const kept = choice("surface", next.surface.kind, catalog);
      if (index !== undefined && index in kept && index !== "kind") next.surface[index] = kept[index];
      else next.surface = structuredClone(usual.surface);
    } else if (part in usual) next[part] = structuredClone(usual[part]);
  }
  return next;
}
