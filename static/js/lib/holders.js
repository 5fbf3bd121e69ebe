/**
 * Which window holds a session. A browser that duplicates a tab copies all that the tab keeps, its session too; two
 * windows must not fight over that, so a page that comes back asks the others first.
 */

const NAME = "sessions";

/** Milliseconds that a window has to answer; asked while the page loads, so that nobody waits for it. */
const PATIENCE = 100;

/**
 * @typedef {{ask: string} | {held: string, state: any}} Word
 * @typedef {Pick<BroadcastChannel, "postMessage" | "addEventListener" | "removeEventListener">} Channel
 */

/**
 * @param {Channel | null} [channel]  null where the browser has none
 */
export function createHolders(channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME)) {
  return {
    /**
     * What the window that holds a session goes on with at this moment; null where none does.
     *
     * @param {string} session
     * @returns {Promise<any>}
     */
    stateOf(session) {
      if (!channel) return Promise.resolve(null);
      return new Promise((resolve) => {
        const done = (/** @type {any} */ state) => {
          clearTimeout(timer);
          channel.removeEventListener("message", listen);
          resolve(state);
        };
        const listen = (/** @type {Event} */ event) => {
          const word = /** @type {MessageEvent<Word>} */ (event).data;
          if ("held" in word && word.held === session) done(word.state);
        };
        const timer = setTimeout(() => done(null), PATIENCE);
        channel.addEventListener("message", listen);
        channel.postMessage({ ask: session });
      });
    },

    /**
     * Answers for this window from now on.
     *
     * @param {() => {session: string | null} | null} state  what it goes on with; null while it has been left
     */
    answer(state) {
      channel?.addEventListener("message", (event) => {
        const word = /** @type {MessageEvent<Word>} */ (event).data;
        const mine = "ask" in word ? state() : null;
        if (mine && "ask" in word && mine.session === word.ask) channel.postMessage({ held: word.ask, state: mine });
      });
    },
  };
}
