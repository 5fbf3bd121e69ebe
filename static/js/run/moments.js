/**
 * The moments of a page's runs that undo and redo lead to: each is a run at a step, so that going back to one shows the
 * very network that was there, whatever the change was: of settings, weights or data, a new start, another run.
 */

import { placeOf, recipeOf } from "./run-place.js";
import { createUndo } from "./undo.js";

/** @import {Edit, Frame, State} from "../base/types.js" */
/** @import {Wanted} from "../address/run-link.js" */

/**
 * @typedef {object} Moment
 * @property {number} run  its number on the server
 * @property {Wanted & {step: number, playing: boolean}} wanted  what has it made again
 * @property {State["spec"]} spec  the settings as they were
 * @property {State["members"]} members
 * @property {string | null} lesson  the preset that it was about
 */

/** @param {() => Frame | null} latest  the newest frame */
export function createMoments(latest) {
  /** @type {ReturnType<typeof createUndo<Moment>>} */
  let list = createUndo();
  /** @type {-1 | 1 | null} where undo or redo is about to lead */
  let coming = null;
  /** @type {Readonly<State> | null} what there was before the drag that is under way */
  let held = null;

  /**
   * @param {Readonly<State>} state
   * @param {number} [step]  where it is not the one that is shown
   * @returns {Moment}
   */
  const momentOf = (state, step) => {
    const place = placeOf(state, latest());
    return {
      run: state.run,
      wanted: { ...recipeOf(state), ...place, step: step ?? place.step },
      spec: state.spec,
      members: state.members,
      lesson: state.lesson,
    };
  };

  const arrive = () => {
    if (coming) list.move(coming);
    coming = null;
  };

  return {
    get now() {
      return list.now;
    },
    get before() {
      return list.before;
    },
    get after() {
      return list.after;
    },

    /**
     * Takes in what the page knows now. Time that passes, and travelling in it, is no change; a drag is one.
     *
     * @param {Readonly<State>} state
     * @param {Readonly<State>} last
     */
    see(state, last) {
      if (state.run === 0) return;
      const previous = held ?? last;
      held = state.dragging ? previous : null;
      if (held) return;
      if (previous.run === 0 || !list.now) {
        list = createUndo();
        list.add(momentOf(state));
        return;
      }
      if (!isOther(state, previous)) return;
      if (coming) {
        arrive();
        list.replace({ ...momentOf(state), lesson: list.now.lesson });
        return;
      }
      const left = momentOf(previous, changedAt(state, previous));
      list.replace({ ...left, lesson: list.now.lesson });
      const next = momentOf(state);
      // The same run once more at the same step: a server that was restarted, or a reset at the start.
      if (isSame(next.wanted, { ...left.wanted, playing: next.wanted.playing })) list.replace(next);
      else list.add(next);
    },

    /**
     * Undo or redo is on its way: what is left is kept as it is.
     *
     * @param {-1 | 1} by
     * @param {Readonly<State>} state
     */
    leave(by, state) {
      list.replace({ ...momentOf(state), lesson: list.now?.lesson ?? null });
      coming = by;
    },
    /** It has led there. */
    arrive,
    /** It came to nothing. */
    stay() {
      coming = null;
    },
    get isComing() {
      return coming !== null;
    },
  };
}

/**
 * Whether it is another run, or changed. The store keeps parts that have the same contents.
 *
 * @param {Readonly<State>} state
 * @param {Readonly<State>} previous
 */
function isOther(state, previous) {
  return /** @type {const} */ (["run", "startSpec", "edits", "members"]).some((key) => state[key] !== previous[key]);
}

/**
 * The step at which a running network was changed, which may be a later one than is shown.
 *
 * @param {Readonly<State>} state
 * @param {Readonly<State>} previous
 * @returns {number | undefined}
 */
function changedAt(state, previous) {
  if (state.run !== previous.run) return undefined;
  const made = state.edits.length - state.planned;
  const last = state.edits[made - 1];
  return last && !isSame(last, previous.edits[made - 1]) ? last.step : undefined;
}

/**
 * Whether a moment is of the run and step at hand, and differs from it in settings alone: then they can be set.
 *
 * @param {Moment} moment
 * @param {Moment} now
 */
export function isNear(moment, now) {
  return (
    moment.run === now.run
    && moment.wanted.step === now.wanted.step
    && isSame(moment.members, now.members)
    && isSame(weightsOf(moment.wanted.edits), weightsOf(now.wanted.edits))
  );
}

/**
 * The changes of weights among edits.
 *
 * @param {Edit[]} edits
 */
export const weightsOf = (edits) =>
  edits.flatMap(({ step, changes }) =>
    Object.entries(changes)
      .filter(([path]) => path.startsWith("theta"))
      .map((each) => [step, ...each]),
  );

/**
 * @param {unknown} a
 * @param {unknown} b
 */
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);
