/** Elements of a vector picture, and their text. */

import { number } from "./path-text.js";

/**
 * The children of an element are others, and texts.
 * @typedef {{[name: string]: string | number | undefined}} Attributes
 * @typedef {{name: string, attributes: Attributes, children: (Element | string)[]}} Element
 */

/**
 * @param {string} name
 * @param {Attributes} [attributes]  those that are undefined are left out
 * @param {(Element | string)[]} [children]
 * @returns {Element}
 */
export const element = (name, attributes = {}, children = []) => ({ name, attributes, children });

/**
 * As the text of a file. What people wrote is never markup in it.
 *
 * @param {Element | string} part
 * @returns {string}
 */
export function written(part) {
  if (typeof part === "string") return escape(part);
  const { name, attributes, children } = part;
  if (name === "g" && children.length === 0) return "";
  const [only] = children;
  // a group that only moves one element moves it itself
  if (name === "g" && children.length === 1 && typeof only === "object" && !attributes["clip-path"]) {
    const transform = [attributes.transform, only.attributes.transform].filter(Boolean).join(" ");
    return written({ ...only, attributes: { ...only.attributes, transform } });
  }
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? number(value) : escape(String(value))}"`)
    .join("");
  return children.length > 0 ? `<${name}${list}>${children.map(written).join("")}</${name}>` : `<${name}${list}/>`;
}

/** What no XML file may hold, such as control characters that somebody has pasted. */
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** @param {string} text */
const escape = (text) =>
  text
    .replace(UNFIT, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
