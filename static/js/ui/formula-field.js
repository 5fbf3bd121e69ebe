/** A field for a formula that is tried while it is typed. What is wrong is said in words, with a mark under it. */

import { h, setAttribute } from "../base/dom.js";
import { whenQuiet } from "../base/scheduling.js";
import { describe } from "./tooltip.js";
import { t } from "../base/words.js";

/** Long enough to type the next letter. */
const QUIET = 200;

let fields = 0;

/** @typedef {{allowed: string, at?: [number, number] | null}} Fault */

/**
 * @param {(text: string) => Promise<Fault | null>} use  says what is wrong with it
 */
export function createFormulaField(use) {
  const id = `formula-${++fields}`;
  const marked = h("code", { class: "formula-marked", "aria-hidden": true });
  const words = h("p", { class: "field-error", id: `${id}-error`, role: "alert" });
  const fault = h("div", { class: "formula-fault", hidden: true }, marked, words);
  const input = h("input", {
    type: "text",
    id,
    class: "formula-input",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "data-testid": "formula",
    "aria-describedby": `${id}-error`,
    oninput: () => tryOut(),
  });
  const element = h(
    "div",
    { class: "field formula-field" },
    h("label", { class: "caption", for: id }, "f(x, y) ="),
    input,
    fault,
  );
  describe(element, {
    title: t("Formula"),
    text: t(
      "Numbers, x, y, π, e, + − * / ^, parentheses, | |, √ and functions such as sin, exp, ln and max. A product needs no sign where it can be read in one way: 2xy². The map follows as you type.",
    ),
  });

  const tryOut = whenQuiet(QUIET, async () => {
    const text = input.value;
    const problem = await use(text);
    if (text === input.value) complain(problem);
  });

  /** @param {Fault | null} problem */
  const complain = (problem) => {
    fault.hidden = !problem;
    setAttribute(input, "aria-invalid", problem ? "true" : null);
    words.textContent = problem ? sentence(problem.allowed) : "";
    marked.replaceChildren(...(problem?.at ? markAt(input.value, problem.at) : []));
  };

  return {
    element,
    /** @param {string} text  what is raced on: what is being typed stays */
    show(text) {
      if (document.activeElement === input || input.value === text) return;
      input.value = text;
      complain(null);
    },
  };
}

/**
 * The text with what is at fault marked; a gap where something is missing.
 *
 * @param {string} text
 * @param {[number, number]} at  the first letter, and the one after the last
 */
export function markAt(text, [from, to]) {
  const part = text.slice(from, to) || "␣";
  return [text.slice(0, from), h("mark", {}, part), text.slice(Math.max(to, from))];
}

/**
 * A clause that the server says, as a sentence of its own.
 *
 * @param {string} text
 */
export function sentence(text) {
  const clause = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!。？！]$/.test(text) ? clause : t("{clause}.", { clause });
}
