/** Puts the page together on which settings are searched: what is known, where it comes from, and the views that show it. */

import { createStudyConnection } from "../wire/study-connection.js";
import { query } from "../base/dom.js";
import { whenQuiet } from "../base/scheduling.js";
import { languageView } from "../ui/language-view.js";
import { startTooltips } from "../ui/tooltip.js";
import {
  comeAlive,
  fetchJson,
  keepControls,
  keepTheme,
  remember,
  remembered,
  streamUrl,
  themeAtStart,
} from "../base/page.js";
import { writeAddress } from "../tab/stay.js";
import { createStore, watch } from "../base/store.js";
import { t } from "../base/words.js";
import { shortSpec } from "../settings/minimal-spec.js";
import { statusView } from "../run/status-view.js";
import { themeView } from "../run/theme-view.js";
import { answerView } from "../search/answer-view.js";
import { barView } from "../search/bar-view.js";
import { baseView } from "../search/base-view.js";
import { guessView } from "../search/guess/guess-view.js";
import { howView } from "../search/how-view.js";
import { importanceView } from "../search/importance-view.js";
import { knobsView } from "../search/knobs-view.js";
import { FIRST_TWO, parse, USUAL_DUELS } from "../search/address/link.js";
import { mapView } from "../search/map/map-view.js";
import { progressView } from "../search/progress-view.js";
import { curvesView } from "../search/curves/curves-view.js";
import { galleryView } from "../search/learned/gallery-view.js";
import { brushView } from "../search/brush/brush-view.js";
import { parallelView } from "../search/parallel/parallel-view.js";
import { slicesView } from "../search/slices/slices-view.js";
import { beginFought, withDuels } from "../search/duel/fought.js";
import { duelView } from "../search/duel/duel-view.js";
import { duelSettingsView } from "../search/duel/settings-view.js";
import { pairView } from "../search/duel/pair-view.js";
import { begin, withPart } from "../search/found.js";
import { createJudge } from "../search/study/judge.js";
import { createRunner } from "../search/study/runner.js";
import { keepStarts } from "../search/study/starts.js";
import { ADDRESSED, addressOf } from "../search/address/address.js";
import { sealView } from "../search/seal/seal-view.js";
import { presetsView } from "../search/presets/gallery-view.js";
import { lessonView } from "../search/presets/lesson-view.js";
import { shareView } from "../search/share/share-view.js";
import { withTried } from "../search/progress.js";
import { movedIfGrid, strategyOf, usualSearch } from "../search/space.js";
import { beginTruth, truthAsked, withCells } from "../search/truth/truth.js";
import { undoView } from "../search/undo-view.js";
import { trialView } from "../search/trial/trial-view.js";

/** @import {Spec} from "../base/types.js" */
/** @import {SearchActions, SearchCatalog, SearchContext, SearchPreset, SearchState, SearchStore} from "../search/types.js" */

const views = /** @type {[string, (root: HTMLElement, context: any) => void][]} */ ([
  ["status", statusView],
  ["theme", themeView],
  ["presets", presetsView],
  ["lesson", lessonView],
  ["language", languageView],
  ["undo", undoView],
  ["share", shareView],
  ["bar", barView],
  ["base", baseView],
  ["knobs", knobsView],
  ["guess", guessView],
  ["how", howView],
  ["answer", answerView],
  ["map", mapView],
  ["progress", progressView],
  ["trial", trialView],
  ["curves", curvesView],
  ["brush", brushView],
  ["parallel", parallelView],
  ["slices", slicesView],
  ["gallery", galleryView],
  ["importance", importanceView],
  ["seal", sealView],
  ["duel-settings", duelSettingsView],
  ["duel", duelView],
  ["pair", pairView],
]);

/** What is of one search alone. */
const NOTHING_CHOSEN = { pointed: null, chosen: null, brush: {}, band: null, verdict: null, gallery: null, starts: [] };

/** Before anything has been searched. @type {Partial<SearchState>} */
const FRESH = {
  ...NOTHING_CHOSEN,
  opened: false,
  phase: "ready",
  found: null,
  mode: "search",
  duelPhase: "ready",
  fought: null,
  shownDuel: 0,
  guess: null,
  ground: false,
  truth: null,
  truthPhase: "ready",
  problems: [],
  faults: [],
  notice: null,
};

/** Who meets whom where nothing is said of it. */
const OPPONENTS = /** @type {{[kind: string]: string}} */ ({ random: "grid" });
const OPPONENT = "random";

/** @type {Omit<SearchState, "search" | "against" | "theme">} */
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
  axes: FIRST_TWO,
  brush: {},
  arrangement: { order: [], inverted: [] },
  together: "parallel",
  band: null,
  gallery: null,
  starts: [],
  opened: false,
  verdict: null,
  mode: "search",
  duels: USUAL_DUELS,
  duelPhase: "ready",
  fought: null,
  shownDuel: 0,
  guess: null,
  tried: [],
  ground: false,
  others: "best",
  truth: null,
  truthPhase: "ready",
  lesson: null,
  browsing: false,
};

/**
 * @param {SearchStore} store
 * @param {SearchCatalog} catalog
 * @param {import("../base/types.js").Preset[]} presets
 * @param {SearchPreset[]} searches
 */
function start(store, catalog, presets, searches) {
  const connection = createStudyConnection(store, () => new WebSocket(streamUrl()));
  watch(store, ["connection"], ({ connection: state }) => {
    if (state === "open") store.set({ run: 1 });
  });
  const searcher = createRunner(store, connection, {
    phase: "phase",
    found: "found",
    study: ({ search }) => ({ kind: "search", search }),
    none: { kind: "search", search: null },
    begin: (part, { search }) => begin(part, search),
    more: withPart,
  });
  const dueller = createRunner(store, connection, {
    phase: "duelPhase",
    found: "fought",
    study: ({ search, against, duels }) => ({ kind: "duel", duel: { search, against, duels } }),
    none: { kind: "duel", duel: null },
    begin: beginFought,
    more: withDuels,
  });
  const truther = createRunner(store, connection, {
    phase: "truthPhase",
    found: "truth",
    study: (state) => ({ kind: "truth", truth: truthAsked(state) }),
    none: { kind: "truth", truth: null },
    begin: beginTruth,
    more: withCells,
  });
  /** What is on its way is of another search. */
  const dropAll = () => [searcher, dueller, truther].forEach((runner) => runner.drop());
  const dropTruth = () => {
    truther.drop();
    store.set({ ground: false, truth: null, truthPhase: "ready" });
  };
  const judge = createJudge(store, connection);
  keepStarts(store, connection);
  watch(store, ["phase", "found"], ({ phase, found, tried }) => {
    if (phase === "done" && found?.done) store.set({ tried: withTried(tried, found) });
  });
  const isDuel = () => store.get().mode === "duel";

  /** @type {SearchActions} */
  const actions = {
    set: (patch) => store.set({ search: { ...store.get().search, ...patch }, faults: [], notice: null }),
    load: (search) => store.set({ search, faults: [], notice: null }),
    restore: (moment) => store.set({ ...moment, faults: [], notice: null }),
    run() {
      if (!isDuel()) dropTruth();
      store.set({ axes: withinKnobs(store.get()), ...(isDuel() ? { shownDuel: 0 } : NOTHING_CHOSEN) });
      (isDuel() ? dueller : searcher).run();
    },
    loadPreset({ name, search, against, duels }) {
      dropAll();
      store.set({ ...FRESH, search, lesson: name, ...(against && { mode: "duel", against, duels }) });
    },
    browsePresets: (browsing) => store.set({ browsing }),
    closeLesson: () => store.set({ lesson: null }),
    async exportFile(file) {
      const reply = await connection.study({ kind: "search_file", search: store.get().search, file });
      if (!reply.file) {
        throw new Error(reply.problems?.[0]?.allowed ?? (reply.message || t("there is no connection")));
      }
      const { name, media, arrays } = reply.file;
      // A copy: the frame's memory holds its header too.
      return { name, media, bytes: new Uint8Array(arrays.bytes.data) };
    },
    setGuess: (guess) => store.set({ guess }),
    toggleTruth() {
      const { ground, truth, truthPhase } = store.get();
      if (truthPhase === "running") return dropTruth();
      store.set({ ground: !truth?.done || !ground });
      if (!truth?.done) truther.run();
    },
    setOthers(others) {
      dropTruth();
      store.set({ others });
    },
    openSeal: () => void judge.open(),
    stop: () => (isDuel() ? dueller : searcher).stop(),
    setMode(mode) {
      if (mode === "duel") store.set(meeting(store.get(), catalog));
      store.set({ mode, faults: [], notice: null });
    },
    setDuel: (patch) => store.set({ ...patch, faults: [], notice: null }),
    moveGrid(shift) {
      const { search, against } = store.get();
      const moved = (/** @type {Spec} */ each) => (each.kind === "grid" ? { ...each, shift } : each);
      store.set({ search: { ...search, strategy: moved(search.strategy) }, against: moved(against), faults: [] });
    },
    showDuel(number) {
      const last = (store.get().fought?.duels.length ?? 0) - 1;
      store.set({ shownDuel: Math.max(0, Math.min(last, number)) });
    },
    point: (pointed) => store.set({ pointed }),
    choose: (chosen) => store.set({ chosen }),
    setAxes(axes) {
      dropTruth();
      store.set({ axes });
    },
    setBrush: (brush) => store.set({ brush }),
    arrange(arrangement) {
      store.set({ arrangement });
      keepPicture(store.get());
    },
    showTogether(together) {
      store.set({ together });
      keepPicture(store.get());
    },
    setTheme(theme) {
      remember("theme", theme);
      store.set({ theme });
    },
    tryAgain: connection.connect,
    dismiss: () => store.set({ problems: [], notice: null }),
  };
  /** @type {SearchContext} */
  const context = { store, actions, catalog, searches };
  for (const [name, view] of views) view(query(document, `[data-view="${name}"]`), context);
  const follow = () => {
    const asked = parse(location.hash, catalog, presets, searches);
    const { search, searched, trial, guess, opened, duel, preset, problems, brush, axes, truth } = asked;
    dropAll();
    store.set({ ...FRESH, search, guess, opened, lesson: preset?.name ?? null, mode: duel ? "duel" : "search" });
    if (duel) store.set({ against: duel.against, duels: duel.duels });
    if (duel ? duel.fought : searched) actions.run();
    store.set({ problems, chosen: trial, brush, axes, shownDuel: duel?.pair ?? 0 });
    store.set({ ground: searched && truth !== null, others: truth ?? INITIAL.others });
  };
  // An address may ask for it before its search is done.
  watch(store, ["phase"], ({ phase, ground, truthPhase }) => {
    if (phase === "done" && ground && truthPhase === "ready") truther.run();
  });
  store.set(keptPicture());
  follow();
  keepAddress(store, catalog, searches);
  addEventListener("hashchange", follow);
  comeAlive(connection);
}

/**
 * Before the first duel: a strategy that is not its own opponent, and a grid that is moved.
 *
 * @param {Readonly<SearchState>} state
 * @param {SearchCatalog} catalog
 * @returns {Partial<SearchState>}
 */
function meeting({ search, against, fought }, catalog) {
  if (fought) return {};
  const { kind } = search.strategy;
  const opponent = OPPONENTS[kind] ?? OPPONENT;
  return {
    search: { ...search, strategy: movedIfGrid(search.strategy) },
    against: against.kind === kind ? movedIfGrid(strategyOf(catalog, opponent)) : against,
  };
}

/** What the browser keeps of how pictures are arranged. */
const PICTURE = "search-picture";

/** @param {Readonly<SearchState>} state */
const keepPicture = ({ arrangement, together }) => remember(PICTURE, JSON.stringify({ arrangement, together }));

/**
 * As it was left, as far as that is what this page has.
 *
 * @returns {Pick<SearchState, "arrangement" | "together">}
 */
function keptPicture() {
  const { arrangement, together } = /** @type {any} */ (remembered(PICTURE));
  const names = (/** @type {unknown} */ list) =>
    Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];
  return {
    arrangement: { order: names(arrangement?.order), inverted: names(arrangement?.inverted) },
    together: together === "slices" ? "slices" : "parallel",
  };
}

/**
 * The axes of the map, which a search with fewer knobs may not have.
 *
 * @param {Readonly<SearchState>} state
 * @returns {[number, number]}
 */
const withinKnobs = ({ axes, search: { knobs } }) => (Math.max(...axes) < Math.max(2, knobs.length) ? axes : FIRST_TWO);

/**
 * The address says what is searched, whether it has been, and which trial is chosen; or the same of duels. What is
 * pressed stands in it at once, what is dragged when the hand rests: browsers refuse more than a few writes a second.
 *
 * @param {SearchStore} store
 * @param {SearchCatalog} catalog
 * @param {SearchPreset[]} searches
 */
function keepAddress(store, catalog, searches) {
  const write = () => writeAddress(addressOf(store.get(), catalog, searches));
  watch(store, ["phase", "duelPhase"], write);
  watch(store, ADDRESSED, whenQuiet(150, write));
  write();
}

startTooltips();
const urls = ["api/catalog", "api/presets", "api/searches"];
const theme = themeAtStart();
const waiting = createStore(/** @type {SearchState} */ ({ ...INITIAL, theme, search: {}, against: {} }));
const [catalog, { presets }, given] = await Promise.all(urls.map((url) => fetchJson(waiting, url)));
/** @type {SearchPreset[]} */
const searches = given.presets.map((/** @type {SearchPreset} */ each) => ({
  ...each,
  search: { ...each.search, base: shortSpec(each.search.base, catalog) },
}));
const usual = usualSearch(catalog);
const store = createStore(
  /** @type {SearchState} */ ({ ...INITIAL, theme, search: usual, against: strategyOf(catalog, usual.strategy.kind) }),
);
keepTheme(store);
keepControls(store);
start(store, catalog, presets, searches);
