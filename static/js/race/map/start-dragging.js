/** Setting a start on a map: by click, by dragging its ring, by the arrow keys; and where the pointer is. */

const NEAR = 16;
const KEY_STEP = 1 / 100;
const FAST = 10;

/**
 * Positions are pixels of the map.
 * @typedef {{x: number, y: number}} At
 *
 * @param {HTMLElement} element
 * @param {object} options
 * @param {() => At[]} options.starts  where they are
 * @param {() => number} options.chosen  which one a click elsewhere moves
 * @param {(index: number) => void} options.choose
 * @param {(index: number, at: At) => void} options.move
 * @param {(at: At | null) => void} options.point  what the pointer is at, null when it left
 */
export function followStart(element, { starts, chosen, choose, move, point }) {
  /** @type {number | null} */
  let dragged = null;
  const at = (/** @type {{clientX: number, clientY: number}} */ event) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const clamp = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(most, Math.max(0, value));
    return { x: clamp(event.clientX - left, width), y: clamp(event.clientY - top, height) };
  };
  const near = (/** @type {At} */ { x, y }) => {
    const found = starts().findIndex((start) => Math.hypot(start.x - x, start.y - y) < NEAR);
    return found < 0 ? null : found;
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const place = at(event);
    const ring = near(place);
    // A finger that is not on a ring may be about to scroll; where it was a tap, the click says so.
    if (ring === null && event.pointerType === "touch") return;
    dragged = ring ?? chosen();
    if (ring !== null) choose(ring);
    else move(dragged, place);
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener(
    "touchstart",
    (event) => {
      const [touch] = event.touches;
      if (touch && near(at(touch)) !== null) event.preventDefault();
    },
    { passive: false },
  );
  element.addEventListener("pointermove", (event) => {
    const place = at(event);
    if (dragged !== null) move(dragged, place);
    element.style.cursor = dragged !== null ? "grabbing" : near(place) !== null ? "grab" : "crosshair";
    point(place);
  });
  const drop = () => {
    dragged = null;
  };
  element.addEventListener("pointerup", drop);
  element.addEventListener("pointercancel", drop);
  element.addEventListener("click", (event) => {
    if (!(event instanceof PointerEvent) || event.pointerType !== "touch") return;
    const place = at(event);
    if (near(place) === null) move(chosen(), place);
    point(place);
  });
  element.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") point(null);
  });
  element.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const start = starts()[chosen()];
    if (!way || !start) return;
    event.preventDefault();
    const step = element.clientWidth * KEY_STEP * (event.shiftKey ? FAST : 1);
    const [dx = 0, dy = 0] = way;
    const place = { x: start.x + dx * step, y: start.y + dy * step };
    move(chosen(), place);
    point(place);
  });
}
