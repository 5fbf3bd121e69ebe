/**
 * What a page does that shows a run: it says hello with what its address wants, goes on after a lost line, tells the
 * server what it looks at, and draws each frame once.
 */

import { createActions } from "./actions.js";
import { createConnection } from "./connection.js";
import { createFrames } from "./frames.js";
import { atMostEvery } from "./lib/schedule.js";
import { createWants } from "./lib/wants.js";
import { createLoop } from "./loop.js";
import { streamUrl } from "./page.js";
import { watch } from "./store.js";
import { isBlank, without } from "./without.js";

/** @import {Catalog, State, Store, Wants} from "./types.js" */
/** @import {Wanted} from "./url-state.js" */

/** A pointer moves more often than its answer can be read, in milliseconds. */
const VIEW_GAP = 50;

/**
 * @param {object} options
 * @param {Store} options.store
 * @param {Catalog} options.catalog
 * @param {Wanted} options.wanted  what to begin with
 * @param {(state: Readonly<State>) => {[key: string]: unknown}} options.viewFor  what frames should hold
 */
export function createRunPage({ store, catalog, wanted, viewFor }) {
  const frames = createFrames();
  const loop = createLoop({ frames, drawn: ({ frame }) => connection.send("ack", { frame }) });
  let asked = wanted;

  const connection = createConnection({
    open: () => new WebSocket(streamUrl()),
    hello: () => ({ ...(store.get().run > 0 ? goOn() : asked), view: nextView() }),
    refused(problems, message) {
      const { problems: known, run } = store.get();
      const refusedRun = run > 0 ? runOf(store.get()) : asked;
      // what is wrong with it as a whole, as that it is too long, stays said when less of it is taken
      if (problems.length === 0) store.set({ notice: message });
      if (isBlank(refusedRun)) {
        store.set({ notice: message });
        return false;
      }
      store.set({ run: 0, problems: [...known, ...problems] });
      asked = without(refusedRun, problems);
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
    const { phase, speed, run } = store.get();
    const step = frames.latest?.run === run ? frames.latest.step : 0;
    return { ...runOf(store.get()), step, playing: phase === "playing", speed };
  };

  store.subscribe(loop.request);
  return {
    frames,
    loop,
    connection,
    actions: createActions({ store, connection, catalog }),
    want: createWants((/** @type {Wants} */ wants) => store.set({ wants })),

    /** Begins, once the views are there. */
    connect() {
      watch(store, ["phase", "connection", "wants", "member", "members"], sendView);
      addEventListener("online", connection.retry);
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") connection.retry();
      });
      connection.connect();
    },
  };
}

/**
 * What a run is from its start on.
 *
 * @param {Readonly<State>} state
 * @returns {Wanted}
 */
export function runOf({ startSpec: spec, edits, members }) {
  return { spec, edits, ...(members.length > 0 && { members }) };
}

/** @param {{[key: string]: any}} status */
function fromStatus({ start_spec: startSpec, steps_per_epoch: stepsPerEpoch, ...rest }) {
  const { run, phase, speed, spec, edits, layout, parameters, units, failure, stop = null } = rest;
  const { step, reached, planned, findings, members = [], failures = [], stops = [] } = rest;
  return {
    run, phase, speed, spec, edits, layout, parameters, units, failure, stop, reached, planned, findings, members,
    failures, stops, startSpec, stepsPerEpoch, inPast: step < reached,
  };
}
