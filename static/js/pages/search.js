/** Puts the page together on which settings are searched: what is known, where it comes from, and the views that show it. */

import { createStudyConnection } from "../wire/study-connection.js";
import { query } from "../base/dom.js";
import { whenQuiet } from "../base/scheduling.js";
import { languageView } from "../ui/language-view.js";
import { startTooltips } from "../ui/tooltip.js";
import { comeAlive, fetchJson, keepControls, keepTheme, remember, streamUrl, themeAtStart } from "../base/page.js";
import { writeAddress } from "../tab/stay.js";
import { createStore, watch } from "../base/store.js";
import { statusView } from "../run/status-view.js";
import { themeView } from "../run/theme-view.js";
import { answerView } from "../search/answer-view.js";
import { barView } from "../search/bar-view.js";
import { baseView } from "../search/base-view.js";
import { howView } from "../search/how-view.js";
import { importanceView } from "../search/importance-view.js";
import { knobsView } from "../search/knobs-view.js";
import { format, parse } from "../search/link.js";
import { mapView } from "../search/map/map-view.js";
import { progressView } from "../search/progress-view.js";
import { createSearcher } from "../search/searcher.js";
import { shareView } from "../search/share-view.js";
import { usualSearch } from "../search/space.js";
import { trialView } from "../search/trial-view.js";

/** @import {SearchActions, SearchCatalog, SearchContext, SearchState, SearchStore} from "../search/types.js" */

const views = /** @type {[string, (root: HTMLElement, context: any) => void][]} */ ([
  ["status", statusView],
  ["theme", themeView],
  ["language", languageView],
  ["share", shareView],
  ["bar", barView],
  ["base", baseView],
  ["knobs", knobsView],
  ["how", howView],
  ["answer", answerView],
  ["map", mapView],
  ["progress", progressView],
  ["trial", trialView],
  ["importance", importanceView],
]);

/** @type {Omit<SearchState, "search" | "theme">} */
const INITIAL = {
  connection: "connecting",
  run: 0,
  problems: [],
  faults: [],
  notice: null,
  trouble: null,
  refusal: null,
  phase: "ready",
  found: null,
  pointed: null,
  chosen: null,
  axes: [0, 1],
};

/**
 * @param {SearchStore} store
 * @param {SearchCatalog} catalog
 * @param {import("../base/types.js").Preset[]} presets
 */
function start(store, catalog, presets) {
  const connection = createStudyConnection(store, () => new WebSocket(streamUrl()));
  watch(store, ["connection"], ({ connection: state }) => {
    if (state === "open") store.set({ run: 1 });
  });
  const searcher = createSearcher(store, connection);

  /** @type {SearchActions} */
  const actions = {
    set: (patch) => store.set({ search: { ...store.get().search, ...patch }, faults: [], notice: null }),
    load: (search) => store.set({ search, faults: [], notice: null }),
    run() {
      store.set({ axes: withinKnobs(store.get()) });
      searcher.run();
    },
    stop: searcher.stop,
    point: (pointed) => store.set({ pointed }),
    choose: (chosen) => store.set({ chosen }),
    setAxes: (axes) => store.set({ axes }),
    setTheme(theme) {
      remember("theme", theme);
      store.set({ theme });
    },
    tryAgain: connection.connect,
    dismiss: () => store.set({ problems: [], notice: null }),
  };
  /** @type {SearchContext} */
  const context = { store, actions, catalog };
  for (const [name, view] of views) view(query(document, `[data-view="${name}"]`), context);
  const follow = () => {
    const { search, searched, trial, problems } = parse(location.hash, catalog, presets);
    actions.load(search);
    if (searched) actions.run();
    else store.set({ phase: "ready", found: null });
    store.set({ problems, chosen: trial });
  };
  follow();
  keepAddress(store, catalog);
  addEventListener("hashchange", follow);
  comeAlive(connection);
}

/**
 * The axes of the map, which a search with fewer knobs may not have.
 *
 * @param {Readonly<SearchState>} state
 * @returns {[number, number]}
 */
const withinKnobs = ({ axes, search: { knobs } }) => (Math.max(...axes) < Math.max(2, knobs.length) ? axes : [0, 1]);

/**
 * The address says what is searched, whether it has been, and which trial is chosen.
 *
 * @param {SearchStore} store
 * @param {SearchCatalog} catalog
 */
function keepAddress(store, catalog) {
  const write = whenQuiet(150, () => {
    const { search, found, phase, chosen } = store.get();
    const searched = phase === "running" || (found !== null && found.asked === search);
    writeAddress(format(search, catalog, { searched, trial: searched ? chosen : null }));
  });
  watch(store, ["search", "found", "phase", "chosen"], write);
}

startTooltips();
const urls = ["api/catalog", "api/presets"];
const theme = themeAtStart();
const waiting = createStore(/** @type {SearchState} */ ({ ...INITIAL, theme, search: {} }));
const [catalog, { presets }] = await Promise.all(urls.map((url) => fetchJson(waiting, url)));
const store = createStore(/** @type {SearchState} */ ({ ...INITIAL, theme, search: usualSearch(catalog) }));
keepTheme(store);
keepControls(store);
start(store, catalog, presets);
