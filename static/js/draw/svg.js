/** Vector pictures as text: elements are strings, so that a picture needs no document to be made in. */

/**
 * @param {string} name
 * @param {{[attribute: string]: string | number | undefined}} attributes  those that are undefined are left out
 * @param {string[]} children  elements, or texts from `svgText`
 */
export function svg(name, attributes, ...children) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(typeof value === "number" ? number(value) : String(value))}"`)
    .join("");
  return children.length > 0 ? `<${name}${written}>${children.join("")}</${name}>` : `<${name}${written}/>`;
}

/** @param {string} text */
export const svgText = (text) => escape(text);

/**
 * A coordinate in as few digits as anyone can see.
 *
 * @param {number} value
 */
export function number(value) {
  return String(Math.round(value * 100) / 100);
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
