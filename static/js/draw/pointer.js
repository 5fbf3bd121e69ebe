/** Which place of a map is pointed at, by pointer, finger or arrow keys. */

/**
 * Where on the map the pointer or the arrow keys are, as shares of its sides; null when they left.
 *
 * @param {HTMLElement} element
 * @param {(at: {across: number, down: number} | null) => void} listener
 */
export function trackPointer(element, listener) {
  /** @type {{across: number, down: number} | null} */
  let keyed = null;
  const clamp = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));
  const point = (/** @type {PointerEvent} */ event) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    listener({ across: clamp((event.clientX - left) / width), down: clamp((event.clientY - top) / height) });
  };
  const leave = () => {
    keyed = null;
    listener(null);
  };
  element.addEventListener("pointermove", point);
  element.addEventListener("pointerdown", point);
  element.addEventListener("pointerleave", (event) => {
    // A tap stands for pointing: its reading stays until the focus goes elsewhere.
    if (event.pointerType !== "touch") leave();
  });
  element.addEventListener("blur", leave);
  element.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Escape") leave();
    if (!move) return;
    event.preventDefault();
    const [across = 0, down = 0] = move;
    const from = keyed ?? { across: 0.5, down: 0.5 };
    keyed = { across: clamp(from.across + across / 60), down: clamp(from.down + down / 60) };
    listener(keyed);
  });
}
