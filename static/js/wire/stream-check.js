/** Finds out why the stream does not open, once it has been tried some times: refused, held up on the way, or nobody there. */

import { t } from "../base/words.js";

/** @import {ConnectionState, Trouble} from "../base/types.js" */

/** A restart of the server is over before that. */
const TRIES = 3;
const PATIENCE = 5000;

const UNREACHABLE = {
  title: t("The server cannot be reached"),
  text: t("It may have been stopped, or the network is down. The page keeps trying, and goes on where it was."),
  setting: null,
};
const HELD_UP = {
  title: t("The stream does not come through"),
  text: t(
    "The server answers, but something on the way to it, such as a proxy or a filter, blocks websockets. A proxy has to pass on the headers Upgrade and Connection.",
  ),
  setting: null,
};

/**
 * @param {object} options
 * @param {(trouble: Trouble | null) => void} options.tell
 * @param {() => Promise<any>} [options.ask]  what the server says of streams for this page; rejects where there is none
 * @returns {(state: ConnectionState, tries: number) => void}  to be called whenever the connection changes
 */
export function createStreamCheck({ tell, ask = askServer }) {
  let asked = 0;
  return async (state, tries) => {
    const mine = ++asked;
    if (state !== "lost") return tell(null);
    if (tries < TRIES) return;
    const trouble = await ask().then(troubleOf, () => UNREACHABLE);
    if (mine === asked) tell(trouble);
  };
}

/**
 * @param {{allowed?: unknown, reason?: unknown, setting?: unknown}} said
 * @returns {Trouble}
 */
function troubleOf({ allowed, reason, setting }) {
  if (allowed !== false) return HELD_UP;
  return {
    title: t("The server refuses this page's stream"),
    text:
      typeof reason === "string" ? reason : t("The page is served at a different address from the one in the browser."),
    setting: typeof setting === "string" ? setting : null,
  };
}

async function askServer() {
  const url = `api/stream-check?origin=${encodeURIComponent(location.origin)}`;
  const response = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  // What stands in for a server that is gone answers too.
  if (response.status >= 500) throw new Error(`status ${response.status}`);
  return response.ok ? response.json() : {};
}
