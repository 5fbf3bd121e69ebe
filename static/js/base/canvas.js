/** Canvases that are sharp on every screen. */

/** More pixels than this per CSS pixel cost time and are not seen. */
const MOST_PIXELS = 2;

/** Canvas pixels per CSS pixel. */
const density = () => Math.min(MOST_PIXELS, globalThis.devicePixelRatio || 1);

/**
 * Gives the canvas as many pixels as its place on the screen has, and a context in CSS pixels.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{width: number, height: number}} [size]  in CSS pixels; by default as large as it is laid out
 */
export function fitCanvas(canvas, size = { width: canvas.clientWidth, height: canvas.clientHeight }) {
  const scale = density();
  const width = Math.round(size.width * scale);
  const height = Math.round(size.height * scale);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return { context, width: size.width, height: size.height };
}

/**
 * Calls `listener` with the size of the element soon and whenever it changes.
 *
 * At the next frame: a listener that changes the size of anything that is observed, while sizes are being told, makes
 * a loop, of which WebKit complains.
 *
 * @param {Element} element
 * @param {(size: {width: number, height: number}) => void} listener
 */
export function onResize(element, listener) {
  let frame = 0;
  new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => listener({ width, height }));
  }).observe(element);
}
