/** Puts the page together: what is known, where it comes from, and the views that show it. */

import { isRunOf } from "./lib/presets.js";
import { shortSpec } from "./lib/short-spec.js";
import { startTooltips } from "./lib/tooltip.js";
import { query } from "./lib/dom.js";
import { fetchJson, keepControls, keepTheme, remembered, themeAtStart } from "./page.js";
import { createRunPage } from "./run-page.js";
import { createStay, writeAddress } from "./stay.js";
import { INITIAL, createStore, watch } from "./store.js";
import { format, formatPreset, parse, presetIn } from "./url-state.js";
import { answersView } from "./views/answers.js";
import { boundaryView } from "./views/boundary.js";
import { compareView } from "./views/compare.js";
import { curvesView } from "./views/curves.js";
import { dataView } from "./views/data.js";
import { findingsView } from "./views/findings.js";
import { insightsView } from "./views/insights.js";
import { lessonView } from "./views/lesson.js";
import { lossChartView } from "./views/loss-chart.js";
import { networkView } from "./views/network.js";
import { ownDataView } from "./views/own-data.js";
import { presetsView } from "./views/presets.js";
import { readoutView } from "./views/readout.js";
import { runsView } from "./views/runs.js";
import { seedsView } from "./views/seeds.js";
import { shareView } from "./views/share.js";
import { statusView } from "./views/status.js";
import { themeView } from "./views/theme.js";
import { toLandscapeView } from "./views/to-landscape.js";
import { timelineView } from "./views/timeline.js";
import { trainingView } from "./views/training.js";
import { transportView } from "./views/transport.js";
import { undoView } from "./views/undo.js";

/** @import {Catalog, Context, Presets, State, Store, View} from "./types.js" */
/** @import {RunState} from "./run-page.js" */

/** A crisp picture while nothing moves, a lean one while it does. */
const VIEWS = { still: { grid: 100, neurons: 32 }, moving: { grid: 48, neurons: 16 } };

const views = /** @type {[string, (root: HTMLElement, context: Context) => View][]} */ ([
  ["transport", (root, context) => transportView(root, context,
    "On the network: from neuron to neuron, with Shift along the edges; Enter edits")],
  ["status", statusView],
  ["theme", themeView],
  ["timeline", timelineView],
  ["seeds", seedsView],
  ["undo", undoView],
  ["findings", findingsView],
  ["runs", runsView],
  ["share", shareView],
  ["presets", presetsView],
  ["lesson", lessonView],
  ["data", dataView],
  ["own-data", ownDataView],
  ["network", networkView],
  ["training", trainingView],
  ["boundary", boundaryView],
  ["readout", readoutView],
  ["loss-chart", lossChartView],
  ["insights", insightsView],
  ["to-landscape", toLandscapeView],
  ["curves", curvesView],
  ["answers", answersView],
  ["compare", compareView],
]);

/** Changes of these are kept for whoever comes back. */
const KEPT = /** @type {(keyof State)[]} */ (["run", "startSpec", "edits", "phase", "connection", "lesson"]);

/** @param {Readonly<State>} state */
const viewFor = ({ phase }) => (phase === "playing" ? VIEWS.moving : VIEWS.still);

/**
 * @param {Store} store
 * @param {Catalog} catalog
 * @param {Presets} presets
 * @param {RunState | null} before  what to go on with; else the address counts
 */
function start(store, catalog, presets, before) {
  const { wanted, lesson, problems, look, notice } = addressed(catalog, presets);
  store.set(before ? before.shown : { problems, notice, lesson, ...look });

  const run = before?.run ?? wanted;
  const { loop, connect, state, ...page } = createRunPage({ store, catalog, wanted: run, session: before?.session, viewFor });
  const context = { ...page, store, catalog, presets };
  for (const [name, view] of views) loop.add(view(query(document, `[data-view="${name}"]`), context));
  keepAddress(store, catalog, presets);
  watch(store, KEPT, stay.keep(state));
  addEventListener("hashchange", async ({ oldURL }) => {
    const known = stay.move(oldURL);
    if (known) await page.back(known);
    else await follow();
    stay.settled();
  });
  const follow = async () => {
    const { wanted: { spec, edits, speed }, lesson, problems, look, notice } = addressed(catalog, presets);
    store.set({ lesson, ...look });
    await page.actions.load(spec, edits, problems);
    if (lesson) page.actions.setSpeed(speed ?? null);
    if (notice) store.set({ notice });
  };
  connect();
}

/**
 * What the address asks for.
 *
 * @param {Catalog} catalog
 * @param {Presets} presets
 */
function addressed(catalog, { presets }) {
  const { problems, look, notice = null, ...wanted } = parse(location.hash, catalog, presets);
  const preset = presetIn(location.hash, presets);
  return { wanted: preset ? { ...wanted, speed: preset.speed } : wanted, lesson: preset?.name ?? null, problems, look, notice };
}

/**
 * A preset keeps its short address until something is changed; of any other run the address says what is not as usual.
 *
 * @param {Store} store
 * @param {Catalog} catalog
 * @param {Presets} presets
 */
function keepAddress(store, catalog, { presets }) {
  watch(store, ["startSpec", "edits", "lesson"], ({ run, startSpec, edits, lesson }) => {
    if (run === 0) return;
    const preset = presets.find(({ name }) => name === lesson);
    const isPreset = preset && isRunOf(preset, { startSpec, edits });
    writeAddress(isPreset ? formatPreset(preset) : format(shortSpec(startSpec, catalog), edits));
  });
}

/** @type {ReturnType<typeof createStay<RunState>>} */
const stay = createStay();
const store = createStore({ ...INITIAL, theme: themeAtStart(), locks: { ...INITIAL.locks, ...remembered("locks") } });
keepTheme(store);
keepControls(store);
startTooltips();
const urls = [document.body.dataset.catalogUrl ?? "api/catalog", "api/presets"];
const [before, catalog, presets] = await Promise.all([stay.comeBack(), ...urls.map((url) => fetchJson(store, url))]);
start(store, catalog, presets, before);
