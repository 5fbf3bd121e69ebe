/** Keeps the trace of a point up to date: asks the server again when there is a new frame, and not more often than one can read. */

import { readTrace } from "./trace.js";

/** @import {Store, StudyPart} from "../../base/types.js" */
/** @import {Reply} from "../../wire/connection.js" */
/** @import {Trace} from "./trace.js" */

/** Milliseconds from one question to the next; longer where very many play. */
const GAP = { usual: 100, crowded: 500 };

/**
 * @param {object} options
 * @param {Store} options.store
 * @param {(what: {kind: string, [key: string]: unknown}, onPart: (part: StudyPart) => void) => Promise<Reply>} options.study
 * @param {() => {check: boolean, update: boolean}} options.needs  what of it is looked at
 * @param {(trace: Trace) => void} options.show
 */
export function createTraceKeeper({ store, study, needs, show }) {
  let asked = "";
  let isUnderWay = false;
  let frame = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const wanted = () => {
    const { followed, member, members } = store.get();
    if (!followed) return null;
    return { kind: "trace", ...followed, ...needs(), member: Math.min(member, Math.max(0, members.length - 1)) };
  };

  const ask = () => {
    const what = wanted();
    const key = JSON.stringify([what, frame, store.get().run]);
    if (!what || isUnderWay || timer || key === asked || store.get().connection !== "open") return;
    asked = key;
    isUnderWay = true;
    timer = setTimeout(
      () => {
        timer = undefined;
        ask();
      },
      store.get().light ? GAP.crowded : GAP.usual,
    );
    void study(what, take).then(({ ok, code }) => {
      isUnderWay = false;
      if (!ok && code === "lost") asked = "";
      else ask();
    });
  };

  /** @param {StudyPart} part */
  const take = (part) => {
    const { run, layout, units } = store.get();
    // right after a restart it may still be about the last network
    if (part.run === run && JSON.stringify(part.units) === JSON.stringify(units)) show(readTrace(part, layout));
  };

  return {
    ask,

    /** @param {number} number  of the newest frame */
    drawn(number) {
      frame = number;
      ask();
    },
  };
}
