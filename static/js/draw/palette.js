/** The palette of the theme in force, from the CSS custom properties. */

import { parseColour } from "./colour.js";

/** @import {Palette} from "./colour.js" */

const CLASSES = 10;

/**
 * @param {Element} [element]
 * @returns {Palette}
 */
export function readPalette(element = document.documentElement) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => parseColour(style.getPropertyValue(name));
  return {
    zero: read("--map-zero"),
    negative: read("--map-negative"),
    positive: read("--map-positive"),
    classes: Array.from({ length: CLASSES }, (_, index) => read(`--class-${index}`)),
    outline: read("--point-outline"),
    ink: read("--ink"),
    surface: read("--surface"),
    font: readFont(style),
    bold: style.getPropertyValue("--bold").trim() === "1",
  };
}

/** @param {CSSStyleDeclaration} style @returns {string} the family of all texts */
export const readFont = (style) => style.getPropertyValue("--font").trim().replace(/\s+/g, " ");

/**
 * Calls `listener` with the palette now, and again when the theme changes.
 *
 * @param {(palette: Palette) => void} listener
 */
export function watchPalette(listener) {
  listener(readPalette());
  new MutationObserver(() => listener(readPalette())).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
}
