/**
 * As much of a canvas as vector pictures need, for tests without a browser: it keeps pixels, enlarges an image as a
 * browser does, and gives it back as a small bitmap that any viewer shows.
 */

/** A bitmap in the text of a picture has one pixel for so many of the canvas: enough to see, and to compare. */
const COARSE = 15;

/** Every letter is as wide as this share of the font's size. */
const LETTER = 0.6;

/** @typedef {{data: Uint8ClampedArray, width: number, height: number}} Pixels */

class TestCanvas {
  width = 300;
  height = 150;
  /** @type {Pixels | null} */
  pixels = null;
  /** @type {((x: number, y: number) => number[]) | null} what is drawn at a place */
  drawn = null;

  getContext() {
    return {
      canvas: this,
      font: "10px sans-serif",
      imageSmoothingEnabled: true,
      createImageData: (/** @type {number} */ width, /** @type {number} */ height) => ({
        data: new Uint8ClampedArray(4 * width * height),
        width,
        height,
      }),
      putImageData: (/** @type {Pixels} */ image) => {
        this.pixels = { ...image, data: image.data.slice() };
      },
      /**
       * @param {TestCanvas} image
       * @param {[left: number, top: number, width: number, height: number, x: number, y: number, toWidth: number, toHeight: number]} place
       */
      drawImage(image, ...[left, top, width, height, , , toWidth, toHeight]) {
        const { pixels } = image;
        if (!pixels) throw new Error("an image without pixels is drawn");
        const read = this.imageSmoothingEnabled ? between : nearest;
        this.canvas.drawn = (x, y) => read(pixels, left + (x * width) / toWidth, top + (y * height) / toHeight);
      },
      measureText(/** @type {string} */ text) {
        return { width: LETTER * Number(/([\d.]+)px/.exec(this.font)?.[1]) * text.length };
      },
    };
  }

  toDataURL() {
    const [width, height] = [Math.ceil(this.width / COARSE), Math.ceil(this.height / COARSE)];
    const stride = Math.ceil((3 * width) / 4) * 4;
    const file = Buffer.alloc(54 + stride * height);
    file.write("BM");
    file.writeUInt32LE(file.length, 2);
    file.writeUInt32LE(54, 10);
    file.writeUInt32LE(40, 14);
    file.writeInt32LE(width, 18);
    file.writeInt32LE(-height, 22); // the top row first
    file.writeUInt16LE(1, 26);
    file.writeUInt16LE(24, 28);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const [red = 0, green = 0, blue = 0, alpha = 0] =
          this.drawn?.(((column + 0.5) * this.width) / width, ((row + 0.5) * this.height) / height) ?? [];
        // as on white paper
        [blue, green, red].forEach((value, part) => {
          file[54 + row * stride + 3 * column + part] = Math.round(255 + ((value - 255) * alpha) / 255);
        });
      }
    }
    return `data:image/bmp;base64,${file.toString("base64")}`;
  }
}

/** @param {Pixels} pixels @param {number} x @param {number} y */
function pixel({ data, width, height }, x, y) {
  const [column, row] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  return data.subarray(4 * (row * width + column), 4 * (row * width + column) + 4);
}

/** @param {Pixels} pixels @param {number} x @param {number} y */
const nearest = (pixels, x, y) => [...pixel(pixels, Math.floor(x), Math.floor(y))];

/** @param {Pixels} pixels @param {number} x @param {number} y */
function between(pixels, x, y) {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, below] = [x - 0.5 - left, y - 0.5 - top];
  const mixed = [0, 0, 0, 0];
  for (const [dx, dy, share] of /** @type {const} */ ([
    [0, 0, (1 - right) * (1 - below)],
    [1, 0, right * (1 - below)],
    [0, 1, (1 - right) * below],
    [1, 1, right * below],
  ])) {
    pixel(pixels, left + dx, top + dy).forEach((value, part) => (mixed[part] = (mixed[part] ?? 0) + share * value));
  }
  return mixed;
}

/** Gives pages' modules a document that makes canvases, and nothing else. */
export function installCanvas() {
  Object.assign(globalThis, { document: { createElement: () => new TestCanvas() } });
}
