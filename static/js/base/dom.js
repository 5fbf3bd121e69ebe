/** Small helpers for the document. Text always goes in as text, never as markup. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an element: `h("button", {class: "quiet", onclick: f}, "Reset")`. Keys that start with
 * `on` are listeners, the others attributes; `false`, `null` and `undefined` leave one out.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {{[name: string]: any}} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else setAttribute(element, name, value);
  }
  element.append(...children.filter((child) => child || child === "").map((child) => child || ""));
  return element;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value  true for an attribute without a value; false, null, undefined for none
 */
export function setAttribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Touches the document only where the text is another.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Says, or no longer says, that the element with this id describes another; others that do stay.
 *
 * @param {Element | null} element
 * @param {string} id
 * @param {boolean} on
 */
export function setDescribedBy(element, id, on) {
  const others = (element?.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  const all = on ? [...others, id] : others;
  if (element) setAttribute(element, "aria-describedby", all.length > 0 && all.join(" "));
}

/**
 * The element in `root` that tests and scripts know by this name.
 *
 * @param {ParentNode} root
 * @param {string} testid
 * @returns {HTMLElement}
 */
export function byTestId(root, testid) {
  return query(root, `[data-testid="${testid}"]`);
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function query(root, selector) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return element;
}

/**
 * A function that shows a number in an element and touches the document only when it changed.
 *
 * @param {HTMLElement} element
 * @param {(value: number) => string} format
 */
export function numberWriter(element, format) {
  let shown = element.textContent;
  /** @type {number | undefined} */
  let last;
  /** @param {number} value */
  return (value) => {
    if (Object.is(value, last)) return;
    last = value;
    element.dataset.value = String(value);
    const text = format(value);
    if (text === shown) return;
    shown = text;
    element.textContent = text;
  };
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} path  on a 24-unit grid
 * @param {string} [name]  a class of its own
 */
export function icon(path, name = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${name}`.trim());
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
