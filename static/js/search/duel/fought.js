/** What came of duels so far, put together from its parts as they come. */

/** @import {Fought, SearchState, StudyPart} from "../types.js" */

/**
 * @param {StudyPart} part  the first one
 * @param {Pick<SearchState, "search" | "against" | "duels">} asked
 * @returns {Fought}
 */
export function beginFought(part, { search, against, duels }) {
  /** @type {Fought} */
  const fought = {
    asked: { search, against, duels },
    duel: part.duel,
    tally: { first: 0, second: 0, equal: 0 },
    interval: [0, 1],
    tells: false,
    duels: [],
  };
  return withDuels(fought, part);
}

/**
 * @param {Fought} before
 * @param {StudyPart} part
 * @returns {Fought}
 */
export function withDuels(before, { tally, interval, tells, arrays }) {
  const count = arrays.scores?.shape[0] ?? 0;
  const sides = /** @type {const} */ (["first", "second"]).map((name) => sidesOf(name, count, arrays));
  const ended = Array.from({ length: count }, (_, i) => ({
    number: before.duels.length + i,
    scores: /** @type {[number, number]} */ (Array.from(arrays.scores?.data.slice(2 * i, 2 * i + 2) ?? [])),
    sides: sides.map((side) => side[i] ?? { places: [], scores: [], cut: [] }),
  }));
  return { ...before, tally, interval, tells, duels: [...before.duels, ...ended] };
}

/**
 * The trials of one side of each duel; every one has as many.
 *
 * @param {"first" | "second"} name
 * @param {number} count
 * @param {StudyPart["arrays"]} arrays
 */
function sidesOf(name, count, arrays) {
  const [places, scores, cut] = [arrays[`${name}_places`], arrays[`${name}_scores`], arrays[`${name}_cut`]];
  const each = count > 0 ? (scores?.data.length ?? 0) / count : 0;
  const knobs = places?.shape[1] ?? 0;
  return Array.from({ length: count }, (_, i) => ({
    places: Array.from({ length: each }, (_, j) =>
      Array.from(places?.data.slice((i * each + j) * knobs, (i * each + j + 1) * knobs) ?? []),
    ),
    scores: Array.from(scores?.data.slice(i * each, (i + 1) * each) ?? []),
    cut: Array.from(cut?.data.slice(i * each, (i + 1) * each) ?? [], Boolean),
  }));
}

/**
 * By what factor the loser's score is higher, as a logarithm: below 0 where the first side won, 0 where none did.
 *
 * @param {readonly [number, number]} scores
 */
export function leadOf([first, second]) {
  if (first === second) return 0;
  if (!Number.isFinite(first) || second <= 0) return first > second ? Infinity : -Infinity;
  return !Number.isFinite(second) || first <= 0 ? -Infinity : Math.log(first / second);
}
