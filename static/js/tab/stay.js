/**
 * A page's stay in its tab: where it goes on when somebody comes back to it, and what is kept of it for the next time.
 * Each entry of the tab's history has a name, which the browser keeps with it.
 */

import { createHolders } from "./holders.js";
import { createPlaces } from "./places.js";
import { whenQuiet } from "../base/scheduling.js";

/** Milliseconds without a change after which what there is is kept; leaving the page keeps it at once. */
const QUIET = 300;

/** @returns {Storage | null} */
function storage() {
  try {
    return sessionStorage;
  } catch {
    return null; // Forbidden by the browser's settings: the page then begins with its address.
  }
}

/** @template {{session?: string | null}} T  what the page goes on with */
export function createStay() {
  const places = createPlaces(storage());
  const holders = createHolders();
  /** @type {() => T | null} */
  let state = () => null;
  let entry = nameOfEntry();
  let away = false;
  /** Whether the page still shows what another address said. */
  let moving = false;

  /** Whether the browser is at another address already, of which the page has not been told yet. */
  const isElsewhere = () => history.state?.entry !== entry;

  const save = () => {
    const now = moving || isElsewhere() ? null : state();
    if (now) places.keep({ path: location.pathname, entry, hash: location.hash, left: away, state: now });
  };

  return {
    /**
     * What the page goes on with, if it was here before. Where another window goes on with it, as with a
     * duplicated tab, a copy begins at the same step.
     *
     * @returns {Promise<T | null>}
     */
    async comeBack() {
      const place = places.find({ path: location.pathname, entry, hash: location.hash });
      if (!place?.state.session) return place?.state ?? null;
      const left = place.left || ("wasDiscarded" in document && document.wasDiscarded === true);
      const held = await holders.stateOf(place.state.session, left);
      return held ? { ...held, session: null } : place.state;
    },

    /**
     * Keeps what the page goes on with from now on.
     *
     * @param {() => T | null} now  null while there is nothing to go on with
     * @returns {() => void}  to be called when it has changed
     */
    keep(now) {
      state = now;
      holders.answer(() => {
        const mine = away ? null : state();
        return mine && { ...mine, session: mine.session ?? null };
      });
      addEventListener("pagehide", () => {
        away = true;
        save();
      });
      addEventListener("pageshow", () => {
        away = false;
      });
      // A phone may end a page that is out of sight without another word.
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") save();
      });
      return whenQuiet(QUIET, save);
    },

    /**
     * The address has become another one: keeps the old place, and says what is known of the new one. Until it is
     * `settled`, the page shows the old one.
     *
     * @param {string} oldUrl
     * @returns {T | null}
     */
    move(oldUrl) {
      const now = moving ? null : state();
      moving = true;
      // The session now goes on with what the new address says.
      if (now) {
        places.keep({
          path: location.pathname,
          entry,
          hash: new URL(oldUrl).hash,
          left: true,
          state: { ...now, session: null },
        });
      }
      const known = history.state?.entry;
      entry = nameOfEntry();
      const place = known ? places.find({ path: location.pathname, entry: known, hash: location.hash }) : null;
      return place?.entry === known ? (place?.state ?? null) : null;
    },

    /** The page shows what its address says. */
    settled() {
      moving = false;
      save();
    },
  };
}

/** The name of the history's entry at hand, given to it if it has none. */
function nameOfEntry() {
  const known = history.state?.entry;
  if (typeof known === "string") return known;
  const name = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  history.replaceState({ entry: name }, "");
  return name;
}

/**
 * Writes what a link would say into the address bar.
 *
 * @param {string} address  without the leading #
 */
export function writeAddress(address) {
  history.replaceState(history.state, "", address ? `#${address}` : location.pathname + location.search);
}
