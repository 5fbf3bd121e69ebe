/** Has the server work on a search or on duels, and puts together what comes. What a lost line cuts begins again: it is the same. */

import { watch } from "../../base/store.js";

/** @import {Connection} from "../../wire/connection.js" */
/** @import {Problem, SearchState, SearchStore, StudyPart} from "../types.js" */

/** @typedef {{kind: string, [key: string]: unknown}} Study */

/** Where the server names what is wrong. */
const WITHIN = /^what\.(?:(?:duel\.|truth\.)?search\.|duel\.)?/;

/** What is wrong here stands at a field of the page. */
const AT_FIELDS =
  /^(?:knobs|strategy|budget|updates|seeds|score|validation_share|search_seed|against|duels|truth)(?:\.|$)/;

/**
 * What is asked for, where its phase and its findings stand in the state, and how these grow part by part.
 *
 * @template Found
 * @typedef {object} Course
 * @property {"phase" | "duelPhase" | "truthPhase"} phase
 * @property {"found" | "fought" | "truth"} found
 * @property {(state: Readonly<SearchState>) => Study} study
 * @property {Study} none  the study that ends it
 * @property {(part: StudyPart, state: Readonly<SearchState>) => Found} begin  `state` as it was when it was asked for
 * @property {(before: Found, part: StudyPart) => Found} more
 */

/**
 * @template Found
 * @param {SearchStore} store
 * @param {Connection} connection
 * @param {Course<Found>} course
 */
export function createRunner(store, connection, { phase, found, study, none, begin, more }) {
  let latest = 0;
  let under = false;
  const set = (/** @type {Partial<SearchState>} */ patch) => store.set(patch);

  const ask = async () => {
    const mine = ++latest;
    const asked = store.get();
    under = true;
    set({ [found]: null });
    const reply = await connection.study(study(asked), (part) => {
      if (mine !== latest) return;
      const before = /** @type {Found | null} */ (store.get()[found]);
      set({ [found]: before ? more(before, part) : begin(part, asked) });
    });
    if (mine !== latest) return;
    under = false;
    if (reply.ok) set({ [phase]: "done" });
    else if (reply.code !== "lost") refuse(reply.problems, reply.message);
  };

  /**
   * @param {Problem[]} problems
   * @param {string} message
   */
  const refuse = (problems, message) => {
    const named = problems.map((problem) => ({ ...problem, path: problem.path.replace(WITHIN, "") }));
    set({
      [phase]: "ready",
      faults: named.filter(({ path }) => AT_FIELDS.test(path)),
      problems: named.filter(({ path }) => !AT_FIELDS.test(path)),
      notice: named.length === 0 ? message : null,
    });
  };

  watch(store, ["connection", phase], (state) => {
    if (state.connection === "open" && state[phase] === "running" && !under) void ask();
  });

  return {
    run() {
      latest += 1; // what is still on its way is of another one
      under = false;
      set({ [phase]: "ready", problems: [], faults: [], notice: null });
      set({ [phase]: "running" });
    },
    /** Forget it: what is still on its way is of no use. */
    drop() {
      latest += 1;
      if (under) void connection.study(none);
      under = false;
    },
    stop() {
      latest += 1;
      under = false;
      set({ [phase]: "stopped" });
      void connection.study(none);
    },
  };
}
