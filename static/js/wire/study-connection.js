/** The line of a page that asks for studies and shows no run: what it hears of the line goes into the page's store. */

import { createConnection } from "./connection.js";
import { createStreamCheck } from "./stream-check.js";

/** @import {ConnectionState, Trouble} from "../base/types.js" */

/**
 * @param {{set: (patch: {connection?: ConnectionState, trouble?: Trouble | null, refusal?: string | null,
 *   notice?: string | null}) => void}} store
 * @param {() => WebSocket} open  makes a socket
 */
export function createStudyConnection(store, open) {
  const check = createStreamCheck({ tell: (trouble) => store.set({ trouble }) });
  return createConnection({
    open,
    // The session's run is not shown: the smallest picture of it will do.
    hello: () => ({ view: { grid: 8, neurons: 0 } }),
    refused({ message, code }) {
      store.set({ refusal: message });
      return code === "internal" ? "later" : "never";
    },
    message: ({ type, message }) => {
      if (type === "error") store.set({ notice: message ?? null });
    },
    picture: () => {},
    changed(state, tries) {
      store.set(state === "open" ? { connection: state, refusal: null } : { connection: state });
      check(state, tries);
    },
  });
}
