/** What the map of two knobs shows: where each trial lies, how good it is, and what stands along its sides. */

import { axisOf, scaleOf } from "../axis.js";
import { inBand } from "../found.js";
import { guessedKnob } from "../guess/guess.js";
import { spreadOf } from "../scale.js";
import { isList } from "../space.js";

/** @import {Band, Found, Search, SearchCatalog, Trial} from "../types.js" */
/** @import {Axis} from "../axis.js" */

/**
 * A trial on the map. `across` and `up` are from 0 to 1; `rank` is 0 for the best, `share` its rank as a share, 1 for the
 * worst; `size` is 1, or less where there are many; `fan` is how far in pixels it stands aside, where several have one
 * place; `alike` says that starts alone cannot tell it from the best.
 * @typedef {{trial: Trial, across: number, up: number, rank: number, share: number, size: number, fan: number,
 *   alike: boolean}} Dot
 *
 * `values` says how many different values of the knob were tried, `range` where on this side the range lies that was
 * asked for: a search may go beyond it.
 * @typedef {Axis & {values: number, range: [from: number, to: number], isList: boolean}} Side
 * @typedef {{dots: Dot[], across: Side, up: Side, scores: [number, number] | null,
 *   guess: {side: "across" | "up", at: number} | null}} Scene
 */

/** Trials at one place stand so far from each other, but together no wider than twice the second. */
const FAN = 7;
const WIDEST = 10;
/** So many dots have room as they are; of more each takes less, so that together they cover no more, down to the second. */
const ROOMY = 150;
const SMALLEST = 0.4;

/**
 * @param {Found | null} found
 * @param {Search} search  what will be searched, where nothing has been
 * @param {[number, number]} axes
 * @param {SearchCatalog} catalog
 * @param {Band | null} [band]
 * @param {number | null} [guess]  where the best is thought to lie
 * @returns {Scene}
 */
export function sceneOf(found, search, axes, catalog, band = null, guess = null) {
  const { knobs } = found?.search ?? search;
  const trials = found?.trials ?? [];
  const ranks = new Map((found?.ranking ?? []).map(({ number }, rank) => [number, rank]));
  const last = Math.max(1, ranks.size - 1);
  const [across, up] = axes.map((index) => {
    const places = trials.map(({ place }) => place[index] ?? 0.5);
    const reach = /** @type {[number, number]} */ ([Math.min(0, ...places), Math.max(1, ...places)]);
    const knob = knobs[index];
    const values = new Set(trials.map(({ changes }) => changes[knob?.path ?? ""])).size;
    return { places, reach, side: side(axisOf(knob, catalog, reach), reach, values, !knob || isList(knob)) };
  });
  const same = new Set(found && band ? inBand(found, band) : []);
  if (!across || !up) throw new Error("a map has two axes");
  const size = Math.max(SMALLEST, Math.min(1, Math.sqrt(ROOMY / trials.length)));
  const dots = trials.map((trial, i) => {
    const rank = ranks.get(trial.number) ?? ranks.size;
    return {
      trial,
      across: within(across.reach, across.places[i] ?? 0.5),
      up: within(up.reach, up.places[i] ?? 0.5),
      rank,
      share: Math.min(1, rank / last),
      size,
      fan: 0,
      alike: same.has(trial.number),
    };
  });
  const flag = flagOf(knobs, axes, guess, [across.reach, up.reach], catalog);
  return { dots: fanned(dots), across: across.side, up: up.side, scores: scoresOf(trials), guess: flag };
}

/**
 * On which side of the map a guess lies, and where from 0 to 1; null where the map does not show it.
 *
 * @param {Search["knobs"]} knobs
 * @param {[number, number]} axes
 * @param {number | null} guess
 * @param {[number, number][]} reaches
 * @param {SearchCatalog} catalog
 * @returns {Scene["guess"]}
 */
function flagOf(knobs, axes, guess, reaches, catalog) {
  const knob = guessedKnob({ knobs });
  const which = axes.findIndex((axis) => knob !== null && knobs[axis] === knob);
  const scale = knob && scaleOf(knob, catalog);
  const reach = reaches[which];
  if (guess === null || !scale || !reach) return null;
  const at = within(reach, scale.place(guess));
  return at >= 0 && at <= 1 ? { side: which === 0 ? "across" : "up", at } : null;
}

/**
 * @param {readonly [number, number]} reach
 * @param {number} place
 */
const within = ([low, high], place) => (place - low) / (high - low);

/**
 * @param {Axis} axis
 * @param {readonly [number, number]} reach
 * @param {number} values
 * @param {boolean} isList
 * @returns {Side}
 */
const side = ({ title, ticks }, reach, values, isList) => ({
  title,
  ticks: ticks.map(([place, text]) => [within(reach, place), text]),
  values,
  range: /** @type {[number, number]} */ ([within(reach, 0), within(reach, 1)]),
  isList,
});

/** The best is drawn last. @param {Dot[]} dots */
function fanned(dots) {
  /** @type {Map<string, Dot[]>} */
  const places = new Map();
  for (const dot of dots) {
    const key = `${dot.across.toFixed(4)} ${dot.up.toFixed(4)}`;
    places.set(key, [...(places.get(key) ?? []), dot]);
  }
  for (const here of places.values()) {
    const gap = Math.min(FAN, (2 * WIDEST) / Math.max(1, here.length - 1));
    here.forEach((dot, i) => {
      dot.fan = (i - (here.length - 1) / 2) * gap;
    });
  }
  return dots.toSorted((a, b) => b.rank - a.rank);
}

/** Between which scores the margins reach; null where all are alike. @param {Trial[]} trials @returns {[number, number] | null} */
function scoresOf(trials) {
  const spread = spreadOf(trials.map(({ median }) => median));
  return spread && spread[1] > spread[0] ? spread : null;
}

/**
 * The dot nearest to a place of the plot, in pixels from its top left.
 *
 * @param {Scene} scene
 * @param {{width: number, height: number}} plot
 * @param {number} x
 * @param {number} y
 * @param {number} reach  no farther than this
 * @returns {Dot | null}
 */
export function nearest({ dots }, { width, height }, x, y, reach) {
  const far = (/** @type {Dot} */ { across, up, fan }) => Math.hypot(across * width + fan - x, (1 - up) * height - y);
  const best = dots.toSorted((a, b) => far(a) - far(b) || a.rank - b.rank)[0];
  return best && far(best) <= reach ? best : null;
}
