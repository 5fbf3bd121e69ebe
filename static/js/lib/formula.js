/** Formulas as the catalogue writes them: plain text, one equation after the other. */

/**
 * Two spaces after a comma part the equations; each then stands on a line of its own.
 *
 * @param {string} formula
 */
export const equations = (formula) => formula.split(/,\s{2,}/).join("\n");

/**
 * @param {HTMLElement} element
 * @param {string | undefined} formula
 */
export function writeFormula(element, formula = "") {
  element.hidden = formula === "";
  const text = equations(formula);
  if (element.textContent !== text) element.textContent = text;
}
