/** Which class is taken for which, and how sure the network is of its answers. */

import { h } from "../base/dom.js";
import { loss } from "../base/format.js";
import { areWords, className, shortName } from "../base/data-names.js";
import { onSight } from "../base/visibility.js";
import { t } from "../base/words.js";
import { atMostEvery } from "../base/scheduling.js";
import { describe } from "../ui/tooltip.js";

/** @import {Block, Context, View} from "../base/types.js" */

/** Numbers that change faster than this cannot be read, in milliseconds. */
const GAP = 200;

const HALVES = [
  { half: "training", label: t("Training points"), short: t("Training"), title: t("Confusion, training points") },
  { half: "test", label: t("Test points"), short: t("Test"), title: t("Confusion, test points") },
];

const MEASURES = [
  [
    t("Entropy"),
    t("How open the answers are: 0 where the network is certain, ln C where it has no idea. H(p) = −Σ p ln p."),
  ],
  [
    t("Cross-entropy"),
    t(
      "How surprising the labels are to the network: −ln of the probability of the true class, worked out from the scores. Where cross-entropy is the loss, it is the loss.",
    ),
  ],
  [t("KL divergence"), t("The part of the cross-entropy that learning can take away: H(y, p) − H(y).")],
];

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function answersView(root, { frames, want }) {
  const tables = HALVES.map(createConfusion);
  const information = createInformation();
  const none = h(
    "p",
    { class: "answers-none", hidden: true },
    t("There are no classes to mix up here: the network answers with a number. R² beside the map says how good it is."),
  );
  root.append(h("div", { class: "answers" }, ...tables.map(({ element }) => element), information.element), none);
  let seen = false;

  const draw = atMostEvery(GAP, () => {
    const { latest: frame, scene } = frames;
    const confusion = frame?.arrays.confusion;
    if (!seen || !frame || !scene || !confusion || frame.run !== scene.run) return;
    const regression = scene.task === "regression";
    none.hidden = !regression;
    const hasTest = scene.train < scene.arrays.labels.data.length;
    tables.forEach(({ element }, half) => {
      element.hidden = regression || (half === 1 && !hasTest);
    });
    information.element.hidden = regression;
    if (regression) return;
    tables.forEach(({ update }, half) => update(confusion, half, scene.class_names));
    if (frame.arrays.mean_information) information.update(frame.arrays.mean_information);
  });
  onSight(root, (now) => {
    seen = now;
    want("answers", { evaluation: now });
    draw();
  });
  return { draw };
}

/** @param {typeof HALVES[number]} half */
function createConfusion({ half: name, label, title }) {
  const body = h("tbody");
  const head = h("tr");
  const table = h(
    "table",
    { class: "confusion", "data-testid": `confusion-${name}` },
    h("caption", {}, label),
    h("thead", {}, head),
    body,
  );
  describe(table, {
    title,
    text: t("Each row is an actual class, each column a predicted one. Answers off the diagonal are wrong."),
  });
  /** @type {HTMLElement[][]} */
  let cells = [];

  let known = "";

  /**
   * @param {number} classes
   * @param {readonly string[]} given
   */
  const build = (classes, given) => {
    const nameOf = classes > 4 && !areWords(given) ? shortName : className;
    const names = Array.from({ length: classes }, (_, index) => nameOf(index, given));
    cells = names.map(() => names.map(() => h("td")));
    head.replaceChildren(
      h("th", {}, t("actual ↓ / predicted →")),
      ...names.map((text) => h("th", { scope: "col", title: text }, text)),
    );
    body.replaceChildren(
      ...names.map((text, row) => h("tr", {}, h("th", { scope: "row", title: text }, text), ...(cells[row] ?? []))),
    );
  };

  return {
    element: table,
    /**
     * @param {Block} confusion  (2, C, C)
     * @param {number} half
     * @param {readonly string[]} [names]
     */
    update({ data, shape }, half, names = []) {
      const classes = shape[1] ?? 0;
      const wanted = JSON.stringify([classes, names]);
      if (wanted !== known) build(classes, names);
      known = wanted;
      cells.forEach((line, row) => {
        const counts = line.map((_, column) => data[(half * classes + row) * classes + column] ?? 0);
        const total = counts.reduce((sum, count) => sum + count, 0);
        line.forEach((cell, column) => {
          const count = counts[column] ?? 0;
          if (cell.textContent !== String(count)) cell.textContent = String(count);
          cell.style.setProperty("--share", String(total ? count / total : 0));
          cell.dataset.right = String(row === column);
        });
      });
    },
  };
}

function createInformation() {
  const cells = MEASURES.map(() => HALVES.map(() => h("td", {}, "–")));
  const element = h(
    "table",
    { class: "information", "data-testid": "information" },
    h("caption", {}, t("Information, in nats")),
    h("thead", {}, h("tr", {}, h("td"), ...HALVES.map(({ short }) => h("th", { scope: "col" }, short)))),
    h(
      "tbody",
      {},
      ...MEASURES.map(([label = "", text = ""], row) => {
        const line = h("tr", {}, h("th", { scope: "row" }, label), ...(cells[row] ?? []));
        describe(line, { title: label, text });
        return line;
      }),
    ),
  );
  return {
    element,
    /** @param {Block} means  (2, 3) */
    update({ data }) {
      cells.forEach((line, row) =>
        line.forEach((cell, half) => {
          const value = data[3 * half + row] ?? NaN;
          const text = loss(value);
          if (cell.textContent !== text) cell.textContent = text;
        }),
      );
    },
  };
}
