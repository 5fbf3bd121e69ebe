/** Numbers as people read them; each format keeps its width while the number changes. */

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const ABSENT = "–";

/** @param {number} value */
export function whole(value) {
  return Number.isFinite(value) ? WHOLE.format(Math.floor(value)) : ABSENT;
}

/** @param {number} value */
export function loss(value) {
  if (!Number.isFinite(value)) return ABSENT;
  if (value > 0 && value < 0.00005) return value.toExponential(1).replace("-", "−");
  if (value < 10) return value.toFixed(4);
  return value < 10000 ? value.toFixed(2) : value.toExponential(2);
}

/** @param {number} value  0 to 1 */
export function percent(value) {
  return Number.isFinite(value) ? `${(100 * value).toFixed(1)} %` : ABSENT;
}

/** @param {number} value  about 0 to 1, or far below */
export function share(value) {
  if (!Number.isFinite(value)) return ABSENT;
  const text = value > -100 ? value.toFixed(3) : value > -100_000 ? value.toFixed(0) : value.toExponential(0);
  return text.replace("-", "−");
}

/** @param {number} value */
export function rate(value) {
  if (!Number.isFinite(value)) return ABSENT;
  return value > 0 && value < 10 ? value.toFixed(1) : WHOLE.format(value);
}

/**
 * With its sign in front, so that a weight keeps its place when it changes sides.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export function signed(value, digits = 3) {
  if (!Number.isFinite(value)) return ABSENT;
  const size = Math.abs(value);
  const text = size < 1000 ? size.toFixed(digits) : size.toExponential(2);
  return `${value < 0 ? "−" : "+"}${text}`;
}
