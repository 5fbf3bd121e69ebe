/** The loss of the point as one bar: entropy and KL that add up to it, or the loss by its own name. */

import { h, setText } from "../../base/dom.js";
import { t } from "../../base/words.js";
import { BASES, short, unitOf } from "./numbers.js";

/** @import {Base} from "./numbers.js" */
/** @import {Information} from "./trace.js" */

/** How much the whole bar stands for: the least of these that is enough. */
const SCALES = [1, 2, 5, 10, 20, 50, 100, 1000, 10_000];

/** @param {() => void} turn  to the other base */
export function createLossBar(turn) {
  const words = h("span");
  const base = h("button", {
    type: "button",
    class: "point-base",
    "data-testid": "point-base",
    "data-tip-title": t("Nats or bits"),
    "data-tip": t(
      "The natural logarithm counts in nats, log₂ in bits: 1 nat is 1.44 bits. Notes that use log₁₀ have smaller numbers: 0.398 there is 0.916 nats.",
    ),
    hidden: true,
    onclick: turn,
  });
  const parts = [h("i", { class: "is-entropy" }), h("i", { class: "is-rest" })];
  const bar = h("div", { class: "point-bar", "aria-hidden": "true" }, ...parts);
  const text = h("p", { class: "point-loss-text", "data-testid": "point-loss" }, words, " ", base);
  const element = h("div", { class: "point-loss" }, text, bar);

  return {
    element,
    /** What stands beside the bar. */
    text: () => (text.textContent ?? "").trim(),
    /**
     * @param {string} name  of the loss
     * @param {number} loss
     * @param {Information | null} information  where the loss is made of it
     * @param {Base} measure
     * @param {boolean} apart  whether it is said what it is made of
     */
    show(name, loss, information, measure, apart) {
      element.classList.toggle("is-apart", apart);
      base.hidden = !information;
      const { size } = BASES[measure];
      const [first, second] = information ? [information.entropy, information.kl] : [0, loss];
      const total = (first + second) / size;
      const whole = SCALES.find((scale) => scale >= total) ?? total;
      [first, second].forEach((value, index) => {
        const share = Math.min(1, value / size / whole);
        const each = parts[index];
        if (each) each.style.width = `${100 * (Number.isFinite(share) ? share : 0)}%`;
      });
      setText(base, unitOf(measure));
      const numbers = { total: short(total), entropy: part(first / size), kl: part(second / size) };
      setText(
        words,
        !information
          ? t("{name} {loss}", { name, loss: short(loss) })
          : apart
            ? t("cross-entropy {total} = entropy {entropy} + KL {kl}", numbers)
            : t("cross-entropy {total}", numbers),
      );
    },
  };
}

/** @param {number} value */
const part = (value) => (value === 0 ? "0" : short(value));
