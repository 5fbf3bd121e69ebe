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

/** A shade follows how much of the ground is lower, by quantiles of this share of it. */
const QUANTILES = 12;

/** Above the quantiles' share of the whole, the shade is that of the height: equal steps stay to be seen as such. */
const BY_RANK = 0.7;

/**
 * The levels of a ground of which one part matters most: half of the shades and of the lines are for the heights there,
 * half for those of all of it.
 *
 * @param {ArrayLike<number>} values  those that are no numbers are left out
 * @param {ArrayLike<number>} near  the heights of the part that matters
 * @returns {Levels}
 */
export function levelsAround(values, near) {
  const whole = levelsOf(values);
  const [all, close] = [values, near].map((each) => Float64Array.from(Array.from(each).filter(Number.isFinite)).sort());
  if (!all || !close || close.length === 0 || whole.high <= whole.low) return whole;
  const knots = Array.from({ length: QUANTILES + 1 }, (_, i) => between(all, close, i / QUANTILES));
  const share = (/** @type {number} */ value) => BY_RANK * rankIn(knots, value) + (1 - BY_RANK) * whole.share(value);
  return { ...whole, levels: evenLevels(share, whole), share };
}

/**
 * The height below which a share of two samples lies that weigh the same.
 *
 * @param {Float64Array} all  in rising order, as the other
 * @param {Float64Array} close
 * @param {number} share
 */
function between(all, close, share) {
  let [low, high] = [all[0] ?? 0, all.at(-1) ?? 0];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if ((shareBelow(all, middle) + shareBelow(close, middle)) / 2 < share) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * @param {Float64Array} sorted
 * @param {number} value
 */
function shareBelow(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
}

/**
 * Where a value is among knots in rising order, from 0 at the first to 1 at the last.
 *
 * @param {number[]} knots
 * @param {number} value
 */
function rankIn(knots, value) {
  if (Number.isNaN(value)) return NaN;
  const last = knots.length - 1;
  const next = knots.findIndex((knot) => knot > value);
  if (next === 0) return 0;
  if (next < 0) return 1;
  const [from, to] = [knots[next - 1] ?? value, knots[next] ?? value];
  return (next - 1 + (value - from) / (to - from)) / last;
}

/**
 * The heights whose shades are equally far apart, rounded as far as that leaves them apart.
 *
 * @param {(value: number) => number} share
 * @param {{low: number, high: number}} range
 */
function evenLevels(share, { low, high }) {
  const heights = Array.from({ length: LINES - 1 }, (_, i) => heightOf(share, (i + 1) / LINES, low, high));
  const rounded = heights.map((height, i) => {
    const gap = Math.min(height - (heights[i - 1] ?? low), (heights[i + 1] ?? high) - height);
    const step = gap > 0 ? niceStep(gap / 4) : 0;
    return step > 0 ? Number((Math.round(height / step) * step).toPrecision(12)) : height;
  });
  return [...new Set(rounded)].filter((level) => level > low && level < high);
}

/**
 * The height of a shade, by halving.
 *
 * @param {(value: number) => number} share
 * @param {number} wanted
 * @param {number} low
 * @param {number} high
 */
function heightOf(share, wanted, low, high) {
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (share(middle) < wanted) low = middle;
    else high = middle;
  }
  return high;
}

/** While a picture follows training, its scale stays until heights leave it by this share, or fill less than that of it. */
const SLACK = 0.1;
const FILLED = 0.4;

/**
 * The levels of a picture that follows another: the same scale, so that a colour goes on meaning the same height, for as
 * long as it fits.
 *
 * @param {Levels | null} before
 * @param {Levels} now  what it would have for itself
 * @returns {Levels}
 */
export function levelsAfter(before, now) {
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
