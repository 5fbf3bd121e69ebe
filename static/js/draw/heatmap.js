/**
 * Turns maps of small integers into pixels.
 *
 * A map holds samples of the square [−6, 6]² with both ends included: the centres of its outer
 * samples lie on the border of the square. Drawing therefore leaves half a sample out at each side,
 * and a map of any grid size lands on the same place.
 */

/** @import {Surface} from "./surface.js" */

/** A signed value below this scale is shown on the scale 1, so that vanishing activations fade. */
export const shownGain = (/** @type {number} */ scale) => (Number.isFinite(scale) ? scale / Math.max(1, scale) : 0);

/**
 * @param {Uint32Array} pixels  where to write
 * @param {{at: number, stride: number}} target  index of the first pixel; pixels in a row
 * @param {ArrayLike<number>} map  where to read
 * @param {{from: number, grid: number, gain: number}} source  index of the first sample; samples in
 *   a row; the value of the full scale, at most 1
 * @param {Uint32Array} table  from `signTable`
 */
export function paintSigned(pixels, { at, stride }, map, { from, grid, gain }, table) {
  for (let row = 0; row < grid; row++) {
    let read = from + row * grid;
    let write = at + row * stride;
    for (const end = read + grid; read < end; read++, write++) {
      // Adding 128.5 and cutting off rounds to the table's index.
      pixels[write] = /** @type {number} */ (table[/** @type {number} */ (map[read] * gain + 128.5) | 0]);
    }
  }
}

/**
 * The strength of a pixel is how far its class is ahead of the next one: neutral where the network
 * cannot decide, and the same picture as the signed map when there are two classes.
 *
 * @param {Uint32Array} pixels
 * @param {ArrayLike<number>} maps  one map after the other, one for each class
 * @param {ArrayLike<number>} scales  value of the full scale for each class
 * @param {number} grid
 * @param {Uint32Array[]} tables  from `classTables`
 */
export function paintClasses(pixels, maps, scales, grid, tables) {
  const area = grid * grid;
  const count = tables.length;
  for (let pixel = 0; pixel < area; pixel++) {
    let best = -Infinity;
    let next = -Infinity;
    let winner = 0;
    for (let index = 0, read = pixel; index < count; index++, read += area) {
      const value = /** @type {number} */ (maps[read]) * /** @type {number} */ (scales[index]);
      if (value > best) {
        next = best;
        best = value;
        winner = index;
      } else if (value > next) {
        next = value;
      }
    }
    const lead = Math.min(1, (best - next) / 127);
    const table = /** @type {Uint32Array} */ (tables[winner]);
    pixels[pixel] = /** @type {number} */ (table[(lead * 255 + 0.5) | 0]);
  }
}

/**
 * The value of a map at a point of the square, between its samples.
 *
 * @param {ArrayLike<number>} map
 * @param {{from: number, grid: number, scale: number}} source
 * @param {number} across  0 at the left border, 1 at the right
 * @param {number} down    0 at the top border, 1 at the bottom
 */
export function sample(map, { from, grid, scale }, across, down) {
  const last = grid - 1;
  const x = Math.min(last, Math.max(0, across * last));
  const y = Math.min(last, Math.max(0, down * last));
  const column = Math.min(last - 1, Math.floor(x));
  const row = Math.min(last - 1, Math.floor(y));
  const right = x - column;
  const below = y - row;
  const at = (/** @type {number} */ r, /** @type {number} */ c) => map[from + r * grid + c] ?? 0;
  const top = at(row, column) * (1 - right) + at(row, column + 1) * right;
  const bottom = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
  return ((top * (1 - below) + bottom * below) * scale) / 127;
}

/**
 * Maps with `factor` times as many samples between the same ends.
 *
 * @param {ArrayLike<number>} maps  one after the other
 * @param {number} grid
 * @param {number} factor
 */
export function refine(maps, grid, factor) {
  const area = grid * grid;
  const count = Math.floor(maps.length / area);
  const side = (grid - 1) * factor + 1;
  const fine = new Int8Array(count * side * side);
  for (let index = 0; index < count; index++) {
    for (let row = 0; row < side; row++) {
      const top = Math.min(grid - 2, Math.floor(row / factor));
      const below = row / factor - top;
      for (let column = 0; column < side; column++) {
        const left = Math.min(grid - 2, Math.floor(column / factor));
        const right = column / factor - left;
        const at = index * area + top * grid + left;
        const upper = lerp(maps[at], maps[at + 1], right);
        const lower = lerp(maps[at + grid], maps[at + grid + 1], right);
        fine[(index * side + row) * side + column] = Math.round(lerp(upper, lower, below));
      }
    }
  }
  return { maps: fine, grid: side };
}

/**
 * @param {number | undefined} a
 * @param {number | undefined} b
 * @param {number} share
 */
const lerp = (a = 0, b = 0, share) => a + (b - a) * share;

/**
 * A canvas of pixels that is painted whole and drawn at another size.
 *
 * @typedef {ReturnType<typeof createBuffer>} Buffer
 */
export function createBuffer() {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  let image = context.createImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);

  return {
    get pixels() {
      return pixels;
    },

    /**
     * @param {number} width
     * @param {number} height
     */
    resize(width, height) {
      if (image.width === width && image.height === height) return;
      canvas.width = width;
      canvas.height = height;
      image = context.createImageData(width, height);
      pixels = new Uint32Array(image.data.buffer);
    },

    /** Puts the pixels on the canvas. */
    flush() {
      context.putImageData(image, 0, 0);
    },

    /**
     * Draws one square map of the buffer so that its outer samples lie on the border of the target.
     *
     * @param {Surface} target
     * @param {{left: number, top: number, side: number}} source
     * @param {{x: number, y: number, size: number}} place
     */
    draw(target, { left, top, side }, { x, y, size }) {
      target.drawImage(canvas, left + 0.5, top + 0.5, side - 1, side - 1, x, y, size, size);
    },
  };
}

/**
 * Many small maps side by side in one buffer: one upload a frame however many units there are.
 *
 * @typedef {ReturnType<typeof createAtlas>} Atlas
 */
export function createAtlas() {
  const buffer = createBuffer();
  let columns = 1;
  let side = 1;
  const place = (/** @type {number} */ index) => ({
    left: (index % columns) * side,
    top: Math.floor(index / columns) * side,
    side,
  });

  return {
    /**
     * @param {ArrayLike<number>} maps
     * @param {ArrayLike<number>} scales
     * @param {number} grid
     * @param {Uint32Array} table
     */
    paint(maps, scales, grid, table) {
      const count = scales.length;
      side = grid;
      columns = Math.max(1, Math.ceil(Math.sqrt(count)));
      const stride = columns * grid;
      buffer.resize(stride, Math.max(1, Math.ceil(count / columns)) * grid);
      for (let index = 0; index < count; index++) {
        const { left, top } = place(index);
        const source = { from: index * grid * grid, grid, gain: shownGain(scales[index] ?? 0) };
        paintSigned(buffer.pixels, { at: top * stride + left, stride }, maps, source, table);
      }
      buffer.flush();
    },

    /**
     * @param {Surface} target
     * @param {number} index
     * @param {{x: number, y: number, size: number}} at  top left corner and side
     */
    draw(target, index, at) {
      buffer.draw(target, place(index), at);
    },
  };
}
