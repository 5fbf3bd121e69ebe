/** What every page needs around its views: theme, controls that wait for the line, addresses, what is remembered. */

import { setAttribute } from "./dom.js";
import { watch } from "./store.js";
import { language } from "./words.js";

/** @import {ConnectionState, Store, Theme} from "./types.js" */

/**
 * What the page was painted with first.
 *
 * @returns {Theme}
 */
export function themeAtStart() {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

/**
 * @template {{theme: Theme}} S
 * @param {Store<S>} store
 */
export function keepTheme(store) {
  watch(store, ["theme"], ({ theme }) => {
    document.documentElement.dataset.theme = theme;
  });
}

/**
 * While there is no connection the controls show the last state and cannot be used.
 *
 * @template {{connection: ConnectionState, run: number}} S
 * @param {Store<S>} store
 */
export function keepControls(store) {
  watch(store, ["connection", "run"], ({ connection, run }) => {
    document.body.dataset.connection = connection;
    const usable = connection === "open" && run > 0;
    for (const part of document.querySelectorAll("[data-needs-run]")) setAttribute(part, "inert", !usable);
  });
}

/**
 * Connects, and looks after the line whenever the page or the network comes back.
 *
 * @param {{connect: () => void, retry: () => void}} connection
 */
export function comeAlive({ connect, retry }) {
  addEventListener("online", retry);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) retry();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") retry();
  });
  connect();
}

export function streamUrl() {
  const url = new URL(document.body.dataset.streamUrl ?? "ws", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  url.searchParams.set("lang", language);
  return url;
}

/**
 * Asks, in the page's language, until the server answers.
 *
 * @param {{set: (patch: {connection: ConnectionState}) => void}} store
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function fetchJson(store, url) {
  for (;;) {
    try {
      const response = await fetch(`${url}?lang=${language}`);
      if (response.ok) return await response.json();
    } catch {
      // Said below.
    }
    store.set({ connection: "lost" });
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

/**
 * @param {string} key
 * @returns {object} nothing where nothing of the kind is stored
 */
export function remembered(key) {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/**
 * Where the browser forbids it, it lasts until the page is closed.
 *
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Said above.
  }
}
