/** The box on the map: its edges, its corners and the whole of it are dragged or moved by keys, and a search begins in it. */

import { h, icon, setAttribute } from "../../base/dom.js";
import { significant } from "../../base/format.js";
import { t } from "../../base/words.js";
import { settingName } from "../../settings/names.js";
import { describe } from "../../ui/tooltip.js";
import { boxOf, moved, pairAt, rangeOf } from "./box.js";

/** @import {Search, SearchContext} from "../types.js" */
/** @import {Scene, Side as SceneSide} from "../map/scene.js" */
/** @import {Side} from "./box.js" */

/** What an edge is of. @typedef {{name: string, side: Side, end: 0 | 1}} Edge */

const EDGES = /** @type {Edge[]} */ ([
  { name: "left", side: "across", end: 0 },
  { name: "right", side: "across", end: 1 },
  { name: "bottom", side: "up", end: 0 },
  { name: "top", side: "up", end: 1 },
]);
const CORNERS = /** @type {const} */ ([
  ["left", "top"],
  ["right", "top"],
  ["left", "bottom"],
  ["right", "bottom"],
]);
const KEYS = /** @type {{[key: string]: [Side, number]}} */ ({
  ArrowLeft: ["across", -1],
  ArrowRight: ["across", 1],
  ArrowDown: ["up", -1],
  ArrowUp: ["up", 1],
});
const MOVE =
  "M12 4v16M4 12h16M9.5 6.5L12 4l2.5 2.5M9.5 17.5L12 20l2.5-2.5M6.5 9.5L4 12l2.5 2.5M17.5 9.5L20 12l-2.5 2.5";
/** One press of a key, as a share of the range. */
const STEP = 0.02;
/** Less than this is the whole range. */
const NEARLY = 0.001;

/** @typedef {{left: number, top: number, width: number, height: number}} Plot */

/** @param {SearchContext} context */
export function createBoxLayer({ store, actions, catalog }) {
  /** @type {{plot: Plot, scene: Scene} | null} */
  let at = null;
  const edges = EDGES.map((edge) => {
    const handle = h("div", { class: `search-edge is-${edge.name}`, role: "slider", tabindex: "0" });
    handle.dataset.testid = `search-box-${edge.name}`;
    drag(handle, [edge]);
    handle.addEventListener("keydown", (event) => {
      const key = KEYS[event.key];
      if (key?.[0] === edge.side) press(event, [edge], edge.side, key[1]);
    });
    return { edge, handle };
  });
  const corners = CORNERS.map((names) => {
    const handle = h("div", { class: `search-corner is-${names[0]} is-${names[1]}`, "aria-hidden": "true" });
    drag(
      handle,
      EDGES.filter(({ name }) => names.some((each) => each === name)),
    );
    return handle;
  });
  const grip = h("button", { type: "button", class: "search-grip", "data-testid": "search-box-move" }, icon(MOVE));
  grip.setAttribute("aria-label", t("Move the box"));
  describe(grip, { title: t("Move the box"), text: t("Drag it, or use the arrow keys.") });
  drag(grip, EDGES);
  grip.addEventListener("keydown", (event) => {
    const key = KEYS[event.key];
    if (key) press(event, EDGES, ...key);
  });
  const search = h(
    "button",
    { type: "button", class: "button is-main search-here", "data-testid": "search-here", onclick: actions.run },
    t("Search here"),
  );
  const frame = h("div", { class: "search-box-frame" }, ...edges.map(({ handle }) => handle), ...corners, grip, search);
  const element = h("div", { class: "search-box", role: "group", "aria-label": t("Where to search next") }, frame);
  element.hidden = true;

  /**
   * Moves edges of the box to a place of the plot, or all of it by as much.
   *
   * @param {readonly Edge[]} which
   * @param {(side: Side, end: 0 | 1) => {from?: number, to?: number, by?: number} | null} move
   * @param {Search} [next]  what is moved
   */
  function change(which, move, next = store.get().search) {
    const { found, search: now, axes } = store.get();
    const box = boxOf(found, next, axes, catalog);
    let { knobs } = next;
    for (const side of /** @type {const} */ (["across", "up"])) {
      const edge = which.find((each) => each.side === side);
      const [stretch, pair] = [box[side], pairAt(found, next, axes[side === "across" ? 0 : 1])];
      const how = edge && move(side, edge.end);
      if (!stretch || !pair || !how || !at) continue;
      const range = rangeOf(pair.before, pair.next, moved(stretch, how, reachOf(at.scene[side])), catalog);
      knobs = knobs.with(pair.index, range);
    }
    if (JSON.stringify(knobs) !== JSON.stringify(now.knobs)) actions.set({ knobs });
  }

  /** @param {KeyboardEvent} event @param {readonly Edge[]} which @param {Side} side @param {number} direction */
  function press(event, which, side, direction) {
    event.preventDefault();
    event.stopPropagation();
    const { found, search: next, axes } = store.get();
    const stretch = boxOf(found, next, axes, catalog)[side];
    if (!stretch) return;
    const by = direction * STEP;
    change(which, (each, end) => {
      if (each !== side) return null;
      if (which === EDGES) return { by };
      return end === 0 ? { from: stretch[0] + by } : { to: stretch[1] + by };
    });
  }

  /** @param {HTMLElement} handle @param {readonly Edge[]} which */
  function drag(handle, which) {
    /** @type {{places: Record<Side, number>, search: Search} | null} as it was when it was gripped */
    let held = null;
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      handle.setPointerCapture(event.pointerId);
      held = { places: placesOf(event), search: store.get().search };
    });
    handle.addEventListener("pointermove", (event) => {
      if (!held || !handle.hasPointerCapture(event.pointerId)) return;
      const places = placesOf(event);
      const { places: from, search: before } = held;
      // From where it was: steps that are less than one of its digits would leave a slow hand behind.
      const move = (/** @type {Side} */ side, /** @type {0 | 1} */ end) => {
        if (which === EDGES) return { by: places[side] - from[side] };
        return end === 0 ? { from: places[side] } : { to: places[side] };
      };
      change(which, move, before);
    });
    for (const ends of /** @type {const} */ (["pointerup", "pointercancel"])) {
      handle.addEventListener(ends, () => {
        held = null;
      });
    }
  }

  /** Where on the two ranges a pointer is. @param {PointerEvent} event @returns {Record<Side, number>} */
  function placesOf({ clientX, clientY }) {
    if (!at) return { across: 0, up: 0 };
    const { plot, scene } = at;
    const { left, top } = element.getBoundingClientRect();
    return {
      across: placeOf(scene.across, (clientX - left) / plot.width),
      up: placeOf(scene.up, 1 - (clientY - top) / plot.height),
    };
  }

  return {
    element,
    /** @param {Plot} plot @param {Scene} scene  as the map has drawn them */
    update(plot, scene) {
      at = { plot, scene };
      const { found, search: next, axes, phase } = store.get();
      const box = boxOf(found, next, axes, catalog);
      element.hidden = phase === "running" || phase === "ready" || (!box.across && !box.up);
      if (element.hidden) return;
      style(element, { left: plot.left, top: plot.top, width: plot.width, height: plot.height });
      const [x0, x1] = shownOf(scene.across, box.across);
      const [y0, y1] = shownOf(scene.up, box.up);
      style(frame, {
        left: x0 * plot.width,
        top: (1 - y1) * plot.height,
        width: (x1 - x0) * plot.width,
        height: (y1 - y0) * plot.height,
      });
      const isWhole = x0 < NEARLY && y0 < NEARLY && x1 > 1 - NEARLY && y1 > 1 - NEARLY;
      frame.classList.toggle("is-whole", isWhole);
      grip.hidden = isWhole;
      search.hidden = isSame(box);
      for (const { edge, handle } of edges) {
        const pair = pairAt(found, next, axes[edge.side === "across" ? 0 : 1]);
        const stretch = box[edge.side];
        handle.hidden = !stretch || !pair;
        if (stretch && pair) tell(handle, edge, stretch[edge.end], pair.next);
      }
    },
  };

  /** @param {HTMLElement} handle @param {Edge} edge @param {number} place @param {import("../types.js").RangeKnob} knob */
  function tell(handle, { side, end }, place, knob) {
    const name = settingName(knob.path, catalog);
    handle.setAttribute("aria-label", end === 0 ? t("{name}, from", { name }) : t("{name}, to", { name }));
    handle.setAttribute("aria-orientation", side === "across" ? "horizontal" : "vertical");
    setAttribute(handle, "aria-valuemin", 0);
    setAttribute(handle, "aria-valuemax", 100);
    setAttribute(handle, "aria-valuenow", Math.round(100 * place));
    setAttribute(handle, "aria-valuetext", significant(end === 0 ? knob.low : knob.high, 3));
  }
}

/** The place on the range at a share of the side. @param {SceneSide} side @param {number} share */
const placeOf = ({ range: [from, to] }, share) => (share - from) / (to - from);

/** The places at both ends of the side. @param {SceneSide} side @returns {[number, number]} */
const reachOf = (side) => [placeOf(side, 0), placeOf(side, 1)];

/** Whether a box is all of the range that was searched. @param {ReturnType<typeof boxOf>} box */
const isSame = (box) =>
  [box.across, box.up].every(
    (stretch) => !stretch || (Math.abs(stretch[0]) < NEARLY && Math.abs(stretch[1] - 1) < NEARLY),
  );

/**
 * From and to as shares of the side, as far as the map goes; all of it along a list.
 *
 * @param {SceneSide} side
 * @param {import("./box.js").Stretch} stretch
 * @returns {[number, number]}
 */
function shownOf({ range: [from, to] }, stretch) {
  if (!stretch) return [0, 1];
  const [low, high] = stretch.map((place) => Math.min(1, Math.max(0, from + place * (to - from))));
  return [low ?? 0, high ?? 1];
}

/** @param {HTMLElement} element @param {Record<string, number>} lengths  in pixels */
function style(element, lengths) {
  for (const [name, length] of Object.entries(lengths)) element.style.setProperty(name, `${length}px`);
}
