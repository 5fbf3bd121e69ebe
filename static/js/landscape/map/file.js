/** The paths of a landscape as a table to keep. */

/** @import {Landscape} from "../landscape.js" */

const COLUMNS = ["step", "member", "name", "a", "b", "true_loss", "plane_loss", "distance"];

/**
 * One row for each member and point of its path: where its shadow is, the loss of the network and of its shadow, and
 * how far they are apart.
 *
 * @param {Landscape} landscape
 * @param {string[]} names
 * @returns {string} CSV
 */
export function pathsTable({ points, members, steps, paths, trueLoss, planeLoss, away }, names) {
  const rows = [COLUMNS];
  for (let point = 0; point < points; point++) {
    for (let member = 0; member < members; member++) {
      const at = point * members + member;
      const values = [paths[2 * at], paths[2 * at + 1], trueLoss[at], planeLoss[at], away[at]];
      rows.push([String(steps[point]), String(member), quoted(names[member] ?? ""), ...values.map(String)]);
    }
  }
  return `${rows.map((row) => row.join(",")).join("\n")}\n`;
}

/** @param {string} text */
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
