/**
 * Which window holds a session. A browser that duplicates a tab copies all that the tab keeps, its session too; two
 * windows must not fight over that, so a page that comes back asks the others first.
 */

const NAME = "sessions";

/** Milliseconds that a window has to answer about a page that was left in this tab: hardly anyone has it as well. */
const PATIENCE = 100;

/** The same about one that was copied while it was open: whoever has it may be busy with a picture. */
const PATIENCE_FOR_A_COPY = 3000;

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
     * @param {boolean} left  the page that had it in this tab was left, as by a reload
     * @returns {Promise<any>}
     */
    stateOf(session, left) {
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
        const timer = setTimeout(() => done(null), left ? PATIENCE : PATIENCE_FOR_A_COPY);
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
