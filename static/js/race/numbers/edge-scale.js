/**
 * Beside the error along each eigenvector of a quadratic: up to which learning rate its steps are stable, on a scale of
 * learning rates that is logarithmic, and where the racer is on it.
 */

import { h } from "../../base/dom.js";
import { whenOther } from "../../base/scheduling.js";
import { racerBadge } from "../../draw/markers.js";
import { MARGIN } from "./figure.js";
import { significant } from "./numbers.js";
import { sentences, t } from "../../base/words.js";
import { describe } from "../../ui/tooltip.js";

/** @import {Along} from "./curvature-words.js" */

/**
 * A direction: the eigenvalue along it, and the learning rate below which the error along it shrinks, if there is one.
 *
 * @typedef {{value: number, limit: number | null}} Direction
 * @typedef {{rate: number, isPlain: boolean, steep: Direction, flat: Direction}} Edges  isPlain: the edge is 2/λ
 */

/**
 * Where the rates of a scale stand on it, from 0 to 1: its least rate at 0, its greatest at 1, powers of ten evenly.
 *
 * @param {Edges} edges
 * @returns {(rate: number) => number}
 */
export function scaleOf({ rate, steep, flat }) {
  const rates = [rate, steep.limit, flat.limit].filter((each) => each !== null).map(Math.log);
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  return high > low ? (each) => (Math.log(each) - low) / (high - low) : () => 0.5;
}

/** @param {Edges} edges */
export const edgeWords = ({ rate, steep, flat }) =>
  sentences(directionWords(t("Steep"), steep, rate), directionWords(t("Flat"), flat, rate));

/**
 * @param {string} direction
 * @param {Direction} along
 * @param {number} rate
 */
function directionWords(direction, { value, limit }, rate) {
  const said = { direction, rate: significant(rate, 3), limit: significant(limit ?? NaN, 3) };
  if (limit === null) {
    return value < 0
      ? t("{direction}: the error grows at every learning rate.", said)
      : t("{direction}: the error stays at every learning rate.", said);
  }
  if (rate === limit) return t("{direction}: η = {rate} is at the edge.", said);
  return rate < limit
    ? t("{direction}: η = {rate} is below the edge {limit}.", said)
    : t("{direction}: η = {rate} is past the edge {limit}.", said);
}

/**
 * @param {Along[] | null | undefined} along  of one racer, the flatter direction first
 * @param {readonly [number, number] | null} values
 * @param {string | null | undefined} edge  its formula
 * @param {number} rate
 * @returns {Edges | null} null where no rule holds in every step
 */
export function edgesOf(along, values, edge, rate) {
  const [flat, steep] = along ?? [];
  if (!values || !flat || !steep || !(rate > 0)) return null;
  return {
    rate,
    isPlain: edge === "2/η",
    steep: { value: values[1], limit: steep.limit },
    flat: { value: values[0], limit: flat.limit },
  };
}

export function createEdgeScale() {
  const element = h("div", { class: "edge-scale", role: "img", "data-testid": "edge-scale", hidden: true });
  element.style.setProperty("--plot-left", `${MARGIN.l}px`);
  element.style.setProperty("--plot-right", `${MARGIN.r}px`);
  const rows = [rowOf(t("Steep")), rowOf(t("Flat"))];
  element.append(...rows.map(({ element: row }) => row));
  describe(element, {
    title: t("Edge of stability"),
    text: t(
      "Learning rates on a log scale, one line a direction. Left of the edge the error along that direction shrinks; right of it, it grows. The mark is the racer at its η.",
    ),
  });
  const draw = whenOther((/** @type {Edges | null} */ edges, /** @type {number} */ look) => {
    element.classList.toggle("is-empty", edges === null);
    if (!edges) return;
    element.setAttribute("aria-label", edgeWords(edges));
    const place = scaleOf(edges);
    rows[0]?.draw(edges, edges.steep, place, look);
    rows[1]?.draw(edges, edges.flat, place, look);
  });
  return { element, draw };
}

/** @param {string} name  of the direction */
function rowOf(name) {
  const text = h("span", { class: "edge-limit" });
  const badge = h("span", { class: "edge-rate" });
  const track = h("div", {}, h("span", { class: "edge-stable" }), text, badge);
  const element = h("div", { class: "edge-row" }, h("span", {}, name), track);
  return {
    element,
    /**
     * @param {Edges} edges
     * @param {Direction} direction
     * @param {(rate: number) => number} place
     * @param {number} look
     */
    draw({ rate, isPlain }, { value, limit }, place, look) {
      track.style.setProperty("--rate", String(place(rate)));
      track.style.setProperty("--edge", String(limit === null ? 0 : place(limit)));
      track.dataset.state = limit !== null ? "edge" : value < 0 ? "grows" : "stays";
      track.classList.toggle("is-past", limit !== null && rate >= limit);
      const said = { limit: significant(limit ?? NaN, 3) };
      text.textContent = limit === null ? "" : isPlain ? `2/λ ${said.limit}` : t("edge {limit}", said);
      badge.replaceChildren(racerBadge(look));
    },
  };
}
