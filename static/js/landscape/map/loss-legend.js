/** Says which shade of the ground is which loss. */

import { css } from "../../draw/colour.js";
import { h } from "../../base/dom.js";
import { powerOfTen, significant } from "../../base/format.js";
import { describe } from "../../ui/tooltip.js";
import { sentences, t } from "../../base/words.js";

/** @import {Rgb} from "../../draw/colour.js" */
/** @import {Levels} from "../../draw/levels.js" */

/** Numbers nearer to each other than this share of the bar's length cannot be read. */
const APART = 0.07;

export function createLossLegend() {
  const bar = h("div", { class: "loss-legend-bar" });
  const numbers = h("div", { class: "loss-legend-numbers" });
  const element = h("div", { class: "loss-legend" }, h("span", { class: "caption" }, t("Loss")), bar, numbers);
  let shown = "";

  return {
    element,
    /**
     * @param {Levels} levels
     * @param {{low: Rgb, high: Rgb}} look
     */
    update(levels, { low, high }) {
      const key = JSON.stringify([levels.levels, levels.low, levels.high, low, high]);
      if (key === shown) return;
      shown = key;
      bar.style.background = `linear-gradient(to top, ${css(low)}, ${css(high)})`;
      numbers.replaceChildren(
        ...legendTicks(levels).map(({ share, text }) => {
          const number = h("span", {}, text);
          number.style.bottom = `${100 * share}%`;
          return number;
        }),
      );
      describe(element, {
        title: t("Loss"),
        text: sentences(
          t("The shade of the ground is its loss; each number stands at a line of the map."),
          t("Most lines and shades are for the ground around the paths."),
        ),
      });
    },
  };
}

/**
 * The losses at which lines are drawn, as far as there is room, each with its share of the bar.
 *
 * @param {Levels} levels
 */
export function legendTicks({ levels, share }) {
  /** @type {number[]} */
  const kept = [];
  for (const level of levels) {
    const last = kept.at(-1);
    if (last === undefined || share(level) - share(last) >= APART) kept.push(level);
  }
  const digits = [2, 3, 4, 5].find(
    (count) => new Set(kept.map((level) => lossTick(level, count))).size === kept.length,
  );
  return kept.map((level) => ({ share: share(level), text: lossTick(level, digits ?? 6) }));
}

/**
 * @param {number} value
 * @param {number} digits  significant ones
 */
export function lossTick(value, digits) {
  const isLong = Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-3);
  return isLong ? powerOfTen(value, Math.max(0, digits - 2)) : significant(value, digits);
}
