/** The trials of a search as a table for a spreadsheet or a notebook. */

import { tc } from "../../base/words.js";
import { inBand } from "../found.js";

/** @import {Band, Found, Trial} from "../types.js" */

/**
 * A line for each trial in the order of proposal, under a line of names; empty where there is no number.
 *
 * @param {Found} found
 * @param {Band | null} band
 */
export function trialsTable(found, band) {
  const { knobs, seeds } = found.search;
  const paths = knobs.map(({ path }) => path);
  const starts = Array.from({ length: seeds }, (_, i) => tc("column", "score_{start}", { start: i + 1 }));
  const alike = new Set(band ? inBand(found, band) : []);
  const ranks = new Map(found.ranking.map(({ number }, rank) => [number, rank + 1]));
  const header = [
    tc("column", "trial"),
    tc("column", "round"),
    tc("column", "rank"),
    ...paths,
    tc("column", "score"),
    ...starts,
    tc("column", "updates"),
    tc("column", "cut"),
    tc("column", "diverged_at"),
    tc("column", "as_good_as_best"),
  ];
  const line = (/** @type {Trial} */ trial) => [
    trial.number,
    trial.round,
    ranks.get(trial.number) ?? "",
    ...paths.map((path) => trial.changes[path]),
    finite(trial.median),
    ...starts.map((_, i) => finite(trial.scores[i] ?? Infinity)),
    trial.steps,
    trial.cut,
    trial.diverged ?? "",
    band ? alike.has(trial.number) : "",
  ];
  return [header, ...found.trials.map(line), []].map((cells) => cells.map(written).join(",")).join("\n");
}

/** @param {number} score */
const finite = (score) => (Number.isFinite(score) ? score : "");

/** A value as a table has it: in quotes where it has a comma or quotes of its own. @param {unknown} value */
function written(value) {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
