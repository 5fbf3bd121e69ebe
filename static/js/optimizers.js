/** Puts the page together on which optimizers race: what is known, where it comes from, and the views that show it. */

import { createConnection } from "./connection.js";
import { query } from "./lib/dom.js";
import { createPlayer } from "./lib/player.js";
import { format, parse } from "./lib/race-address.js";
import { whenQuiet } from "./lib/schedule.js";
import { startTooltips } from "./lib/tooltip.js";
import { fetchJson, keepControls, keepTheme, streamUrl, themeAtStart } from "./page.js";
import { createRaceActions } from "./race-actions.js";
import { createStudies } from "./race-studies.js";
import { createStore, watch } from "./store.js";
import { arithmeticView } from "./views/race/arithmetic.js";
import { chartView } from "./views/race/chart.js";
import { mapView } from "./views/race/map.js";
import { presetsView } from "./views/race/presets.js";
import { racersView } from "./views/race/racers.js";
import { settingsView } from "./views/race/settings.js";
import { shareView } from "./views/race/share.js";
import { surfaceView } from "./views/race/surface.js";
import { surface3dView } from "./views/race/surface-3d.js";
import { tableView } from "./views/race/table.js";
import { tabsView } from "./views/race/tabs.js";
import { theoryView } from "./views/race/theory.js";
import { transportView } from "./views/race/transport.js";
import { undoView } from "./views/race/undo.js";
import { lessonView } from "./views/race/lesson.js";
import { statusView } from "./views/status.js";
import { themeView } from "./views/theme.js";

/** @import {RaceCatalog, RaceContext, RacePreset, RaceState, RaceStore, RaceView, Results} from "./race-types.js" */

const views = /** @type {[string, (root: HTMLElement, context: any) => RaceView][]} */ ([
  ["status", statusView],
  ["theme", themeView],
  ["transport", transportView],
  ["undo", undoView],
  ["share", shareView],
  ["presets", presetsView],
  ["lesson", lessonView],
  ["surface", surfaceView],
  ["racers", racersView],
  ["settings", settingsView],
  ["map", mapView],
  ["table", tableView],
  ["chart", chartView],
  ["tabs", tabsView],
  ["arithmetic", arithmeticView],
  ["surface-3d", surface3dView],
  ["theory", theoryView],
]);

/** @type {Omit<RaceState, "race" | "looks">} */
const INITIAL = {
  connection: "connecting",
  run: 0,
  theme: "light",
  problems: [],
  notice: null,
  chosen: 0,
  start: 0,
  hidden: [],
  basins: false,
  arrows: "chosen",
  lesson: null,
  browsing: false,
  tab: "arithmetic",
};

/**
 * @param {RaceStore} store
 * @param {RaceCatalog} catalog
 * @param {RacePreset[]} presets
 */
function start(store, catalog, presets) {
  /** @type {Results} */
  const results = { track: null, surface: null, basins: null, rates: null, arithmetic: null };
  const player = createPlayer(presets.find(({ name }) => name === store.get().lesson));
  const connection = createConnection({
    open: () => new WebSocket(streamUrl()),
    // The session's run is not shown here: the smallest picture of it will do.
    hello: () => ({ view: { grid: 8, neurons: 0 } }),
    refused(_problems, message) {
      store.set({ notice: message });
      return false;
    },
    message: ({ type, message }) => {
      if (type === "error") store.set({ notice: message ?? null });
    },
    picture: () => {},
    changed: (state) => store.set({ connection: state }),
  });
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
  addEventListener("hashchange", () => {
    const { race, preset, problems } = parse(location.hash, catalog, presets);
    const named = presets.find(({ name }) => name === preset);
    if (named) actions.loadPreset(named);
    else actions.load(race);
    store.set({ lesson: preset, problems });
  });
  addEventListener("online", connection.retry);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") connection.retry();
  });
  connection.connect();
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
    const { race, lesson, run } = store.get();
    if (run === 0) return;
    const preset = presets.find(({ name }) => name === lesson);
    const isPreset = preset && JSON.stringify(preset.race) === JSON.stringify(race);
    const address = isPreset ? `preset=${preset.name}` : format(race, catalog);
    history.replaceState(null, "", address ? `#${address}` : location.pathname + location.search);
  });
  watch(store, ["race", "lesson", "run"], write);
}

startTooltips();
const waiting = createStore(/** @type {RaceState} */ ({ ...INITIAL, theme: themeAtStart() }));
const urls = [document.body.dataset.catalogUrl ?? "api/catalog", "api/races"];
const [catalog, { presets }] = await Promise.all(urls.map((url) => fetchJson(waiting, url)));
const { race, preset, problems } = parse(location.hash, catalog, presets);
const looks = race.racers.map((_, i) => i);
const store = createStore(/** @type {RaceState} */ ({ ...INITIAL, theme: themeAtStart(), race, looks, lesson: preset, problems }));
keepTheme(store);
keepControls(store);
start(store, catalog, presets);
