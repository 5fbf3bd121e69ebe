/**
 * Keeps the landscape of the run at hand: asks for it when something else is wanted, when a new run begins, when
 * training comes to rest, and while it goes on no more than once a second.
 */

import { landscapeOf, studyOf } from "./landscape.js";
import { refusal } from "./words.js";
import { watch } from "../base/store.js";
import { endsOf, parameterLabel } from "../base/unit-names.js";

/** @import {Reply} from "../wire/connection.js" */
/** @import {Catalog, Edit, Frames, Store, StudyPart} from "../base/types.js" */
/** @import {Landscape} from "./landscape.js" */

/** Between two landscapes of a run that goes on, in milliseconds: a picture that changes more often is not read. */
const GAP = 1000;

/**
 * @typedef {object} LandscapeKeeper
 * @property {Landscape | null} latest  what is drawn
 * @property {string} problem  why there is none, in words
 * @property {(listener: () => void) => void} subscribe  called whenever one of them changes
 * @property {() => void} renew  asks again, for a person who does not follow
 * @property {() => void} consider  asks if there is reason to; called for each frame
 */

/**
 * @param {object} options
 * @param {Store} options.store
 * @param {Frames} options.frames
 * @param {Catalog} options.catalog
 * @param {(what: {kind: string, [key: string]: unknown}, onPart: (part: StudyPart) => void) => Promise<Reply>} options.study
 * @param {() => number} [options.now]  in milliseconds
 * @param {(callback: () => void, delay: number) => unknown} [options.later]
 * @returns {LandscapeKeeper}
 */
export function createLandscapeKeeper({
  store,
  frames,
  catalog,
  study,
  now = () => performance.now(),
  later = setTimeout,
}) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** What the last request was for; null where it came to nothing. */
  /** @type {string | null} */
  let asked = null;
  let askedStep = -1;
  let underWay = 0;
  let last = -Infinity;
  let waiting = false;
  /** Counts up whenever the edits are others: of several at one step the last is no further one. */
  let told = 0;

  /** @type {LandscapeKeeper} */
  const keeper = {
    latest: null,
    problem: "",
    subscribe: (listener) => void listeners.add(listener),
    renew: () => void ask(),
    consider: () => consider(),
  };
  const tell = () => {
    for (const listener of listeners) listener();
  };

  /** @param {string} name  of a weight or bias */
  const labelOf = (name) => {
    const { spec, layout } = store.get();
    return parameterLabel(name, endsOf(spec, layout, frames.scene, catalog));
  };

  /** All that a picture depends on but the step. */
  const wanted = () => {
    const { run, landscape, member, edits, planned } = store.get();
    const { follow: _follow, ...choices } = landscape;
    return JSON.stringify([run, choices, member, edits.length - planned, told]);
  };

  const ask = async () => {
    const { run, landscape: choices, member, connection, edits, planned } = store.get();
    const jumps = edits
      .slice(0, edits.length - planned)
      .filter(placed)
      .map((edit) => edit.step);
    const step = frames.latest?.run === run ? frames.latest.step : -1;
    if (connection !== "open" || run === 0 || step < 0) return;
    const isNew = asked !== wanted();
    [asked, askedStep, last] = [wanted(), step, now()];
    underWay += 1;
    const { ok, code, message, problems } = await study(studyOf(choices, member), (part) => {
      // A coarse picture is for those who wait for one; in place of a fine one it would flicker.
      if (store.get().run !== run || !(isNew || part.done)) return;
      keeper.latest = landscapeOf(part, { run, choices, member, jumps }, labelOf);
      keeper.problem = "";
      tell();
    });
    underWay -= 1;
    if (code === "lost") asked = null;
    else if (ok || code === "superseded") consider();
    else {
      keeper.problem = refusal(message, problems);
      tell();
    }
  };

  const consider = () => {
    const { run, landscape, phase } = store.get();
    const frame = frames.latest;
    if (run === 0 || frame?.run !== run) return;
    if (asked !== wanted()) return void ask();
    if (!landscape.follow || frame.step === askedStep || underWay > 0) return;
    const wait = phase === "paused" ? 0 : last + GAP - now();
    if (wait <= 0) return void ask();
    if (waiting) return;
    waiting = true;
    later(() => {
      waiting = false;
      consider();
    }, wait);
  };

  watch(store, ["connection"], ({ connection }) => {
    if (connection !== "open") asked = null;
  });
  watch(store, ["edits"], () => {
    told += 1;
  });
  store.subscribe(consider);
  return keeper;
}

/**
 * Whether an edit puts all weights somewhere.
 *
 * @param {Edit} edit
 */
const placed = ({ changes }) => "theta" in changes;
