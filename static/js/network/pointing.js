/** Which unit or edge is pointed at, by pointer, finger or keyboard. */

import { edgeAt, neighbour } from "./layout.js";

/** @import {Gap, Layout} from "./layout.js" */
/** @import {Pointed} from "./reading.js" */

const REACH = 7;

/**
 * The pointer goes before the keyboard, and when it leaves, the focus counts again.
 *
 * @param {() => void} changed
 */
export function createPointing(changed) {
  /** @type {Pointed | null} */
  let hovered = null;
  /** @type {Pointed | null} */
  let focused = null;

  return {
    get current() {
      return hovered ?? focused;
    },
    get focused() {
      return focused;
    },
    /** @param {Pointed | null} place */
    hover(place) {
      if (samePlace(hovered, place)) return;
      hovered = place;
      changed();
    },
    /** @param {Pointed | null} place */
    focus(place) {
      if (samePlace(focused, place)) return;
      focused = place;
      changed();
    },
    /** Points at nothing, until the pointer or the focus moves on. */
    clear() {
      if (!hovered && !focused) return;
      hovered = focused = null;
      changed();
    },
    /**
     * The network has another shape: its edges are others, and a unit may be gone.
     *
     * @param {Layout} layout
     */
    keep({ columns }) {
      const kept = (/** @type {Pointed | null} */ place) =>
        place && columns[place.column]?.units[place.unit] ? { ...place, edge: null } : null;
      hovered = kept(hovered);
      focused = kept(focused);
      changed();
    },
  };
}

/**
 * @param {Pointed | null} a
 * @param {Pointed | null} b
 */
function samePlace(a, b) {
  return a === b || (a?.column === b?.column && a?.unit === b?.unit && a?.edge === b?.edge);
}

/**
 * Listens for the pointer between the units.
 *
 * @param {HTMLElement} canvas
 * @param {() => Gap[]} gaps
 * @param {(place: Pointed | null) => void} listener
 * @param {(place: Pointed) => void} press
 * @returns the edge that an event of the pointer is at
 */
export function trackEdges(canvas, gaps, listener, press) {
  const edgeOf = (/** @type {PointerEvent} */ event) => {
    const found = edgeAt(gaps(), event.offsetX, event.offsetY, event.pointerType === "touch" ? 2 * REACH : REACH);
    const gap = found && gaps()[found.gap];
    return gap ? { column: found.gap + 1, unit: gap.to[found.edge] ?? 0, edge: found.edge } : null;
  };
  const find = (/** @type {PointerEvent} */ event) => {
    const place = edgeOf(event);
    canvas.classList.toggle("on-edge", place !== null);
    listener(place);
  };
  canvas.addEventListener("click", (event) => {
    const place = event instanceof PointerEvent && edgeOf(event);
    if (place) press(place);
  });
  canvas.addEventListener("pointermove", find);
  canvas.addEventListener("pointerdown", find);
  canvas.addEventListener("pointerleave", (event) => {
    // A tap stands for hovering: its reading stays until the next one.
    if (event.pointerType !== "touch") listener(null);
  });
  return edgeOf;
}

/**
 * Where a key leads: arrows to the next unit, with Shift along the edges into this one.
 *
 * @param {KeyboardEvent} event
 * @param {Pointed} from
 * @param {Layout} layout
 * @param {Gap[]} gaps
 * @returns {Pointed | null}
 */
export function followKey({ key, shiftKey }, from, layout, gaps) {
  if (key === "Escape") return from.edge === null ? null : { ...from, edge: null };
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (shiftKey && step) return nextEdge(from, gaps[from.column - 1], step);
  const unit = neighbour(layout, from, key);
  return unit && { ...unit, edge: null };
}

/**
 * @param {Pointed} from
 * @param {Gap | undefined} gap
 * @param {number} step
 */
function nextEdge(from, gap, step) {
  if (!gap) return null;
  const incoming = Array.from(gap.to.keys()).filter((edge) => gap.to[edge] === from.unit);
  const at = from.edge === null ? (step > 0 ? -1 : 0) : incoming.indexOf(from.edge);
  const edge = incoming.at((at + step) % incoming.length);
  return edge === undefined ? null : { ...from, edge };
}
