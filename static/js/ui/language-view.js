/** The language of the page: a choice is kept in a cookie, so that the server knows it, and the page read again. */

import { byTestId } from "../base/dom.js";

/** Seconds that a choice is kept for: a year. */
const KEPT = 31_536_000;
const QUERY = "lang";

/** @param {HTMLElement} root */
export function languageView(root) {
  const select = /** @type {HTMLSelectElement} */ (byTestId(root, "language"));
  select.addEventListener("change", () => speak(select.value));
}

/**
 * The run goes on: the tab knows it, as it does when somebody reads a page again.
 *
 * @param {string} tag
 */
function speak(tag) {
  const address = new URL(location.href);
  if (isKept(tag) && !address.searchParams.has(QUERY)) {
    location.reload();
    return;
  }
  address.searchParams.set(QUERY, tag);
  history.replaceState(history.state, "", address);
  location.reload();
}

/** Whether the browser keeps the choice; in a frame without an origin it keeps nothing. @param {string} tag */
function isKept(tag) {
  const folder = new URL("./", location.href).pathname;
  try {
    document.cookie = `language=${tag}; path=${folder}; max-age=${KEPT}; samesite=lax`;
    return document.cookie.includes(`language=${tag}`);
  } catch {
    return false;
  }
}
