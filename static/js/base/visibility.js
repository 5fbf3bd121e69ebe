/** Whether something can be seen: what cannot need not be drawn, nor asked for. */

/**
 * Calls `listener` with whether the element is on the screen, now and whenever that changes. What is
 * hidden is not on the screen.
 *
 * @param {Element} element
 * @param {(seen: boolean) => void} listener
 */
export function onSight(element, listener) {
  let seen = false;
  new IntersectionObserver((entries) => {
    const now = entries.at(-1)?.isIntersecting ?? false;
    if (now === seen) return;
    seen = now;
    listener(seen);
  }).observe(element);
}
