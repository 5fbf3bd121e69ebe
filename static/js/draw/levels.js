/**
 * At which heights to draw the lines of a surface, and how high it is drawn: evenly spread where the surface is, and by
 * powers of ten where a few steep walls would leave nothing for the ground they stand on.
 */

/** About so many lines. */
const LINES = 12;

/** A surface is steep where the upper half of its points reaches this many times higher than the lower. */
const STEEP = 12;

/** No power of ten below this share of the whole height. */
const FINEST = 1e-5;

/** @typedef {{levels: number[], logarithmic: boolean, low: number, high: number, share: (value: number) => number}} Levels */

/**
 * @param {ArrayLike<number>} values  those that are no numbers are left out
 * @returns {Levels}  `share` says how high a value is, from 0 at the lowest to 1 at the highest
 */
export function levelsOf(values) {
  const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const low = sorted[0] ?? 0;
  const high = sorted.at(-1) ?? 1;
  const span = high - low || 1;
  const middle = (sorted[sorted.length >> 1] ?? low) - low;
  if (middle * STEEP > span) {
    return {
      levels: multiples(low, high, niceStep(span / LINES)),
      logarithmic: false,
      low,
      high,
      share: (value) => clamp((value - low) / span),
    };
  }
  const least = Math.max((sorted[Math.floor(sorted.length / 50)] ?? low) - low, span * FINEST);
  const whole = Math.log1p(span / least);
  return {
    levels: powers(least, span).map((height) => low + height),
    logarithmic: true,
    low,
    high,
    share: (value) => clamp(Math.log1p(Math.max(0, value - low) / least) / whole),
  };
}

/** While a picture follows training, its scale stays until heights leave it by this share, or fill less than that of it. */
const SLACK = 0.1;
const FILLED = 0.4;

/**
 * The levels of a picture that follows another: the same scale, so that a colour goes on meaning the same height, for as
 * long as it fits.
 *
 * @param {Levels | null} before
 * @param {ArrayLike<number>} values
 * @returns {Levels}
 */
export function levelsAfter(before, values) {
  const now = levelsOf(values);
  if (!before) return now;
  const span = before.high - before.low;
  const fits = now.low >= before.low - SLACK * span && now.high <= before.high + SLACK * span;
  return fits && now.high - now.low >= FILLED * span ? before : now;
}

/**
 * Round numbers along an axis, about `count` of them.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export const ticks = (low, high, count) => multiples(low, high, niceStep((high - low) / count));

/**
 * The smallest of 1, 2 and 5 times a power of ten that is no smaller than `step`.
 *
 * @param {number} step
 */
export function niceStep(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((each) => each * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} step
 */
function multiples(low, high, step) {
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * 1, 3, 10, 30, …: as many as there are from `least` to `most`, or only the powers of ten where those would be too many.
 *
 * @param {number} least
 * @param {number} most
 */
function powers(least, most) {
  const [first, last] = [Math.floor(Math.log10(least)), Math.floor(Math.log10(most))];
  const factors = last - first > LINES / 2 ? [1] : last - first > LINES / 4 ? [1, 3] : [1, 2, 5];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))))
    .filter((height) => height >= least && height < most);
}

/** What is no number stays none. @param {number} share */
const clamp = (share) => Math.min(1, Math.max(0, share));
