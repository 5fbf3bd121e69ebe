/** Says which shade of the ground is which loss. */

import { css } from "./colour.js";
import { h } from "./dom.js";
import { describe } from "./tooltip.js";

/** @import {Rgb} from "./colour.js" */
/** @import {Levels} from "./levels.js" */

/** Numbers nearer to each other than this share of the bar's length cannot be read. */
const APART = 0.07;

export function createLossLegend() {
  const bar = h("div", { class: "loss-legend-bar" });
  const numbers = h("div", { class: "loss-legend-numbers" });
  const element = h("div", { class: "loss-legend" }, h("span", { class: "caption" }, "Loss"), bar, numbers);
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
      numbers.replaceChildren(...legendTicks(levels).map(({ share, text }) => {
        const number = h("span", {}, text);
        number.style.bottom = `${100 * share}%`;
        return number;
      }));
      const ground = levels.logarithmic ? " The shades follow the logarithm of the height above the lowest place." : "";
      describe(element, { title: "Loss", text: `The shade of the ground is its loss; each number stands at a line of the map.${ground}` });
    },
  };
}

/**
 * The losses at which lines are drawn, as far as there is room, each with its share of the bar.
 *
 * @param {Levels} levels
 */
export function legendTicks({ levels, share }) {
  /** @type {{share: number, text: string}[]} */
  const ticks = [];
  for (const level of levels) {
    const at = share(level);
    if (at - (ticks.at(-1)?.share ?? -1) >= APART) ticks.push({ share: at, text: lossTick(level) });
  }
  return ticks;
}

/** @param {number} value  in as few digits as tell it apart */
export function lossTick(value) {
  const text = Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(0).replace("e+", "e") : String(Number(value.toPrecision(6)));
  return text.replaceAll("-", "−");
}
