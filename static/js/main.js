/** Puts the page together: what is known, where it comes from, and the views that show it. */

import { createActions } from "./actions.js";
import { createConnection } from "./connection.js";
import { createFrames } from "./frames.js";
import { isRunOf } from "./lib/presets.js";
import { atMostEvery } from "./lib/schedule.js";
import { startTooltips } from "./lib/tooltip.js";
import { query } from "./lib/dom.js";
import { createWants } from "./lib/wants.js";
import { createLoop } from "./loop.js";
import { fetchJson, keepControls, keepTheme, remembered, streamUrl, themeAtStart } from "./page.js";
import { INITIAL, createStore, watch } from "./store.js";
import { format, formatPreset, parse, presetIn, without } from "./url-state.js";
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
import { timelineView } from "./views/timeline.js";
import { trainingView } from "./views/training.js";
import { transportView } from "./views/transport.js";
import { undoView } from "./views/undo.js";

/** @import {Catalog, Context, Presets, State, Store, View} from "./types.js" */

/** A crisp picture while nothing moves, a lean one while it does. */
const VIEWS = { still: { grid: 100, neurons: 32 }, moving: { grid: 48, neurons: 16 } };

const views = /** @type {[string, (root: HTMLElement, context: Context) => View][]} */ ([
  ["transport", transportView],
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
  ["curves", curvesView],
  ["answers", answersView],
  ["compare", compareView],
]);

/** @param {Readonly<State>} state */
const viewFor = ({ phase, wants }) => ({ ...(phase === "playing" ? VIEWS.moving : VIEWS.still), ...wants });

/** A pointer moves more often than its answer can be read, in milliseconds. */
const VIEW_GAP = 50;

/**
 * @param {Store} store
 * @param {Catalog} catalog
 * @param {Presets} presets
 */
function start(store, catalog, presets) {
  const frames = createFrames();
  const loop = createLoop({ frames, drawn: ({ frame }) => connection.send("ack", { frame }) });
  const { problems, ...address } = parse(location.hash, catalog, presets.presets);
  const preset = presetIn(location.hash, presets.presets);
  let wanted = preset ? { ...address, speed: preset.speed } : address;
  store.set({ problems, lesson: preset?.name ?? null });

  const connection = createConnection({
    open: () => new WebSocket(streamUrl()),
    hello: () => ({ ...(store.get().run > 0 ? goOn() : wanted), view: nextView() }),
    refused(problems, message) {
      const { run, startSpec: spec, edits, problems: known } = store.get();
      const refusedRun = run > 0 ? { spec, edits } : wanted;
      const isDefault = Object.keys(refusedRun.spec).length + refusedRun.edits.length === 0;
      if (isDefault || problems.length === 0) {
        store.set({ notice: message });
        return false;
      }
      store.set({ run: 0, problems: [...known, ...problems] });
      wanted = without(refusedRun, problems);
      return true;
    },
    message: (message) => {
      if (message.type === "status") store.set(fromStatus(message));
      else if (message.type === "error") store.set({ notice: message.message ?? null });
    },
    picture(picture) {
      frames.receive(picture);
      loop.request();
    },
    changed: (state) => store.set({ connection: state }),
  });

  /** The view that the server was told of last: every new one costs a frame. */
  let told = "";
  const nextView = () => {
    const view = viewFor(store.get());
    told = JSON.stringify(view);
    return view;
  };

  const goOn = () => {
    const { startSpec, edits, phase, speed, run } = store.get();
    const step = frames.latest?.run === run ? frames.latest.step : 0;
    return { spec: startSpec, edits, step, playing: phase === "playing", speed };
  };

  const actions = createActions({ store, connection, catalog });
  const want = createWants((wants) => store.set({ wants }));
  const context = { want, store, frames, actions, catalog, presets };
  for (const [name, view] of views) loop.add(view(query(document, `[data-view="${name}"]`), context));
  store.subscribe(loop.request);

  const sendView = atMostEvery(VIEW_GAP, () => {
    const before = told;
    const view = nextView();
    if (told !== before && !connection.send("view", view)) told = "";
  });
  watch(store, ["phase", "connection", "wants"], sendView);
  keepAddress(store, presets);
  addEventListener("hashchange", () => {
    const { spec, edits, problems } = parse(location.hash, catalog, presets.presets);
    const named = presetIn(location.hash, presets.presets);
    store.set({ lesson: named?.name ?? null });
    actions.load(spec, edits, problems);
    if (named) actions.setSpeed(named.speed);
  });
  addEventListener("online", connection.retry);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") connection.retry();
  });
  connection.connect();
}

/** @param {{[key: string]: any}} status */
function fromStatus({ start_spec: startSpec, steps_per_epoch: stepsPerEpoch, ...rest }) {
  const { run, phase, speed, spec, edits, layout, parameters, units, failure, stop = null } = rest;
  const { reached, planned, findings } = rest;
  return { run, phase, speed, spec, edits, layout, parameters, units, failure, stop, reached, planned, findings, startSpec, stepsPerEpoch };
}

/**
 * A preset keeps its short address until something is changed.
 *
 * @param {Store} store
 * @param {Presets} presets
 */
function keepAddress(store, { presets }) {
  watch(store, ["startSpec", "edits", "lesson"], ({ run, startSpec, edits, lesson }) => {
    if (run === 0) return;
    const preset = presets.find(({ name }) => name === lesson);
    const address = preset && isRunOf(preset, { startSpec, edits }) ? formatPreset(preset) : format(startSpec, edits);
    history.replaceState(null, "", `#${address}`);
  });
}

const store = createStore({ ...INITIAL, theme: themeAtStart(), locks: { ...INITIAL.locks, ...remembered("locks") } });
keepTheme(store);
keepControls(store);
startTooltips();
const urls = [document.body.dataset.catalogUrl ?? "api/catalog", "api/presets"];
const [catalog, presets] = await Promise.all(urls.map((url) => fetchJson(store, url)));
start(store, catalog, presets);
