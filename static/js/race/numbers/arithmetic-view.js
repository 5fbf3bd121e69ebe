/** The update of the chosen racer in this step, line by line, with its numbers put in: x and y beside each other. */

import { onResize } from "../../base/canvas.js";
import { h, setAttribute } from "../../base/dom.js";
import { legendOf, mathOf } from "../../ui/formula.js";
import { racerBadge } from "../../draw/markers.js";
import { racerNames } from "../names.js";
import { updatesOf, writtenOut } from "./worked-update.js";
import { watch } from "../../base/store.js";
import { t, tc } from "../../base/words.js";

/** @import {RaceContext, RaceView, StudyPart} from "../types.js" */

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function arithmeticView(root, { store, results, player, catalog }) {
  const name = h("span", { class: "arithmetic-name" });
  const place = h("span", { class: "caption", "data-testid": "arithmetic-step" });
  const body = h("tbody", {});
  const table = h(
    "table",
    { class: "arithmetic", "data-testid": "arithmetic" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, tc("of a calculation", "Line")),
        h("th", { scope: "col" }, "x"),
        h("th", { scope: "col" }, "y"),
      ),
    ),
    body,
  );
  const note = h("p", { class: "race-note" });
  const legend = h("p", { class: "arithmetic-legend" });
  root.append(h("div", { class: "arithmetic-head" }, name, place), table, note, legend);

  watch(store, ["race", "looks", "chosen"], ({ race, looks, chosen }) => {
    name.replaceChildren(racerBadge(looks[chosen] ?? chosen), racerNames(race.racers, catalog)[chosen] ?? "");
  });

  /** @type {StudyPart | null} */
  let study = null;
  /** @type {ReturnType<typeof row>[]} */
  let rows = [];
  let shown = "";

  /** Where a rule is wider than its column, the rules have lines of their own. */
  const fit = () => {
    table.classList.remove("is-long");
    table.classList.toggle(
      "is-long",
      rows.some(({ isCut }) => isCut()),
    );
  };
  /** The lines that lead to the part of the step that the map shows. */
  const mark = (/** @type {StudyPart} */ { parts }, /** @type {number} */ part) => {
    const present = parts[part - 1]?.lines ?? [];
    rows.forEach(({ element }, i) =>
      element.classList.toggle("is-present", i === 1 ? part === 1 : present.includes(i - 2)),
    );
  };
  let width = 0;
  onResize(root, (size) => {
    if (size.width !== width) fit();
    width = size.width;
  });
  return {
    draw() {
      const { arithmetic, track } = results;
      if (root.hidden || !arithmetic || !track) return;
      const updates = updatesOf(arithmetic);
      const update = Math.max(0, Math.min(player.step, updates - 1));
      const now = `${update} ${player.part} ${arithmetic.done} ${player.step >= updates}`;
      if (arithmetic === study && now === shown) return;
      if (arithmetic !== study) {
        rows = [
          row("w", ""),
          row("∂f", ""),
          ...arithmetic.lines.map(
            (/** @type {{symbol: string, rule: string}} */ { symbol, rule }, /** @type {number} */ i) =>
              row(symbol, rule, nameOfPart(arithmetic, i)),
          ),
        ];
        body.replaceChildren(...rows.map(({ element }) => element));
        legend.replaceChildren(...legendOf(arithmetic.legend));
        fit();
      }
      [study, shown] = [arithmetic, now];
      mark(arithmetic, player.part);
      if (updates === 0) {
        place.textContent = "";
        note.textContent = t("There is no update: at the start, the height or its gradient is not a finite number.");
        return;
      }
      const { old, gradient, lines } = writtenOut(arithmetic, update);
      rows[0]?.write([t("old value"), t("old value")], old);
      rows[1]?.write([t("gradient"), t("gradient")], gradient);
      lines.forEach(({ numbers, results: found, rounded }, i) => rows[i + 2]?.write(numbers, found, rounded));
      place.textContent = t("Update {number}: step {from} → {to}", {
        number: update + 1,
        from: update,
        to: update + 1,
      });
      note.textContent =
        player.step >= updates && arithmetic.done
          ? updates < track.race.steps
            ? t("This is the last update whose numbers are finite.")
            : t("This is the last update of the race.")
          : "";
    },
  };
}

/**
 * What the first of the lines that lead to a part of the step is called by, else nothing.
 *
 * @param {StudyPart} study
 * @param {number} line
 * @returns {string}
 */
const nameOfPart = ({ parts }, line) =>
  parts.find((/** @type {{lines: number[]}} */ { lines }) => lines[0] === line)?.label ?? "";

/**
 * @param {string} symbol
 * @param {string} rule  empty for what is given
 * @param {string} [part]  of the step, where it begins here
 */
function row(symbol, rule, part = "") {
  const cells = [0, 1].map(() => {
    const numbers = h("span", { class: "arithmetic-numbers" });
    const result = h("strong", {});
    const rounded = h("span", { class: "arithmetic-rounded" }, t("rounded"));
    return { cell: h("td", { role: "cell" }, numbers, result, " ", rounded), numbers, result, rounded };
  });
  // Long rows are laid out as a grid, which takes their roles away unless they are said.
  const head = h(
    "th",
    { scope: "row", role: "rowheader" },
    ...mathOf(rule ? `${symbol} ← ${rule}` : symbol),
    part && h("span", { class: "arithmetic-part" }, part),
  );
  return {
    element: h("tr", { role: "row" }, head, ...cells.map(({ cell }) => cell)),
    isCut: () => [...head.children].some((part) => part.scrollWidth > part.clientWidth),
    /**
     * @param {[string, string]} numbers
     * @param {[string, string]} results
     * @param {[boolean, boolean]} [rounded]  where a calculator would get another last digit
     */
    write(numbers, results, rounded = [false, false]) {
      cells.forEach((cell, part) => {
        cell.numbers.textContent = numbers[part] ?? "";
        cell.result.textContent = results[part] ?? "";
        cell.rounded.classList.toggle("is-shown", rounded[part]);
        setAttribute(cell.rounded, "aria-hidden", String(!rounded[part]));
      });
    },
  };
}
