/** A bar for the gradient of each layer, the factors that made it between them, and how far each update goes. */

import { ABSENT, raised, significant } from "../../base/format.js";
import { t } from "../../base/words.js";
import { circle, write } from "../../draw/surface.js";
import { EXPLODING, GOOD_UPDATE, isPlain, product, SMALL_UPDATE, VANISHING } from "./gradients.js";
import { drawLine, drawTint } from "./look.js";

/** @import {Spec} from "../../base/types.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Gradients} from "./gradients.js" */
/** @import {Look} from "./look.js" */
/** @import {Place} from "./place.js" */

const TEXT = 12;
const BAR = 26;

/** From the bottom: the updates, the factors, and above them the bars. */
const UPDATES = 34;
const FACTORS = 34;
const TOP = 18;

/** Columns closer than this have no room for two factors beside each other. */
const WIDE = 62;

/** Powers of ten that the axis of the gradients has at least, and at most; and those of the updates. */
const LEAST = 3;
const MOST = 14;
const GAUGE = { from: -9, to: -1 };

/** `updates` says whether they are shown below the bars. @typedef {{gradients: Gradients, trail: number[][], spec: Spec, updates?: boolean}} Shown */

/**
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {Place} place
 * @param {Look} look
 */
export function drawGradients(surface, shown, place, look) {
  const { gradients, updates = true } = shown;
  const base = place.height - (updates ? UPDATES : 0) - FACTORS;
  const up = logScale([...gradients.norms, ...shown.trail.flat(), ...limitOf(shown)], base, TOP);
  drawBands(surface, shown, place, up, look);
  for (const { layer, x } of place.columns) {
    drawTrail(surface, shown.trail, layer, x, place.pitch, up, look);
    drawBar(surface, gradients, layer, x, up, look);
  }
  drawLine(surface, [leftOf(place), base, place.width, base], look.strong);
  drawLimit(surface, shown, place, up, look);
  drawFactors(surface, gradients, place, base, look);
  if (updates) drawUpdates(surface, gradients, place, look);
}

/**
 * @param {readonly number[]} values
 * @param {number} base
 * @param {number} top
 */
export function logScale(values, base, top) {
  const powers = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const to = powers.length > 0 ? Math.ceil(Math.max(...powers)) : 0;
  const least = powers.length > 0 ? Math.floor(Math.min(...powers)) : 0;
  const from = Math.max(to - MOST, Math.min(to - LEAST, least));
  const at = (/** @type {number} */ power) => base - ((power - from) / (to - from)) * (base - top);
  return {
    base,
    top,
    from,
    to,
    /** Where a value stands; what is less than the axis has, or no number, at its foot. @param {number} value */
    at: (value) => (value > 0 ? Math.min(base, Math.max(top, at(Math.log10(value)))) : base),
  };
}

/** @typedef {ReturnType<typeof logScale>} LogScale */

/** @param {Shown} shown @returns {number[]} */
const limitOf = ({ spec: { clip } }) => (clip && clip.kind !== "none" ? [clip.limit] : []);

/** Where the plots begin. @param {Place} place */
const leftOf = ({ columns: [first], pitch }) => (first?.x ?? 0) - pitch / 2;

/**
 * Powers of ten, and what is too small or too large beside the last layer.
 *
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {Place} place
 * @param {LogScale} up
 * @param {Look} look
 */
function drawBands(surface, { gradients: { norms } }, place, up, look) {
  const left = leftOf(place);
  const every = Math.max(1, Math.ceil((up.to - up.from) / 3));
  for (let power = up.to; power > up.from; power -= every) {
    const y = up.at(10 ** power);
    drawLine(surface, [left, y, place.width, y], look.line);
    write(surface, `10${raised(power)}`, left - 5, y, { ...text(look), align: "right", baseline: "middle" });
  }
  const last = norms.at(-1) ?? NaN;
  const [low, high] = [up.at(VANISHING * last), up.at(EXPLODING * last)];
  if (!(last > 0) || norms.length === 1) return;
  if (low < up.base) {
    drawTint(surface, [left, low, place.width - left, up.base - low], look.warn);
    write(surface, t("vanishing"), 0, up.base - 4, { ...text(look), colour: look.warn });
  }
  if (high > up.top) {
    drawTint(surface, [left, up.top, place.width - left, high - up.top], look.warn);
    write(surface, t("exploding"), 0, up.top + TEXT, { ...text(look), colour: look.warn });
  }
}

/**
 * Where clipping begins.
 *
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {Place} place
 * @param {LogScale} up
 * @param {Look} look
 */
function drawLimit(surface, shown, place, up, look) {
  for (const limit of limitOf(shown)) {
    const y = up.at(limit);
    drawLine(surface, [leftOf(place), y, place.width, y], look.ink, { dash: [5, 3] });
    write(surface, t("limit {limit}", { limit: significant(limit, 2) }), 0, y + 4, { ...text(look), colour: look.ink });
  }
}

/**
 * @param {Surface} surface
 * @param {number[][]} trail
 * @param {number} layer
 * @param {number} x
 * @param {number} pitch
 * @param {LogScale} up
 * @param {Look} look
 */

function drawTrail(surface, trail, layer, x, pitch, up, look) {
  if (trail.length < 2) return;
  const width = 0.84 * pitch;
  surface.save();
  surface.globalAlpha = 0.55;
  surface.beginPath();
  trail.forEach((row, index) => {
    const at = x - width / 2 + (width * index) / (trail.length - 1);
    const y = up.at(row[layer] ?? NaN);
    if (index === 0) surface.moveTo(at, y);
    else surface.lineTo(at, y);
  });
  surface.strokeStyle = look.strong;
  surface.lineWidth = 1;
  surface.stroke();
  surface.restore();
}

/**
 * @param {Surface} surface
 * @param {Gradients} gradients
 * @param {number} layer
 * @param {number} x
 * @param {LogScale} up
 * @param {Look} look
 */

function drawBar(surface, { norms }, layer, x, up, look) {
  const norm = norms[layer] ?? NaN;
  const last = norms.at(-1) ?? NaN;
  const y = up.at(norm);
  surface.fillStyle = norm < VANISHING * last || norm > EXPLODING * last ? look.warn : look.strong;
  surface.fillRect(x - BAR / 2, y, BAR, up.base - y);
  write(surface, significant(norm, 2), x, y - 5, strong(look));
}

/**
 * @param {Surface} surface
 * @param {Gradients} gradients
 * @param {Place} place
 * @param {number} base
 * @param {Look} look
 */
function drawFactors(surface, { factors }, { columns, pitch }, base, look) {
  const rows = [base + TEXT + 2, base + 2 * TEXT + 6];
  const [first = 0, second = 0] = rows;
  const wide = pitch >= WIDE;
  if (factors.length > 0) {
    const normed = factors.some((factor) => factor && !isPlain(factor));
    const names = ["f′", ...(normed ? ["BN"] : []), "Wᵀ"];
    write(surface, names.join(wide ? " · " : " "), 0, wide ? first : second, text(look));
    if (wide) write(surface, t("product"), 0, second, text(look));
  }
  columns.slice(0, -1).forEach(({ layer, x }, index) => {
    const next = columns[index + 1];
    const factor = factors[layer];
    if (!factor || next?.layer !== layer + 1) return;
    const middle = (x + next.x) / 2;
    const parts = [factor.slope, ...(isPlain(factor) ? [] : [factor.norm]), factor.gain];
    const centred = { ...text(look), align: /** @type {const} */ ("center"), most: pitch - 4 };
    if (wide) write(surface, parts.map((part) => significant(part, 2)).join("·"), middle, first, centred);
    const whole = product(factor);
    const said = Number.isFinite(whole) ? `×${significant(whole, 2)}←` : ABSENT;
    write(surface, said, middle, second, { ...strong(look), most: pitch - 4 });
  });
}

/**
 * @param {Surface} surface
 * @param {Gradients} gradients
 * @param {Place} place
 * @param {Look} look
 */
function drawUpdates(surface, { updates }, { columns, pitch, width, height }, look) {
  const y = height - UPDATES + 12;
  drawLine(surface, [0, height - UPDATES + 2, width, height - UPDATES + 2], look.line);
  write(surface, t("update"), 0, y + 4, text(look));
  write(surface, t("÷ weight"), 0, y + 18, text(look));
  const gauge = 0.78 * pitch;
  const along = (/** @type {number} */ value) =>
    gauge * Math.min(1, Math.max(0, (Math.log10(value) - GAUGE.from) / (GAUGE.to - GAUGE.from)) || 0) - gauge / 2;
  for (const { layer, x } of columns) {
    const ratio = updates[layer] ?? NaN;
    const mark = x + along(GOOD_UPDATE);
    drawLine(surface, [x - gauge / 2, y, x + gauge / 2, y], look.line, { width: 3 });
    drawLine(surface, [mark, y - 5, mark, y + 5], look.good, { width: 2 });
    if (Number.isFinite(ratio)) {
      circle(surface, x + along(ratio), y, 4);
      surface.fillStyle = ratio < SMALL_UPDATE ? look.warn : look.ink;
      surface.fill();
    }
    write(surface, significant(ratio, 2), x, y + 18, { ...text(look), align: "center", most: pitch - 4 });
  }
}

/** @param {Look} look */
const text = (look) => ({ font: look.font, colour: look.soft, size: TEXT });

/** @param {Look} look */
const strong = (look) => ({
  font: look.font,
  colour: look.ink,
  size: TEXT,
  weight: 600,
  align: /** @type {const} */ ("center"),
  halo: look.page,
});
