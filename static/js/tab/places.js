/**
 * What a tab keeps of the places it has been at, so that coming back to one goes on where it was: by reload, Back,
 * Forward, or over another page. It lasts as long as the tab, and where the browser has no room for it, or forbids
 * it, a page begins with what its address says.
 */

const KEY = "places";

/** The last ones that are kept. */
const MOST = 6;

/** Letters that all of them may take: half of what a browser gives a site. */
const ROOM = 2_500_000;

/**
 * A page at one entry of the tab's history. `state` is what it goes on with; `left` says that the page was gone when
 * this was kept: where it was not, this may be another window's copy of what a page still goes on with.
 *
 * @template [T=any]
 * @typedef {{path: string, entry: string, hash: string, left: boolean, state: T}} Place
 */

/** @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} storage  null where the browser has none */
export function createPlaces(storage) {
  return {
    /**
     * The place that somebody comes back to. An address that says something else than it did is a new one; one
     * without any settings, as the links between the pages have, means where that page was last.
     *
     * @param {{path: string, entry: string | null, hash: string}} where  `entry` as the history knows it
     * @returns {Place | null}
     */
    find({ path, entry, hash }) {
      const here = read(storage)
        .filter((place) => place.path === path)
        .reverse();
      const same = here.filter((place) => place.hash === hash);
      return same.find((place) => place.entry === entry) ?? same[0] ?? (isBare(hash) ? here[0] : undefined) ?? null;
    },

    /**
     * Keeps a place as the newest, instead of what was known of this entry.
     *
     * @param {Place} place
     */
    keep(place) {
      const others = read(storage).filter(({ entry }) => entry !== place.entry);
      write(storage, [...others, place].slice(-MOST));
    },
  };
}

/** @param {string} hash */
const isBare = (hash) => hash.length < 2;

/**
 * @param {Pick<Storage, "getItem"> | null} storage
 * @returns {Place[]} the newest last
 */
function read(storage) {
  try {
    const stored = JSON.parse(storage?.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isPlace) : [];
  } catch {
    return []; // forbidden, or not ours
  }
}

/** @param {any} place */
function isPlace(place) {
  return (
    ["path", "entry", "hash"].every((key) => typeof place?.[key] === "string")
    && typeof place.state === "object"
    && place.state !== null
  );
}

/**
 * Where there is no room the oldest go, until there is. None is better than an old one of the last place.
 *
 * @param {Pick<Storage, "setItem" | "removeItem"> | null} storage
 * @param {Place[]} places
 */
function write(storage, places) {
  for (let from = 0; from < places.length; from++) {
    const text = JSON.stringify(places.slice(from));
    if (text.length > ROOM) continue;
    try {
      storage?.setItem(KEY, text);
      return;
    } catch {
      // One fewer, then.
    }
  }
  try {
    storage?.removeItem(KEY);
  } catch {
    // Forbidden: nothing was kept either.
  }
}
