/** Who is drawn: every racer that is not hidden, at each of its starts; the chosen one last, on top of the others. */

/** @import {Runner} from "./map/paths.js" */
/** @import {Track} from "./record.js" */
/** @import {Race} from "./settings.js" */
/** @import {Catalog} from "../base/types.js" */

/**
 * @param {Track} track
 * @param {{looks: number[], hidden: number[], chosen: number, start: number}} state
 * @returns {Runner[]}
 */
export function runnersOf({ starts, race }, { looks, hidden, chosen, start }) {
  const shownStart = Math.min(start, starts - 1);
  const runners = race.racers.flatMap((/** @type {unknown} */ _, /** @type {number} */ racer) =>
    hidden.includes(racer)
      ? []
      : Array.from({ length: starts }, (_unused, index) => ({
          member: racer * starts + index,
          look: looks[racer] ?? racer,
          chosen: racer === chosen && index === shownStart,
          faint: index !== shownStart,
        })),
  );
  const rank = (/** @type {Runner} */ runner) => (runner.chosen ? 2 : runner.faint ? 0 : 1);
  return runners.sort((/** @type {Runner} */ a, /** @type {Runner} */ b) => rank(a) - rank(b));
}

/**
 * Where the racers start: as the settings say, else where the surface has its own start.
 *
 * @param {Race} race
 * @param {Catalog} catalog
 * @returns {[number, number][]}
 */
export function startsOf({ starts, surface }, { families }) {
  if (starts.length > 0) return starts;
  const record = families.surfaces?.find(({ kind }) => kind === surface.kind);
  return record?.start ? [record.start] : [];
}
