/** When to do things: often asked for, seldom done. */

/**
 * Calls `listener` at the next refresh of the screen, once however often it was asked for.
 *
 * @param {() => void} listener
 */
export function oncePerFrame(listener) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      listener();
    });
  };
}

/**
 * Calls `listener` at once, then at most every `gap` milliseconds; what was asked for last is done.
 *
 * @param {number} gap
 * @param {() => void} listener
 */
export function atMostEvery(gap, listener) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const run = () => {
    timer = undefined;
    last = performance.now();
    listener();
  };
  return () => {
    if (timer !== undefined) return;
    const wait = last + gap - performance.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
}

/**
 * Calls `listener` once nobody has asked for it for `gap` milliseconds.
 *
 * @param {number} gap
 * @param {() => void} listener
 */
export function whenQuiet(gap, listener) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(listener, gap);
  };
}

/**
 * Calls `listener` only where it is called with other values than the time before.
 *
 * @template {unknown[]} Values
 * @param {(...values: Values) => void} listener
 * @param {(...values: Values) => unknown} [keyOf]  what of them counts, which JSON can write
 * @returns {(...values: Values) => void}
 */
export function whenOther(listener, keyOf = (...values) => values) {
  let last = "";
  return (...values) => {
    const key = JSON.stringify(keyOf(...values));
    if (key === last) return;
    last = key;
    listener(...values);
  };
}
