/** What a person's table says, as the server reads it, and where a line of it stands. */

import { t } from "../base/words.js";

/** @import {Row} from "./rows.js" */

/**
 * What the server made of a table.
 *
 * @typedef {object} Table
 * @property {Row[]} rows       none where there are problems
 * @property {string[]} labels  of each class
 * @property {"classes" | "numbers"} target
 * @property {string[]} names   of the chosen columns, if they have any
 * @property {{name: string, named: boolean, numeric: boolean}[]} columns  all of them
 * @property {number | null} x1     which column it is
 * @property {number | null} x2
 * @property {number | null} label
 * @property {number | null} header the line that names the columns
 * @property {string} separator
 * @property {string[]} unused  columns that are not read
 * @property {string[]} notes   what else was done
 * @property {{label: string, changes: {[key: string]: string}}[]} offers  other ways to read it
 * @property {{line: number | null, text: string}[]} problems  the first ones
 * @property {number} found     how many there are
 */

/**
 * How a person wants a table to be read: which column is which, what labels are, and what becomes of the rest. What is
 * left out is the server's to propose.
 *
 * @typedef {{[key: string]: string}} Choice
 */

/** The longest table that the server reads, in bytes. */
export const MOST_BYTES = 2 ** 20;
export const TOO_LARGE = t("The table is larger than 1 MB, the most that is read.");
const NO_ANSWER = t("The server does not answer. Your text stays here; change it to try again.");

/**
 * @param {string} text
 * @param {Choice} [choice]
 * @returns {Promise<Table>}
 */
export async function readTable(text, choice = {}) {
  const body = new TextEncoder().encode(text);
  if (body.length > MOST_BYTES) return refused(TOO_LARGE);
  try {
    const headers = { "Content-Type": "text/csv" };
    const query = new URLSearchParams(choice).toString();
    const answer = await fetch(`api/own-data${query && `?${query}`}`, { method: "POST", body, headers });
    if (answer.ok) return await answer.json();
    return refused(answer.status === 413 ? TOO_LARGE : NO_ANSWER);
  } catch {
    // There is no line, or something between here and the server answered in its place.
    return refused(NO_ANSWER);
  }
}

/**
 * @param {string} text
 * @returns {Table}
 */
export function refused(text) {
  return {
    rows: [],
    labels: [],
    target: "classes",
    names: [],
    columns: [],
    x1: null,
    x2: null,
    label: null,
    header: null,
    separator: "",
    unused: [],
    notes: [],
    offers: [],
    problems: [{ line: null, text }],
    found: 1,
  };
}

/**
 * The text of a file. Throws a RangeError that says why there is none.
 *
 * @param {Blob} file
 */
export async function textOf(file) {
  if (file.size > MOST_BYTES) throw new RangeError(TOO_LARGE);
  const bytes = await file.arrayBuffer();
  try {
    const text = new TextDecoder(encodingOf(new Uint8Array(bytes)), { fatal: true }).decode(bytes);
    if (text.trim() === "") throw new RangeError(t("This file is empty."));
    return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RangeError(t("This file is not text in UTF-8. Save the table as CSV in UTF-8."), { cause: error });
  }
}

/**
 * UTF-8, unless the file says by its first two bytes that it is UTF-16, as spreadsheets write "Unicode text".
 *
 * @param {Uint8Array} bytes
 */
function encodingOf([first, second]) {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/**
 * Where a line begins and ends, counted from 1.
 *
 * @param {string} text
 * @param {number} line
 * @returns {[begin: number, end: number]}
 */
export function placeOfLine(text, line) {
  const lines = text.split("\n");
  const begin = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return [begin, begin + (lines[line - 1]?.length ?? 0)];
}
