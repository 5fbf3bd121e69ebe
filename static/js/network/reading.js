/** The numbers of the unit or edge that is pointed at, beside it and live. */

import { h } from "../base/dom.js";
import { signed } from "../base/format.js";
import { biasName, pointOnEdge } from "./layout.js";
import { neuronName, outputName, unitName } from "../base/unit-names.js";
import { t, tn } from "../base/words.js";

/** @import {LayoutEntry} from "../base/types.js" */
/** @import {Column, Gap, Layout} from "./layout.js" */

const DISTANCE = 12;

/** More weights than this stand in two columns. */
const LONG = 8;

/**
 * A unit, or an edge into it.
 *
 * @typedef {{column: number, unit: number, edge: number | null}} Pointed
 * @typedef {object} Labels
 * @property {(row: number) => string} feature  the name of a feature
 * @property {() => number[]} chosen            the rows of the features that the network is given
 *
 * @typedef {object} Source
 * @property {Layout} layout
 * @property {Gap[]} gaps
 * @property {LayoutEntry[]} arrays
 * @property {ArrayLike<number>} theta
 * @property {Labels} labels
 * @property {Set<number>} [frozen]  the places in theta of what training does not move
 * @property {string | undefined} [idle]  what is to be said of a unit that does nothing any more
 * @property {string} [hint]  what can be done with it
 * @property {((canvas: HTMLCanvasElement) => void) | null} [large]  draws what is pointed at, where it is not seen large
 */

/** @param {HTMLElement} element */
export function createNetworkReading(element) {
  const title = h("p", { class: "reading-title" });
  const list = h("dl", { class: "reading-list" });
  const hint = h("p", { class: "reading-hint", hidden: true });
  const large = h("canvas", { class: "reading-map", "data-testid": "reading-map", hidden: true });
  element.append(title, large, list, hint);
  let shown = "";
  /** @type {HTMLElement[]} */
  let values = [];

  return {
    nameOf,
    titleOf: (/** @type {Pointed} */ pointed, /** @type {Pick<Source, "layout" | "gaps" | "labels">} */ source) =>
      contents(pointed, { ...source, arrays: [], theta: [] }).heading,
    anchorOf: (/** @type {Pointed} */ pointed, /** @type {{layout: Layout, gaps: Gap[]}} */ { layout, gaps }) =>
      anchor(pointed, layout, gaps),

    hide() {
      element.hidden = true;
    },

    /**
     * @param {Pointed} pointed
     * @param {Source} source
     */
    show(pointed, source) {
      const { heading, rows } = contents(pointed, source);
      const structure = [heading, ...rows.map(({ name }) => name)].join("\n");
      if (structure !== shown) {
        shown = structure;
        title.textContent = heading;
        values = rows.map(() => h("dd"));
        list.replaceChildren(...rows.map(({ name }, index) => h("div", {}, h("dt", {}, name), values[index])));
        list.classList.toggle("is-long", rows.length > LONG);
      }
      rows.forEach(({ value }, index) => write(values[index], value));
      write(hint, source.hint ?? "");
      hint.hidden = !source.hint;
      large.hidden = !source.large;
      element.hidden = false;
      source.large?.(large);
    },

    /**
     * Beside what is pointed at, inside the panel.
     *
     * @param {Pointed} pointed
     * @param {Layout} layout
     * @param {Gap[]} gaps
     * @param {HTMLElement} scroller
     */
    place(pointed, layout, gaps, scroller) {
      const at = anchor(pointed, layout, gaps);
      const x = at.x - scroller.scrollLeft;
      const { offsetWidth: width, offsetHeight: height } = element;
      const fitsRight = x + at.reach + DISTANCE + width <= scroller.clientWidth;
      const left = fitsRight ? x + at.reach + DISTANCE : x - at.reach - DISTANCE - width;
      const top = Math.min(Math.max(0, at.y - height / 2), Math.max(0, scroller.clientHeight - height));
      const [x0, y0] = [scroller.offsetLeft, scroller.offsetTop];
      element.style.translate = `${Math.round(x0 + Math.max(0, left))}px ${Math.round(y0 + top)}px`;
    },
  };
}

/**
 * @param {{column: number, unit: number}} place
 * @param {Layout} layout
 * @param {Labels} labels
 */
function nameOf({ column, unit }, { columns }, labels) {
  const { role, layer = 0 } = columns[column] ?? {};
  if (role === "features") return labels.feature(unit);
  return role === "outputs" ? outputName(unit, columns[column]?.units.length ?? 1) : unitName(layer, unit);
}

/**
 * @param {Pointed} pointed
 * @param {Source} source
 */
function contents({ column, unit, edge }, { layout, gaps, arrays, theta, labels, frozen, idle }) {
  const gap = gaps[column - 1];
  const heading = nameOf({ column, unit }, layout, labels);
  if (!gap) return { heading, rows: [] };

  const written = (/** @type {number} */ place) => {
    const value = signed(theta[place] ?? NaN);
    return frozen?.has(place) ? t("{value} frozen", { value }) : value;
  };
  const row = (/** @type {number} */ index) => {
    const from = gap.from[index] ?? 0;
    const source = column === 1 ? (labels.chosen()[from] ?? 0) : from;
    return {
      name: column === 1 ? labels.feature(source) : neuronName(from),
      full: nameOf({ column: column - 1, unit: source }, layout, labels),
      value: written(gap.weight[index] ?? -1),
    };
  };
  if (edge !== null) {
    const { full, value } = row(edge);
    return { heading: t("{from} → {to}", { from: full, to: heading }), rows: [{ name: t("Weight"), value }] };
  }
  const bias = arrays.find(({ name }) => name === biasName(/** @type {Column} */ (layout.columns[column])));
  const incoming = Array.from(gap.to.keys()).filter((index) => gap.to[index] === unit);
  const before = layout.columns[column - 1];
  const notDrawn =
    before?.role === "fold"
      ? t("all weights")
      : before?.more
        ? tn("{count} weight", "{count} weights", before.more)
        : "";
  return {
    heading,
    rows: [
      ...(idle ? [{ name: t("Idle"), value: idle }] : []),
      ...(bias ? [{ name: t("Bias"), value: written(bias.offset + unit) }] : []),
      ...incoming.map(row),
      ...(notDrawn ? [{ name: t("Not drawn"), value: notDrawn }] : []),
    ],
  };
}

/**
 * @param {Pointed} pointed
 * @param {Layout} layout
 * @param {Gap[]} gaps
 */
function anchor({ column, unit, edge }, { columns }, gaps) {
  const gap = gaps[column - 1];
  if (edge !== null && gap) {
    const ends = { x0: gap.x0, x1: gap.x1, y0: gap.y0[edge] ?? 0, y1: gap.y1[edge] ?? 0 };
    const [x, y] = pointOnEdge(ends, 0.5);
    return { x, y, reach: 6 };
  }
  const found = columns[column]?.units[unit];
  return { x: found?.x ?? 0, y: found?.y ?? 0, reach: (columns[column]?.tile ?? 0) / 2 };
}

/**
 * @param {HTMLElement | undefined} element
 * @param {string} text
 */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
