/**
 * Colours of maps, points and edges, as look-up tables of packed pixels.
 *
 * Two classes and signed values share one diverging scale: −1 orange, 0 near neutral, +1 blue.
 * More classes get a hue each; how far a pixel is from neutral says how sure the network is.
 */

/**
 * @typedef {readonly [red: number, green: number, blue: number]} Rgb
 * @typedef {object} Palette
 * @property {Rgb} zero       the neutral colour of value 0 and of no confidence
 * @property {Rgb} negative   value −1
 * @property {Rgb} positive   value +1
 * @property {Rgb[]} classes  the hue of each class
 * @property {Rgb} outline    the thin ring around points
 * @property {Rgb} ink        the colour of text
 * @property {Rgb} surface    the colour behind
 * @property {string} font    the family of all texts
 * @property {boolean} [bold] whether it is seen from afar: no line is thin, and small numbers are left out
 */

/** Entries of a table: one for each value of a byte. */
const SIZE = 256;

/** A map's strongest colour stops short of the points' own, so that points stand out on it. */
const MAP_STRENGTH = 0.8;

/**
 * @param {string} text  "#rgb", "#rrggbb" or "rgb(1, 2, 3)"
 * @returns {Rgb}
 */
export function parseColour(text) {
  const value = text.trim();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value)?.[1];
  if (hex) {
    const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    const number = Number.parseInt(digits, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  }
  const parts =
    /^rgba?\(([^)]*)\)$/
      .exec(value)?.[1]
      ?.split(/[\s,/]+/)
      .map(Number) ?? [];
  const [red, green, blue] = parts;
  if (red === undefined || green === undefined || blue === undefined) {
    throw new RangeError(`not a colour: "${text}"`);
  }
  return [red, green, blue];
}

/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} share  0 gives `from`, 1 gives `to`
 * @returns {Rgb}
 */
export function mix(from, to, share) {
  const blend = (/** @type {number} */ a, /** @type {number} */ b) => Math.round(a + (b - a) * share);
  return [blend(from[0], to[0]), blend(from[1], to[1]), blend(from[2], to[2])];
}

/** @param {Rgb} colour */
export function css([red, green, blue]) {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** @param {Rgb} colour  as one little-endian RGBA pixel */
export function pack([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/**
 * @param {Palette} palette
 * @param {number} value  from −1 to 1; beyond them it stays at the end
 * @returns {Rgb}
 */
export function signColour(palette, value) {
  const end = value < 0 ? palette.negative : palette.positive;
  return mix(palette.zero, end, Math.min(1, Math.abs(value)));
}

/**
 * Classes beyond the palette take its hues again.
 *
 * @param {Palette} palette
 * @param {number} index
 * @returns {Rgb}
 */
export function classColour(palette, index) {
  const { classes } = palette;
  return classes[index % classes.length] ?? palette.zero;
}

/**
 * The colour of −127 … 127 at index 1 … 255, for signed maps.
 *
 * @param {Palette} palette
 * @param {{discretize?: boolean}} [options]
 */
export function signTable(palette, { discretize = false } = {}) {
  const table = new Uint32Array(SIZE);
  for (let index = 0; index < SIZE; index++) {
    const value = (index - 128) / 127;
    table[index] = pack(signColour(palette, MAP_STRENGTH * (discretize ? (value < 0 ? -1 : 1) : value)));
  }
  return table;
}

/**
 * For each class, its colour at confidence 0 … 255.
 *
 * @param {Palette} palette
 * @param {number} count
 * @param {{discretize?: boolean}} [options]
 */
export function classTables(palette, count, { discretize = false } = {}) {
  return Array.from({ length: count }, (_, index) => {
    const hue = classColour(palette, index);
    return Uint32Array.from({ length: SIZE }, (_unused, level) =>
      pack(mix(palette.zero, hue, MAP_STRENGTH * (discretize ? 1 : level / (SIZE - 1)))),
    );
  });
}
