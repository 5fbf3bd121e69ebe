/**
 * Has the server compute what the page shows, in time with the settings: the race and its ground, and what is looked at
 * besides. A race that is refused leaves the last good one.
 */

import { without } from "./settings.js";
import { createTrack } from "./record.js";
import { joinUpdates } from "./numbers/worked-update.js";
import { watch } from "../base/store.js";

/** @import {Connection} from "../wire/connection.js" */
/** @import {Player, Problem, Race, RaceCatalog, RaceStore, Results, StudyPart, Track} from "./types.js" */

/** While a race is on its way a newer one waits so many milliseconds, so that a dragged start shows some of them. */
const PATIENCE = 250;

/** Sides of maps, in points. */
const GRID = { surface: 160, basins: 64, rates: 32 };

/** What is asked for beside the race, where it is looked at. */
const BESIDE = /** @type {const} */ (["surface", "arithmetic", "curvature", "basins", "rates"]);

/**
 * @param {object} context
 * @param {RaceStore} context.store
 * @param {Connection} context.connection
 * @param {Results} context.results
 * @param {Player} context.player
 * @param {RaceCatalog} context.catalog
 * @param {() => void} context.changed  there is something new to draw
 */
export function createStudies({ store, connection, results, player, catalog, changed }) {
  /** @type {Race | null} the last that the server took */
  let good = null;
  /** @type {Race | null} the one that is on its way */
  let asked = null;
  /** @type {{of: Race, race: Race} | null} what is asked for in place of one that was refused, while none is good */
  let left = null;
  let since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const askSoon = () => {
    clearTimeout(timer);
    const wait = asked ? since + PATIENCE - performance.now() : 0;
    if (wait > 0) timer = setTimeout(askSoon, wait);
    else void ask();
  };

  const ask = async () => {
    const { race: shown } = store.get();
    let race = left?.of === shown ? left.race : shown;
    if (race === asked || (race === good && results.track?.complete)) return;
    [asked, since] = [race, performance.now()];
    /** @type {Track | null} */
    let track = null;
    const { ok, code, problems, message } = await connection.study({ kind: "race", race }, (part) => {
      if (asked !== race) return;
      // The server fills in what a race leaves out, such as what an older page did not know.
      if (!track && store.get().race === shown && JSON.stringify(part.race) !== JSON.stringify(shown)) {
        asked = race = part.race;
        store.set({ race });
      }
      track ??= createTrack(part, race);
      track.add(part);
      show(track);
    });
    if (asked !== race) return;
    asked = null;
    if (ok) good = race;
    else if (code !== "lost" && code !== "superseded") refuse({ asked: race, shown }, problems, message);
    if (ok && store.get().race === race) besideAll();
    else if (code !== "lost") askSoon();
  };

  /**
   * A new race takes the place of the shown one when it has come as far.
   *
   * @param {Track} track
   */
  const show = (track) => {
    if (track !== results.track && !track.complete && track.last < player.step) return;
    results.track = track;
    player.know(track.last, track.complete);
    if (store.get().run === 0) store.set({ run: 1 });
    changed();
  };

  /**
   * @param {{asked: Race, shown: Race}} races  what was asked for stands for what the page shows
   * @param {Problem[]} found
   * @param {string} message
   */
  const refuse = (races, found, message) => {
    const { race: current, problems: known } = store.get();
    const problems = found.map((problem) => ({ ...problem, path: problem.path.replace(/^what\.race\./, "") }));
    if (problems.length === 0) store.set({ notice: message });
    if (current !== races.shown) return;
    if (good) return store.set({ problems, race: good });
    const rest = problems.length > 0 ? without(races.asked, problems, catalog) : catalog.race.default;
    const isLess = JSON.stringify(rest) !== JSON.stringify(races.asked);
    left = { of: races.shown, race: isLess ? rest : catalog.race.default };
    store.set({ problems: [...known, ...problems] });
  };

  const beside = BESIDE.map((kind) => keep(kind, { store, connection, results, changed }));
  const besideAll = () => beside.forEach((refresh) => refresh());

  watch(store, ["race"], askSoon);
  watch(store, ["race", "basins", "chosen", "start", "tab", "arrows", "measure"], besideAll);
  watch(store, ["connection"], ({ connection: line }) => {
    if (line !== "open") return;
    askSoon();
    besideAll();
  });
}

/**
 * Keeps one kind of study up to date.
 *
 * @param {typeof BESIDE[number]} kind
 * @param {object} context
 * @param {RaceStore} context.store
 * @param {Connection} context.connection
 * @param {Results} context.results
 * @param {() => void} context.changed
 */
function keep(kind, { store, connection, results, changed }) {
  let asked = "";
  return async () => {
    const what = wanted(kind, store, results);
    const key = JSON.stringify(what);
    if (what === undefined || key === asked) return;
    asked = key;
    if (!what) return;
    const { ok, code } = await connection.study(what, (/** @type {StudyPart} */ part) => {
      if (asked !== key) return;
      results[kind] = kind === "arithmetic" || kind === "curvature" ? joinUpdates(results[kind], part) : part;
      changed();
    });
    if (!ok && asked === key && code === "lost") asked = "";
  };
}

/**
 * What to ask for, null where nobody looks at it, undefined while its race is still to come.
 *
 * @param {typeof BESIDE[number]} kind
 * @param {RaceStore} store
 * @param {Results} results
 */
function wanted(kind, store, { track }) {
  const { race, chosen, start, basins, tab, arrows, measure, connection } = store.get();
  if (connection !== "open") return null;
  if (kind === "surface") {
    return { kind, surface: race.surface, grid: GRID.surface, ...(race.view && { view: race.view }) };
  }
  // The others would hold up the race that they are about.
  if (!track?.complete || track.asked !== race) return undefined;
  const racer = Math.min(chosen, race.racers.length - 1);
  if (kind === "arithmetic") return tab === kind || arrows === "parts" ? { kind, race, racer, start } : null;
  if (kind === "curvature") return measure === "error" || measure === kind ? { kind, race, start } : null;
  // Neither depends on who else races.
  const alone = { ...race, racers: [race.racers[racer]] };
  if (kind === "basins") return basins ? { kind, race: { ...alone, starts: [] }, racer: 0, grid: GRID.basins } : null;
  return tab === "theory"
    ? { kind, race: { ...alone, starts: race.starts.slice(start, start + 1) }, racer: 0, grid: GRID.rates }
    : null;
}
