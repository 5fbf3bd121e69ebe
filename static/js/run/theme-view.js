/** Light or dark: as the system has it, until a person chooses. */

import { byTestId } from "../base/dom.js";

/** @import {Context, View} from "../base/types.js" */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function themeView(root, { store, actions }) {
  let chosen = isChosen();
  byTestId(root, "theme").addEventListener("click", () => {
    chosen = true;
    actions.setTheme(store.get().theme === "dark" ? "light" : "dark");
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
    if (!chosen) store.set({ theme: matches ? "dark" : "light" });
  });
}

function isChosen() {
  try {
    return localStorage.getItem("theme") !== null;
  } catch {
    return false;
  }
}
