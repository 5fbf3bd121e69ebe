/** Puts the page together on which networks train side by side over their loss. */

import { createLandscapeActions } from "../landscape/actions.js";
import { formatLandscape, parseLandscape } from "../landscape/link.js";
import { createLandscapeKeeper } from "../landscape/keeper.js";
import { createEndings } from "../run/endings.js";
import { query } from "../base/dom.js";
import { languageView } from "../ui/language-view.js";
import { startTooltips } from "../ui/tooltip.js";
import { fetchJson, keepControls, keepTheme, remembered, themeAtStart } from "../base/page.js";
import { createRunPage } from "../run/run-page.js";
import { createStay, writeAddress } from "../tab/stay.js";
import { INITIAL, createStore, watch } from "../base/store.js";
import { boundariesView } from "../landscape/members/boundaries-view.js";
import { choicesView } from "../landscape/choices-view.js";
import { headlineView } from "../landscape/headline-view.js";
import { lossesView } from "../landscape/losses-view.js";
import { mapView } from "../landscape/map/map-view.js";
import { memberCurvesView } from "../landscape/members/member-curves-view.js";
import { membersView } from "../landscape/members/members-view.js";
import { racesView } from "../landscape/members/comparisons-view.js";
import { shownView } from "../landscape/form-view.js";
import { sliceView } from "../landscape/map/slice-view.js";
import { storyView } from "../landscape/strip-view.js";
import { surfaceView } from "../landscape/map/surface-view.js";
import { takeAlongView } from "../landscape/share-view.js";
import { taskView } from "../landscape/task-view.js";
import { seedsView } from "../settings/seeds-view.js";
import { statusView } from "../run/status-view.js";
import { themeView } from "../run/theme-view.js";
import { timelineView } from "../run/timeline-view.js";
import { transportView } from "../run/transport-view.js";
import { undoView } from "../run/undo-view.js";
import { t } from "../base/words.js";

/** @import {Catalog, Frames, State, Store, View} from "../base/types.js" */
/** @import {Comparison, LandscapeContext} from "../landscape/types.js" */
/** @import {RunState} from "../run/run-page.js" */

const views = /** @type {[string, (root: HTMLElement, context: LandscapeContext) => View][]} */ ([
  [
    "transport",
    (root, context) =>
      transportView(root, context, [["← → ↑ ↓", t("On the map: move the reading; Enter puts every network there")]]),
  ],
  ["status", (root, context) => statusView(root, context, createEndings(context.store, context.actions))],
  ["theme", themeView],
  ["language", languageView],
  ["timeline", timelineView],
  ["seeds", seedsView],
  ["undo", undoView],
  ["races", racesView],
  ["take-along", takeAlongView],
  ["members", membersView],
  ["task", taskView],
  ["story", storyView],
  ["headline", headlineView],
  ["shown", shownView],
  ["choices", choicesView],
  ["map", mapView],
  ["surface", surfaceView],
  ["slice", sliceView],
  ["losses", lossesView],
  ["boundaries", boundariesView],
  ["member-curves", memberCurvesView],
]);

/** The large picture of one network is not shown here: the smallest will do. Paths need the trajectory of the run. */
const VIEW = { grid: 8, neurons: 0, trajectory: true };

/** @param {Readonly<State>} state  the chosen network may be one of a race that is still to come */
const viewFor = ({ member, members }) => ({ ...VIEW, member: Math.min(member, Math.max(0, members.length - 1)) });

/** Changes of these are kept for whoever comes back. */
const KEPT = /** @type {(keyof State)[]} */ ([
  "run",
  "startSpec",
  "edits",
  "phase",
  "connection",
  "lesson",
  "member",
  "landscape",
]);

/**
 * @param {Store} store
 * @param {Catalog} catalog
 * @param {Comparison[]} comparisons
 * @param {RunState | null} before  what to go on with; else the address counts
 */
function start(store, catalog, comparisons, before) {
  const { member, landscape, problems, notice, ...address } = parseLandscape(location.hash, catalog);
  // Who comes without an address sees something to look at.
  const first = location.hash.length > 1 ? undefined : comparisons[0];
  const wanted = first ? { spec: first.spec, edits: [], members: first.members, speed: first.speed } : address.wanted;
  store.set(before ? before.shown : { problems, notice, member, landscape, lesson: first?.name ?? null });
  const { state, ...page } = createRunPage({
    store,
    catalog,
    wanted: before?.run ?? wanted,
    session: before?.session,
    viewFor,
  });
  const { frames, loop, connection, actions } = page;
  const keeper = createLandscapeKeeper({
    store,
    frames,
    catalog,
    study: (what, onPart) => connection.study(what, onPart),
  });
  const race = createLandscapeActions({ store, frames, actions, catalog });
  const presets = { lessons: [], presets: [] };
  const context = { ...page, store, catalog, presets, comparisons, keeper, race };
  for (const [name, view] of views) loop.add(view(query(document, `[data-view="${name}"]`), context));
  loop.add({ draw: keeper.consider });

  // Another number of networks may leave none where one was looked at.
  watch(store, ["members"], ({ members }) => {
    if (store.get().run > 0 && store.get().member >= Math.max(1, members.length)) store.set({ member: 0 });
  });
  loop.add(keepAddress(store, frames, catalog));
  watch(store, KEPT, stay.keep(state));
  addEventListener("hashchange", async ({ oldURL }) => {
    const known = stay.move(oldURL);
    if (known) await page.back(known);
    else await follow(store, catalog, context);
    stay.settled();
  });
  page.connect();
}

/**
 * Goes to what the address says now.
 *
 * @param {Store} store
 * @param {Catalog} catalog
 * @param {LandscapeContext} context
 */
async function follow(store, catalog, { actions }) {
  const { wanted, member, landscape, problems, notice } = parseLandscape(location.hash, catalog);
  store.set({ member, landscape });
  await actions.load(wanted, problems);
  if (notice) store.set({ notice });
  if (wanted.step > 0) actions.seek(wanted.step);
}

/**
 * The step is part of the address while the run rests: then the link gives this very picture.
 *
 * @param {Store} store
 * @param {Frames} frames
 * @param {Catalog} catalog
 * @returns {View}
 */
function keepAddress(store, frames, catalog) {
  let written = "";
  const write = () => {
    const state = store.get();
    const frame = frames.latest;
    if (state.run === 0 || frame?.run !== state.run) return;
    const address = formatLandscape(state, state.phase === "paused" ? frame.step : 0, catalog);
    if (address === written) return;
    written = address;
    writeAddress(address);
  };
  store.subscribe(write);
  return { draw: () => store.get().phase === "paused" && write() };
}

/** @type {ReturnType<typeof createStay<RunState>>} */
const stay = createStay();
const store = createStore({ ...INITIAL, theme: themeAtStart(), locks: { ...INITIAL.locks, ...remembered("locks") } });
keepTheme(store);
keepControls(store);
startTooltips();
const urls = ["api/catalog", "api/comparisons"];
const [before, catalog, { presets }] = await Promise.all([
  stay.comeBack(),
  ...urls.map((url) => fetchJson(store, url)),
]);
start(store, catalog, presets, before);
