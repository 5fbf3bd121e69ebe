/**
 * What a page does that shows a run: it says hello with what is wanted, goes on after a lost line, tells the
 * server what it looks at, and draws each frame once.
 */

import { createActions } from "./actions.js";
import { createConnection } from "../wire/connection.js";
import { createFrames } from "./frames.js";
import { placeOf, recipeOf } from "./run-place.js";
import { atMostEvery } from "../base/scheduling.js";
import { createWants } from "./frame-requests.js";
import { createLoop } from "./loop.js";
import { comeAlive, streamUrl } from "../base/page.js";
import { watch } from "../base/store.js";
import { stateOf } from "./status.js";
import { createStreamCheck } from "../wire/stream-check.js";
import { isBlank, without } from "../address/drop-refused.js";

/** @import {Catalog, Speed, State, Store, Wants} from "../base/types.js" */
/** @import {Wanted} from "../address/run-link.js" */

/**
 * What a page with a run goes on with when somebody comes back to it; `shown` is how it was looked at.
 *
 * @typedef {{session: string | null, run: Wanted, shown: Partial<State>}} RunState
 */

/** How a run is looked at, beside its address. */
const SHOWN = /** @type {const} */ (["lesson", "showTest", "discretize", "training", "marking", "member", "landscape"]);

/** @type {Wanted} */
const USUAL = { spec: {}, edits: [] };

/** Early epochs are seen one by one, and plateaus are short. @type {Speed} */
const USUAL_SPEED = "rising";

/** A pointer moves more often than its answer can be read, in milliseconds. */
const VIEW_GAP = 50;

/**
 * @param {object} options
 * @param {Store} options.store
 * @param {Catalog} options.catalog
 * @param {Wanted} options.wanted  what to begin with
 * @param {string | null | undefined} [options.session]  the session that holds it, if there is one
 * @param {(state: Readonly<State>) => {[key: string]: unknown}} options.viewFor  what frames should hold
 * @param {import("./actions.js").Permits} [options.permits]
 */
export function createRunPage({ store, catalog, wanted, session, viewFor, permits = () => null }) {
  const frames = createFrames(catalog.metrics);
  const loop = createLoop({ frames, drawn: ({ frame }) => connection.send("ack", { frame }) });
  let asked = wanted;

  const check = createStreamCheck({ tell: (trouble) => store.set({ trouble }) });

  const connection = createConnection({
    open: () => new WebSocket(streamUrl()),
    session: session ?? null,
    hello() {
      const run = store.get().run > 0 ? goOn() : asked;
      store.set({ goal: { step: run.step ?? 0, playing: run.playing ?? false } });
      return { ...run, speed: run.speed === undefined ? USUAL_SPEED : run.speed, view: nextView() };
    },
    refused({ problems, message, code }) {
      if (code === "internal") {
        store.set({ refusal: message });
        return "later";
      }
      const { problems: known, run } = store.get();
      const refusedRun = run > 0 ? recipeOf(store.get()) : asked;
      // nothing of a run that was there is left out unasked
      const wasThere = run > 0 || session !== undefined;
      if (isBlank(refusedRun) || (wasThere && problems.length === 0)) {
        store.set({ refusal: message, notice: null });
        return "never";
      }
      // what is wrong with it as a whole, as that it is too long, stays said when less of it is taken
      if (problems.length === 0) store.set({ notice: message });
      store.set({ run: 0, problems: [...known, ...problems] });
      asked = without(refusedRun, problems, catalog);
      return "again";
    },
    due: () => store.get().phase !== "paused",
    message: (message) => {
      if (message.type === "status") {
        store.set({ ...stateOf(message), ...(message.phase !== "seeking" && { goal: null }) });
      } else if (message.type === "error") store.set({ notice: message.message ?? null });
    },
    picture(picture) {
      frames.receive(picture);
      loop.request();
    },
    changed(state, tries) {
      store.set(
        state === "open" ? { connection: state, session: connection.session, refusal: null } : { connection: state },
      );
      check(state, tries);
    },
  });

  /** The view that the server was told of last: every new one costs a frame. */
  let told = "";
  const nextView = () => {
    const view = { ...viewFor(store.get()), ...store.get().wants };
    told = JSON.stringify(view);
    return view;
  };
  const sendView = atMostEvery(VIEW_GAP, () => {
    const before = told;
    const view = nextView();
    if (told !== before && !connection.send("view", view)) told = "";
  });

  const goOn = () => {
    const state = store.get();
    return { ...recipeOf(state), ...placeOf(state, frames.latest), speed: state.speed };
  };

  const line = {
    tryAgain: connection.connect,
    startOver() {
      const { run, spec, members } = store.get();
      asked = run > 0 ? { spec, edits: [], ...(members.length > 0 && { members }) } : USUAL;
      store.set({ run: 0 });
      connection.connect();
    },
  };

  const actions = createActions({ store, connection, catalog, line, permits });
  store.subscribe(loop.request);
  return {
    frames,
    loop,
    connection,
    study: connection.study,
    actions,
    want: createWants((/** @type {Wants} */ wants) => store.set({ wants })),

    /** @returns {RunState | null}  what to go on with; null while there is no run */
    state() {
      const state = store.get();
      if (state.run === 0) return null;
      const shown = Object.fromEntries(SHOWN.map((name) => [name, state[name]]));
      return { session: connection.session, run: goOn(), shown };
    },

    /**
     * Goes back to what another address of this page was left with.
     *
     * @param {RunState} known
     */
    async back({ run, shown }) {
      store.set(shown);
      await actions.restore(run);
      actions.setSpeed(run.speed ?? null);
    },

    /** Begins, once the views are there. */
    connect() {
      watch(store, ["phase", "connection", "wants", "member", "members"], sendView);
      comeAlive(connection);
    },
  };
}
