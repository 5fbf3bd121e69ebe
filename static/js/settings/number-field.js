/**
 * A field for a number. It is a field of text, because a browser's own number field drops what it does not know
 * (of "0,05" it leaves 5): what is typed is read here, and what cannot be read is said at the field. The arrow keys
 * step, Page Up and Page Down by ten steps, and Escape brings back the value that holds.
 */

import { setAttribute, setDescribedBy } from "../base/dom.js";
import { check } from "./knobs.js";

/** @import {Rule} from "./knobs.js" */

/** Beyond this a limit is that of the number format, and none to speak of. */
const FAR = 1e15;

/** So many steps of the arrow keys are one of Page Up. */
const PAGE = 10;
const KEYS = /** @type {{[key: string]: number}} */ ({ ArrowUp: 1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE });

/**
 * @typedef {object} NumberField
 * @property {HTMLInputElement} input
 * @property {(value: number, always?: boolean) => void} show  the value that holds; what is being typed stays, unless `always`
 * @property {(sentence: string) => void} complain  empty where nothing is wrong
 * @property {() => number} read  what is typed where it can be taken, else the value that holds
 * @property {(text: string) => void} commit  as if this had been typed
 */

/**
 * @param {HTMLInputElement} input
 * @param {object} options
 * @param {Rule} options.rule
 * @param {HTMLElement} options.error  where complaints stand
 * @param {(value: number) => void} options.take  what to do with a new value
 * @param {(value: number, direction: number) => number} [options.next]  the value a step away; 1 away if not said
 * @param {(value: number) => string} [options.write]
 * @returns {NumberField}
 */
export function numberField(
  input,
  { rule, error, take, next = (value, direction) => value + direction, write = String },
) {
  prepare(input, rule);
  let current = NaN;
  /** What this module wrote into the field last: anything else is being typed. */
  let written = "";
  /** What was asked for last, until word of it comes. */
  /** @type {string | null} */
  let asked = null;

  /** @param {number} value */
  const put = (value) => {
    written = Number.isFinite(value) ? write(value) : "";
    asked = null;
    input.value = written;
    setAttribute(input, "aria-valuenow", plain(value));
  };
  /** @param {string} sentence */
  const complain = (sentence) => {
    if (error.textContent !== sentence) error.textContent = sentence;
    error.hidden = sentence === "";
    setAttribute(input, "aria-invalid", sentence === "" ? null : "true");
    setDescribedBy(input, error.id, sentence !== "");
  };
  /** @param {string} text */
  const commit = (text) => {
    const result = check(rule, text);
    complain("complaint" in result ? result.complaint : "");
    if ("complaint" in result) return;
    if (result.value === current) put(current);
    else {
      input.value = asked = write(result.value);
      take(result.value);
    }
  };
  const read = () => {
    const result = check(rule, input.value);
    return "value" in result ? result.value : current;
  };
  /** @param {number} steps */
  const move = (steps) => {
    let value = input.value === written ? current : read();
    for (let i = 0; i < Math.abs(steps); i++) {
      value = Number(within(rule, next(value, Math.sign(steps))).toPrecision(12));
    }
    commit(String(value));
  };

  input.addEventListener("change", () => commit(input.value));
  // What could not be taken is left to be mended, until the field is left.
  input.addEventListener("blur", () => {
    if (input.value !== written && input.value !== asked) put(current);
  });
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      put(current);
      complain("");
    }
    const steps = KEYS[event.key];
    if (!steps) return;
    event.preventDefault();
    move(steps);
  });

  return {
    input,
    show(value, always = false) {
      current = value;
      const text = Number.isFinite(value) ? write(value) : "";
      if (always || document.activeElement !== input || input.value === written || input.value === text) put(value);
    },
    complain,
    read,
    commit,
  };
}

/**
 * The sign cannot be typed on a phone's keys for numbers, so what may be negative is asked for with those for text.
 *
 * @param {HTMLInputElement} input
 * @param {Rule} rule
 */
function prepare(input, { type, minimum, maximum }) {
  const keys = minimum === null || minimum < 0 ? "text" : type === "integer" ? "numeric" : "decimal";
  const attributes = {
    type: "text",
    role: "spinbutton",
    inputmode: keys,
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "done",
    "aria-valuemin": plain(minimum),
    "aria-valuemax": plain(maximum),
  };
  for (const [name, value] of Object.entries(attributes)) setAttribute(input, name, value);
  input.classList.add("number");
}

/**
 * @param {Rule} rule
 * @param {number} value
 */
function within({ minimum, maximum }, value) {
  return Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, value));
}

/**
 * Without a power of ten, which assistive technology is not told; nothing where that would be no help.
 *
 * @param {number | null} value
 */
function plain(value) {
  if (value === null || !(Math.abs(value) < FAR)) return null;
  return String(value).includes("e") ? value.toFixed(20).replace(/0+$/, "") : String(value);
}
