/** Where a person pastes or drops a table, and reads what came of it. */

import { markIcon } from "../draw/class-shapes.js";
import { h } from "../base/dom.js";
import { significant } from "../base/format.js";
import { unitText } from "../base/data-names.js";
import { counts, extent, FARTHEST, outside, scaledToMap, tidy } from "./rows.js";
import { REACH } from "../draw/points.js";
import { whenQuiet } from "../base/scheduling.js";
import { createTableColumns } from "./table-columns.js";
import { placeOfLine, readTable, refused, textOf } from "./table.js";
import { describe } from "../ui/tooltip.js";
import { listed, sentences, t, tn } from "../base/words.js";

/** @import {Draft, Row} from "./rows.js" */
/** @import {Choice, Table} from "./table.js" */

const TYPING_DELAY = 300;
/** A line that is gone to has so many above it. */
const LINES_ABOVE = 4;
const EXAMPLE = "x1,x2,label\n-1.5,2,cat\n3.2,-0.5,dog\n2.8,1,dog";
const HELP = t(
  "One point on each line: two columns of numbers and a label, in any order and among others, separated by commas, semicolons, tabs, bars or spaces. 2 to 2,000 rows, 8 classes, 1 MB.",
);

/**
 * @param {(draft: Draft) => void} use    takes the points of a table without mistakes
 * @param {() => void} changed           whether there are mistakes may have changed
 */
export function createTableImport(use, changed) {
  const area = h("textarea", {
    id: "table-text",
    class: "table-text notranslate",
    rows: 9,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    wrap: "off",
    placeholder: EXAMPLE,
    "data-testid": "table-text",
    oninput: (/** @type {InputEvent} */ { inputType }) => {
      // What is pasted over is another table; what is typed corrects this one.
      if (inputType !== "insertText" && !inputType?.startsWith("delete")) choice = {};
      waiting = true;
      changed();
      readSoon();
    },
  });
  const file = h("input", {
    type: "file",
    class: "visually-hidden",
    accept: ".csv,.tsv,.txt,.dat,.data,.arff,text/csv,text/plain,text/tab-separated-values",
    "data-testid": "table-file",
    "aria-label": t("A file with a table"),
    onchange: () => {
      if (file.files?.[0]) void open(file.files[0]);
      // So that the same file can be chosen again after it was corrected.
      file.value = "";
    },
  });
  const scale = h("input", { type: "checkbox", "data-testid": "scale", onchange: () => show() });
  const scaleText = h("span");
  const scaling = h("label", { class: "table-scale", hidden: true }, scale, scaleText);
  describe(scaling, {
    title: t("Scale to the map"),
    text: t("Stretches x1 and x2, each on its own, so that the points fill the map."),
  });
  const columns = createTableColumns((changes) => readAgain(changes));
  const report = h("div", { class: "table-report", "data-testid": "table-report", "aria-live": "polite" });
  const element = h(
    "div",
    { class: "table-import" },
    h("p", { class: "table-help" }, HELP),
    h(
      "div",
      { class: "tool-row" },
      h("label", { class: "button file-button" }, file, t("Choose a file …")),
      h("span", { class: "caption" }, t("or drop one here, or paste:")),
    ),
    h("label", { class: "visually-hidden", for: "table-text" }, t("The table")),
    area,
    columns.element,
    scaling,
    report,
  );

  /** @type {Table | null} */
  let table = null;
  let waiting = false;
  let asked = 0;
  /** @type {Choice} */
  let choice = {};

  const read = async () => {
    const mine = ++asked;
    const answer = area.value.trim() === "" ? null : await readTable(area.value, choice);
    if (mine === asked) take(answer);
  };
  const readSoon = whenQuiet(TYPING_DELAY, () => void read());

  /** @param {Choice} changes */
  const readAgain = (changes) => {
    choice = { ...choice, ...changes };
    waiting = true;
    changed();
    void read();
  };

  /** @param {Table | null} next */
  const take = (next) => {
    table = next;
    waiting = false;
    if (table) scale.checked = outside(table.rows) > 0;
    show();
  };

  /** @param {Blob} chosen */
  const open = async (chosen) => {
    const mine = ++asked;
    try {
      const text = await textOf(chosen);
      if (mine !== asked) return;
      area.value = text;
      choice = {};
      await read();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      take(refused(error.message));
    }
  };

  const show = () => {
    const rows = table?.rows ?? [];
    const isFar = rows.some(([x1, x2]) => Math.max(Math.abs(x1), Math.abs(x2)) > FARTHEST);
    scaling.hidden = rows.length === 0;
    scaleText.textContent = describeScale(rows);
    scaling.classList.toggle("is-needed", isFar && !scale.checked);
    columns.update(table);
    report.replaceChildren(...(table ? contents(table, area, readAgain) : []));
    if (table && rows.length > 0) {
      use({
        rows: scale.checked ? scaledToMap(rows) : rows.map(([x1, x2, label]) => [tidy(x1), tidy(x2), label]),
        target: table.target,
        classNames: table.labels,
        columnNames: table.names,
      });
    }
    changed();
  };

  return {
    element,
    open,
    /** Why there is a text that gives no points, or not yet. */
    get obstacle() {
      if (waiting) return t("Reading …");
      return table !== null && table.found > 0 ? t("Correct the table; until then the points are as before.") : null;
    },
  };
}

/** @param {Row[]} rows */
function describeScale(rows) {
  const [left, right] = extent(rows, 0).map((value) => significant(value));
  const [bottom, top] = extent(rows, 1).map((value) => significant(value));
  const missed = outside(rows);
  return sentences(
    t("Scale to the map: x1 is from {left} to {right}, x2 from {bottom} to {top}.", { left, right, bottom, top }),
    missed > 0
      ? tn(
          "{count} point does not fit the map, which shows −{reach} to {reach}.",
          "{count} points do not fit the map, which shows −{reach} to {reach}.",
          missed,
          { reach: REACH },
        )
      : t("They fit the map as they are."),
  );
}

/**
 * @param {Table} table
 * @param {HTMLTextAreaElement} area
 * @param {(changes: Choice) => void} readAgain
 */
function contents(table, area, readAgain) {
  const offers = table.offers.map(({ label, changes }) =>
    h("button", { type: "button", class: "button", onclick: () => readAgain(changes) }, label),
  );
  const notes = table.notes.map((note) => h("p", { class: "table-note" }, note));
  if (table.found > 0) return [...complaints(table, area), h("div", { class: "tool-row" }, ...offers), ...notes];
  const { length } = table.rows;
  const what = tn("{count} point, separated by {separator}.", "{count} points, separated by {separator}.", length, {
    separator: table.separator,
  });
  const unused = table.unused.length > 0 && t("Not read: {columns}.", { columns: listed(table.unused) });
  return [
    h("p", {}, sentences(what, unused)),
    ...notes,
    table.target === "numbers" ? describeNumbers(table) : listLabels(table),
  ];
}

/** @param {Table} table */
function listLabels({ rows, labels }) {
  const found = counts(rows);
  return h(
    "ul",
    { class: "table-labels" },
    ...labels.map((label, index) =>
      h(
        "li",
        {},
        markIcon(index),
        h("span", { class: "table-label" }, label),
        h("span", { class: "class-count" }, tn("{count} point", "{count} points", found[index] ?? 0)),
      ),
    ),
  );
}

/** @param {Table} table */
function describeNumbers({ rows, names }) {
  const [lowest, highest] = extent(rows, 2);
  const range = { lowest: unitText(lowest), highest: unitText(highest) };
  const label = names[2];
  return h(
    "p",
    {},
    sentences(
      label === undefined
        ? t("The label is from {lowest} to {highest}.", range)
        : t("{label} is from {lowest} to {highest}.", { ...range, label }),
      t(
        "The network learns numbers between −1 and 1: others are scaled to that, and the map shows them in their own units.",
      ),
    ),
  );
}

/**
 * @param {Table} table
 * @param {HTMLTextAreaElement} area
 */
function complaints({ problems, found }, area) {
  const items = problems.map(({ line, text }) => {
    if (line === null) return h("li", {}, text);
    const go = () => {
      area.focus();
      area.setSelectionRange(...placeOfLine(area.value, line));
      // Selecting does not scroll; lines are never wrapped here, so that all are equally high.
      area.scrollTop = (line - LINES_ABOVE) * parseFloat(getComputedStyle(area).lineHeight);
    };
    return h(
      "li",
      {},
      h("button", { type: "button", class: "link", onclick: go }, t("Line {line}:", { line })),
      " ",
      text,
    );
  });
  const more = found - problems.length;
  return [
    h("p", { class: "table-wrong" }, tn("One thing is wrong:", "{count} things are wrong:", found)),
    h("ul", { class: "table-problems" }, ...items, more > 0 && h("li", {}, t("and {count} more.", { count: more }))),
  ];
}
