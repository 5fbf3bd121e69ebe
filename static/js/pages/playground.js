/** Puts the page together: what is known, where it comes from, and the views that show it. */

import { classNoteView } from "../classroom/note-view.js";
import { createPermits } from "../classroom/permits.js";
import { PARTS } from "../classroom/parts.js";
import { keepWithheld } from "../classroom/withheld.js";
import { enlargeView } from "../classroom/enlarge-view.js";
import { projectorView } from "../classroom/projector-view.js";
import { readClass, speedOf } from "../address/class-link.js";
import { formatShown, parseShown } from "../address/shown-link.js";
import { languageView } from "../ui/language-view.js";
import { startTooltips } from "../ui/tooltip.js";
import { isFree } from "../base/classroom.js";
import { query } from "../base/dom.js";
import { fetchJson, keepControls, keepTheme, remembered, themeAtStart } from "../base/page.js";
import { createRunPage } from "../run/run-page.js";
import { createStay, writeAddress } from "../tab/stay.js";
import { INITIAL, createStore, watch } from "../base/store.js";
import { answersView } from "../insights/answers-view.js";
import { boundaryView } from "../output/boundary-view.js";
import { compareView } from "../saved/compare-view.js";
import { curvesView } from "../insights/curves-view.js";
import { dataView } from "../data/data-view.js";
import { findingsView } from "../run/findings-view.js";
import { insightsView } from "../insights/tabs-view.js";
import { activationsView } from "../insights/layers/activations-view.js";
import { gradientsView } from "../insights/layers/gradients-view.js";
import { hiddenSpaceView } from "../insights/space/hidden-space-view.js";
import { onePointView } from "../insights/point/one-point-view.js";
import { stripView } from "../insights/strip-view.js";
import { weightsView } from "../insights/layers/weights-view.js";
import { storyView } from "../presets/story-view.js";
import { welcomeView } from "../presets/welcome-view.js";
import { lossChartView } from "../output/loss-chart-view.js";
import { networkView } from "../network/network-view.js";
import { ownDataView } from "../data/editor-view.js";
import { presetsView } from "../presets/gallery-view.js";
import { readoutView } from "../run/readout-view.js";
import { browserStorage, createRunList } from "../saved/list.js";
import { pinView } from "../saved/pin-view.js";
import { runsView } from "../saved/runs-view.js";
import { seedsView } from "../settings/seeds-view.js";
import { shareView } from "../share/share-view.js";
import { statusView } from "../run/status-view.js";
import { themeView } from "../run/theme-view.js";
import { toLandscapeView } from "../landscape/playground-link-view.js";
import { toSearchView } from "../search/playground-link-view.js";
import { timelineView } from "../run/timeline-view.js";
import { trainingView } from "../settings/training-view.js";
import { transportView } from "../run/transport-view.js";
import { undoView } from "../run/undo-view.js";
import { t } from "../base/words.js";

/** @import {Catalog, Context, Presets, State, Store, View} from "../base/types.js" */
/** @import {RunState} from "../run/run-page.js" */

/** A crisp picture while nothing moves, a lean one while it does. */
const VIEWS = { still: { grid: 100, neurons: 32 }, moving: { grid: 48, neurons: 16 } };

/** @type {[string, string][]} */
const KEYS = [
  ["← → ↑ ↓", t("On the network: from neuron to neuron, with Shift along the edges; Enter edits")],
  [t("Page Up, Page Down"), t("In One point: one step back or forward")],
  ["F", t("Enlarge the part with the focus or the pointer, and back")],
  ["P", t("Projector view; there PageUp and PageDown change the story, or step, and B blanks the screen")],
];

/** The last runs of this browser. */
const runs = createRunList(browserStorage());

const views = /** @type {[string, (root: HTMLElement, context: Context) => View][]} */ ([
  ["transport", (root, context) => transportView(root, context, KEYS)],
  ["status", statusView],
  ["theme", themeView],
  ["language", languageView],
  ["class-note", classNoteView],
  ["projector", projectorView],
  ["timeline", timelineView],
  ["seeds", seedsView],
  ["undo", undoView],
  ["findings", findingsView],
  ["runs", (root, context) => runsView(root, context, runs)],
  ["share", shareView],
  ["presets", presetsView],
  ["story", storyView],
  ["welcome", welcomeView],
  ["data", dataView],
  ["own-data", ownDataView],
  ["network", networkView],
  ["training", trainingView],
  ["boundary", boundaryView],
  ["readout", readoutView],
  ["loss-chart", lossChartView],
  ["pin", (root, context) => pinView(root, context, runs, showComparison)],
  ["strip", stripView],
  ["gradients", gradientsView],
  ["activations", activationsView],
  ["weights", weightsView],
  ["hidden-space", hiddenSpaceView],
  ["one-point", onePointView],
  ["insights", insightsView],
  ["to-landscape", toLandscapeView],
  ["to-search", toSearchView],
  ["curves", curvesView],
  ["answers", answersView],
  ["compare", (root, context) => compareView(root, context, runs)],
  // the last: its buttons stand in what the others made
  ["enlarge", (root, context) => enlargeView(root, context, mayEnlarge)],
]);

/** @param {Readonly<State>} state */
const mayEnlarge = ({ projecting, classroom }) => !projecting && isFree(classroom, "enlarge");

/** The tab that has the pinned runs, in sight. */
function showComparison() {
  const tab = query(document, "#tab-compare");
  tab.click();
  tab.scrollIntoView({ block: "center" });
  tab.focus({ preventScroll: true });
}

/** Changes of these are kept for whoever comes back. */
const KEPT = /** @type {(keyof State)[]} */ ([
  "run",
  "startSpec",
  "edits",
  "phase",
  "connection",
  "lesson",
  "training",
]);

/** @param {Readonly<State>} state */
const viewFor = ({ phase }) => (phase === "playing" ? VIEWS.moving : VIEWS.still);

/**
 * @param {Store} store
 * @param {Catalog} catalog
 * @param {Presets} presets
 * @param {RunState | null} before  what to go on with; else the address counts
 */
function start(store, catalog, presets, before) {
  const asked = () => parseShown(location.hash, catalog, presets.presets, PARTS);
  const { wanted, lesson, problems, look, notice } = asked();
  store.set(before ? before.shown : { problems, notice, lesson, ...look });
  const { permits, lift } = createPermits(store.get, catalog);

  const run = before?.run ?? wanted;
  const { loop, connect, state, ...page } = createRunPage({
    store,
    catalog,
    wanted: run,
    session: before?.session,
    viewFor,
    permits,
  });
  const context = { ...page, store, catalog, presets };
  for (const [name, view] of views) loop.add(view(query(document, `[data-view="${name}"]`), context));
  keepAddress(store, catalog, presets);
  watch(store, KEPT, stay.keep(state));
  addEventListener("hashchange", async ({ oldURL }) => {
    const known = stay.move(oldURL);
    store.set({ classroom: asked().classroom });
    await lift(() => (known ? page.back(known) : follow()));
    stay.settled();
  });
  const follow = async () => {
    const {
      wanted: { spec, edits, speed },
      lesson,
      problems,
      look,
      notice,
    } = asked();
    store.set({ lesson, ...look });
    await page.actions.load({ spec, edits }, problems);
    if (lesson) page.actions.setSpeed(speed ?? null);
    if (notice) store.set({ notice });
    setClassSpeed();
  };
  // Epochs have a length only when the run is known.
  const setClassSpeed = () => {
    const { classroom, stepsPerEpoch } = store.get();
    const speed = speedOf(classroom.speed, stepsPerEpoch);
    if (speed !== undefined) page.actions.setSpeed(speed);
  };
  const stop = watch(store, ["run"], ({ run }) => {
    if (run === 0) return;
    stop?.();
    if (!before) setClassSpeed();
  });
  connect();
}

/**
 * The address follows the run; what it says to a class stays.
 *
 * @param {Store} store
 * @param {Catalog} catalog
 * @param {Presets} presets
 */
function keepAddress(store, catalog, { presets }) {
  watch(store, ["startSpec", "edits", "lesson", "training"], (state) => {
    if (state.run > 0) writeAddress(formatShown(state, catalog, presets, PARTS));
  });
}

/** The panel of the strip that was open, wherever that was. @returns {string | null} */
function openBefore() {
  const { open = null } = /** @type {{open?: string | null}} */ (remembered("insight"));
  return open;
}

/** @type {ReturnType<typeof createStay<RunState>>} */
const stay = createStay();
const store = createStore({
  ...INITIAL,
  theme: themeAtStart(),
  locks: { ...INITIAL.locks, ...remembered("locks") },
  insight: openBefore(),
  classroom: readClass(location.hash, PARTS).classroom,
});
keepTheme(store);
keepWithheld(store);
keepControls(store);
startTooltips();
const urls = ["api/catalog", "api/presets"];
const [before, catalog, presets] = await Promise.all([stay.comeBack(), ...urls.map((url) => fetchJson(store, url))]);
start(store, catalog, presets, before);
