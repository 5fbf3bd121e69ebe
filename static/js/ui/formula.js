/** Formulas of the catalogue, set as MathML: one equation under the other, and below them what each letter is. */

import { h } from "../base/dom.js";
import { breakable, equations, parseMath } from "./formula-parser.js";

/** @import {Node as MathNode} from "./formula-parser.js" */
/** @import {CatalogRecord} from "../base/types.js" */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * @param {string} formula
 * @returns {HTMLElement[]}
 */
export function mathOf(formula) {
  return equations(formula).map((equation) =>
    h(
      "span",
      { class: "equation", role: "math", "aria-label": equation },
      ...breakable(parseMath(equation)).map((part, index) => {
        const math = mathElement(part);
        // what joins two parts is no sign of the second
        if (index > 0 && part[0]?.tag === "mo") math.firstElementChild?.setAttribute("form", "infix");
        return math;
      }),
    ),
  );
}

/**
 * What each letter of a formula is: "η learning rate, g gradient".
 *
 * @param {readonly (readonly [string, string])[]} legend
 * @returns {HTMLElement[]}
 */
export function legendOf(legend) {
  if (legend.length === 0) return [];
  const terms = legend.flatMap(([symbol, name]) => [
    h(
      "span",
      { class: "legend-term" },
      h("span", { role: "math", "aria-label": symbol }, mathElement(parseMath(symbol))),
      ` ${name}`,
    ),
    " ",
  ]);
  return [h("span", { class: "formula-legend" }, ...terms)];
}

/** @param {MathNode[]} nodes */
function mathElement(nodes) {
  const math = document.createElementNS(MATHML, "math");
  math.setAttribute("aria-hidden", "true");
  math.append(...nodes.map(elementOf));
  return math;
}

/** @param {MathNode} node */
function elementOf({ tag, text, children = [] }) {
  const element = document.createElementNS(MATHML, tag);
  // Parentheses as high as what they hold would make small formulas large.
  if (tag === "mo") element.setAttribute("stretchy", "false");
  // A hat sits on its letter.
  if (tag === "mover") element.setAttribute("accent", "true");
  if (text !== undefined) element.textContent = tag === "mtext" ? `\u00a0${text}\u00a0` : text;
  element.append(...children.map(elementOf));
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Pick<CatalogRecord, "formula" | "legend"> | undefined} record
 */
export function writeFormula(element, { formula = "", legend = [] } = {}) {
  element.hidden = formula === "";
  if (element.dataset.formula === formula) return;
  element.dataset.formula = formula;
  element.replaceChildren(...mathOf(formula), ...legendOf(legend));
}
