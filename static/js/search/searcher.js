/** Has the server search, and puts together what it finds. A search whose line is lost begins again: it is the same. */

import { begin, withPart } from "./found.js";
import { watch } from "../base/store.js";

/** @import {Connection} from "../wire/connection.js" */
/** @import {Problem, SearchStore} from "./types.js" */

/** Where the server names what is wrong. */
const WITHIN = /^what\.search\./;

/** What is wrong here stands at a field of the page. */
const AT_FIELDS = /^(?:knobs|strategy|budget|updates|seeds|score|validation_share|search_seed)(?:\.|$)/;

/**
 * @param {SearchStore} store
 * @param {Connection} connection
 */
export function createSearcher(store, connection) {
  let latest = 0;
  let under = false;

  const ask = async () => {
    const mine = ++latest;
    const { search } = store.get();
    under = true;
    store.set({ found: null });
    const reply = await connection.study({ kind: "search", search }, (part) => {
      if (mine !== latest) return;
      const { found } = store.get();
      store.set({ found: found ? withPart(found, part) : begin(part, search) });
    });
    if (mine !== latest) return;
    under = false;
    if (reply.ok) store.set({ phase: "done" });
    else if (reply.code !== "lost") refuse(reply.problems, reply.message);
  };

  /**
   * @param {Problem[]} found
   * @param {string} message
   */
  const refuse = (found, message) => {
    const named = found.map((problem) => ({ ...problem, path: problem.path.replace(WITHIN, "") }));
    store.set({
      phase: "ready",
      faults: named.filter(({ path }) => AT_FIELDS.test(path)),
      problems: named.filter(({ path }) => !AT_FIELDS.test(path)),
      notice: named.length === 0 ? message : null,
    });
  };

  watch(store, ["connection", "phase"], ({ connection: line, phase }) => {
    if (line === "open" && phase === "running" && !under) void ask();
  });

  return {
    run() {
      latest += 1; // what is still on its way is of another search
      under = false;
      store.set({ phase: "ready", problems: [], faults: [], notice: null, pointed: null, chosen: null });
      store.set({ phase: "running" });
    },
    stop() {
      latest += 1;
      under = false;
      store.set({ phase: "stopped" });
      void connection.study({ kind: "search", search: null });
    },
  };
}
