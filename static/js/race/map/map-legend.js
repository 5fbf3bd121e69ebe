/** Which tint of a surface's map is how high, and whose basin has which colour. */

import { h } from "../../base/dom.js";
import { wholePercent } from "../../base/format.js";
import { point, significant } from "../numbers/numbers.js";
import { describe } from "../../ui/tooltip.js";
import { t } from "../../base/words.js";

/** @import {Levels} from "../../draw/levels.js" */
/** @import {StudyPart} from "../../base/types.js" */

const NUMBERS = 3;

export function createMapLegend() {
  const bar = h("span", { class: "race-legend-bar" });
  const low = h("span", {});
  const high = h("span", {});
  const scale = h("div", { class: "race-legend-scale" }, h("span", { class: "caption" }, "f"), low, bar, high);
  const basins = h("div", { class: "race-legend-basins" });
  const element = h("div", { class: "race-legend", "data-testid": "map-legend" }, scale, basins);

  return {
    element,
    /**
     * @param {Levels} levels
     * @param {StudyPart | null} part  the basins, where they are shown
     */
    show(levels, part) {
      low.textContent = significant(levels.low, NUMBERS);
      high.textContent = significant(levels.high, NUMBERS);
      const {
        levels: [first = NaN],
        logarithmic,
      } = levels;
      const last = levels.levels.at(-1) ?? NaN;
      const ends = { first: significant(first, NUMBERS), last: significant(last, NUMBERS) };
      describe(scale, {
        title: t("Height"),
        text: logarithmic
          ? t(
              "The bar says which shade is how high. The surface is steep, so lines and tints follow powers of ten above the lowest point, from {first} to {last}.",
              ends,
            )
          : t(
              "The bar says which shade is how high. Lines of equal height are evenly spaced, from {first} to {last}.",
              ends,
            ),
      });
      basins.replaceChildren(...(part ? basinItems(part) : []));
    },
  };
}

/** @param {StudyPart} part */
function basinItems({ minima, arrays: { which } }) {
  const places = /** @type {number[][]} */ (minima);
  const reached = Array.from(which?.data ?? []);
  const items = [
    ...places.map(([x = 0, y = 0], index) => ({ index, label: point(x, y) })),
    { index: -1, label: t("none") },
  ];
  return items.flatMap(({ index, label }) => {
    const share = reached.filter((each) => each === index).length / Math.max(1, reached.length);
    if (share === 0) return [];
    const swatch = h("span", { class: "legend-swatch" });
    swatch.style.setProperty("--swatch", index < 0 ? "var(--line-strong)" : `var(--class-${index % 10})`);
    return [h("span", { class: "legend-item" }, swatch, `${label} ${wholePercent(share)}`)];
  });
}
