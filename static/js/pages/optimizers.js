/** Puts the page together on which optimizers race: what is known, where it comes from, and the views that show it. */

import { enlargeView } from "../classroom/enlarge-view.js";
import { createStudyConnection } from "../wire/study-connection.js";
import { query } from "../base/dom.js";
import { createPlayer } from "../race/player.js";
import { format, parse, withArrows } from "../race/link.js";
import { whenQuiet } from "../base/scheduling.js";
import { languageView } from "../ui/language-view.js";
import { startTooltips } from "../ui/tooltip.js";
import { comeAlive, fetchJson, keepControls, keepTheme, streamUrl, themeAtStart } from "../base/page.js";
import { createRaceActions } from "../race/actions.js";
import { createStudies } from "../race/studies.js";
import { createStay, writeAddress } from "../tab/stay.js";
import { createStore, watch } from "../base/store.js";
import { arithmeticView } from "../race/numbers/arithmetic-view.js";
import { chartView } from "../race/numbers/chart-view.js";
import { mapView } from "../race/map/map-view.js";
import { stageView } from "../race/map/stage-view.js";
import { presetsView } from "../race/gallery-view.js";
import { racersView } from "../race/racers-view.js";
import { settingsView } from "../race/settings-view.js";
import { shareView } from "../race/share-view.js";
import { surfaceView } from "../race/map/surface-view.js";
import { surface3dView } from "../race/map/surface-3d-view.js";
import { tableView } from "../race/numbers/table-view.js";
import { tabsView } from "../race/numbers/tabs-view.js";
import { theoryView } from "../race/numbers/theory-view.js";
import { transportView } from "../race/transport-view.js";
import { undoView } from "../race/undo-view.js";
import { lessonView } from "../race/strip-view.js";
import { statusView } from "../run/status-view.js";
import { themeView } from "../run/theme-view.js";

/** @import {RaceCatalog, RaceContext, RacePreset, RaceState, RaceStore, RaceView, Results} from "../race/types.js" */

const views = /** @type {[string, (root: HTMLElement, context: any) => RaceView][]} */ ([
  ["status", statusView],
  ["theme", themeView],
  ["language", languageView],
  ["transport", transportView],
  ["undo", undoView],
  ["share", shareView],
  ["presets", presetsView],
  ["lesson", lessonView],
  ["surface", surfaceView],
  ["racers", racersView],
  ["settings", settingsView],
  ["stage", stageView],
  ["map", mapView],
  ["table", tableView],
  ["chart", chartView],
  ["tabs", tabsView],
  ["arithmetic", arithmeticView],
  ["surface-3d", surface3dView],
  ["theory", theoryView],
  // the last: its button stands in what the others made
  ["enlarge", enlargeView],
]);

/** @type {Omit<RaceState, "race" | "looks">} */
const INITIAL = {
  connection: "connecting",
  run: 0,
  theme: "light",
  problems: [],
  notice: null,
  trouble: null,
  refusal: null,
  chosen: 0,
  start: 0,
  hidden: [],
  basins: false,
  arrows: "chosen",
  measure: "value",
  changing: false,
  lesson: null,
  browsing: false,
  picture: "map",
  tab: "arithmetic",
  enlarged: null,
};

/** What is kept of the store for whoever comes back. */
const KEPT = /** @type {const} */ ([
  "race",
  "looks",
  "chosen",
  "start",
  "hidden",
  "basins",
  "arrows",
  "lesson",
  "measure",
  "picture",
  "tab",
]);

/**
 * @typedef {{shown: Pick<RaceState, typeof KEPT[number]>, step: number, playing: boolean, speed: number, session?: null}} RacePageState
 */

/**
 * @param {RaceStore} store
 * @param {RaceCatalog} catalog
 * @param {RacePreset[]} presets
 * @param {RacePageState | null} before  what to go on with
 */
function start(store, catalog, presets, before) {
  /** @type {Results} */
  const results = { track: null, surface: null, basins: null, rates: null, arithmetic: null, curvature: null };
  const player = createPlayer(before ?? presets.find(({ name }) => name === store.get().lesson));
  if (before) player.goOn(before.step, before.playing);
  const connection = createStudyConnection(store, () => new WebSocket(streamUrl()));
  const actions = createRaceActions({ store, connection, player, catalog });
  const context = { store, results, player, actions, catalog, presets };
  const drawers = views.flatMap(([name, view]) => {
    const made = view(query(document, `[data-view="${name}"]`), context);
    return made?.draw ? [made.draw] : [];
  });
  const request = createClock(player, () => drawers.forEach((draw) => draw()));
  store.subscribe(request);
  player.subscribe(request);
  createStudies({ store, connection, results, player, catalog, changed: request });
  keepAddress(store, catalog, presets);
  const save = stay.keep(() => stateOf(store, player));
  watch(store, [...KEPT], save);
  player.subscribe(save);
  const back = (/** @type {RacePageState} */ { shown: { race, looks, ...shown }, step, playing, speed }) => {
    actions.load(race, looks);
    store.set(shown);
    player.setSpeed(speed);
    player.goOn(step, playing);
  };
  const follow = () => {
    const { race, preset, arrows, problems } = parse(location.hash, catalog, presets);
    const named = presets.find(({ name }) => name === preset);
    if (named) actions.loadPreset(named);
    else actions.load(race);
    store.set({ lesson: preset, arrows, problems });
  };
  addEventListener("hashchange", ({ oldURL }) => {
    const known = stay.move(oldURL);
    if (known) back(known);
    else follow();
    stay.settled();
  });
  comeAlive(connection);
}

/**
 * What the page goes on with when somebody comes back to it. The server holds nothing of a race.
 *
 * @param {RaceStore} store
 * @param {RaceContext["player"]} player
 * @returns {RacePageState | null}
 */
function stateOf(store, { step, playing, speed }) {
  const state = store.get();
  if (state.run === 0) return null;
  const shown = Object.fromEntries(KEPT.map((name) => [name, state[name]]));
  return { shown: /** @type {RacePageState["shown"]} */ (shown), step, playing, speed };
}

/**
 * One animation loop for the whole page: it lets the player's time pass, and draws when something may look different.
 *
 * @param {RaceContext["player"]} player
 * @param {() => void} draw
 */
function createClock(player, draw) {
  let scheduled = false;
  let last = 0;
  const tick = (/** @type {number} */ now) => {
    scheduled = false;
    const plays = player.advance(now - last);
    last = now;
    draw();
    if (plays) request();
  };
  const request = () => {
    if (scheduled) return;
    scheduled = true;
    if (!player.playing) last = performance.now();
    requestAnimationFrame(tick);
  };
  return request;
}

/**
 * A preset keeps its short address until something is changed.
 *
 * @param {RaceStore} store
 * @param {RaceCatalog} catalog
 * @param {RacePreset[]} presets
 */
function keepAddress(store, catalog, presets) {
  const write = whenQuiet(150, () => {
    const { race, lesson, arrows, run } = store.get();
    if (run === 0) return;
    const preset = presets.find(({ name }) => name === lesson);
    const isPreset = preset && JSON.stringify(preset.race) === JSON.stringify(race);
    writeAddress(withArrows(isPreset ? `preset=${preset.name}` : format(race, catalog), arrows));
  });
  watch(store, ["race", "lesson", "arrows", "run"], write);
}

startTooltips();
const waiting = createStore(/** @type {RaceState} */ ({ ...INITIAL, theme: themeAtStart() }));
const urls = ["api/catalog", "api/races"];
/** @type {ReturnType<typeof createStay<RacePageState>>} */
const stay = createStay();
const [before, catalog, { presets }] = await Promise.all([
  stay.comeBack(),
  ...urls.map((url) => fetchJson(waiting, url)),
]);
const { race, preset, arrows, problems } = parse(location.hash, catalog, presets);
const looks = race.racers.map((/** @type {unknown} */ _, /** @type {number} */ i) => i);
const shown = before?.shown ?? { race, looks, lesson: preset, arrows, problems };
const store = createStore(/** @type {RaceState} */ ({ ...INITIAL, theme: themeAtStart(), ...shown }));
keepTheme(store);
keepControls(store);
start(store, catalog, presets, before);
