/** Numbers of a race as people read them: a few significant digits, whatever their size; fewer beside a power of ten. */

const ABSENT = "–";

/**
 * @param {number} value
 * @param {number} [digits]
 */
export function significant(value, digits = 4) {
  if (!Number.isFinite(value)) return ABSENT;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4
    ? value.toExponential(Math.max(1, digits - 2)).replace(/\.?0+e/, "e").replace("e+", "e")
    : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/**
 * A point of the plane, in three digits.
 *
 * @param {number} x
 * @param {number} y
 */
export const point = (x, y) => `(${significant(x, 3)}, ${significant(y, 3)})`;
