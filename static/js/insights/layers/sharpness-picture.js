/** A row below the gradients: λmax over the last readings, with the edge of stability as a line. */

import { significant } from "../../base/format.js";
import { t } from "../../base/words.js";
import { write } from "../../draw/surface.js";
import { drawLine, drawTint } from "./look.js";

/** @import {Sharpness} from "../../base/types.js" */
/** @import {Surface} from "../../draw/surface.js" */
/** @import {Look} from "./look.js" */
/** @import {Place} from "./place.js" */

/** Its height. */
export const ROW = 40;
const TEXT = 12;
const GAP = 4;
/** Room for the newest number at the right. */
const NUMBER = 56;

/** The axis goes as far above the edge as this, and where there is none to the largest λmax there was. */
const REACH = 1.6;

/**
 * @param {Surface} surface
 * @param {Sharpness} sharpness
 * @param {number[][]} rows  λmax and the edge in each reading, NaN where there is none
 * @param {Place} place
 * @param {Look} look
 */
export function drawSharpness(
  surface,
  { value, edge, formula },
  rows,
  { columns: [first], pitch, width, height },
  look,
) {
  const left = (first?.x ?? 0) - pitch / 2;
  const right = Math.max(left + 1, width - NUMBER);
  const [top, base] = [height - ROW + GAP, height - GAP];
  const most = edge === null ? Math.max(...rows.map(([each = NaN]) => each).filter(Number.isFinite)) : REACH * edge;
  const up = (/** @type {number} */ each) =>
    base - (base - top) * Math.min(1, Math.max(0, Number.isFinite(each) ? each / most : 0));
  const text = { font: look.font, colour: look.soft, size: TEXT };
  drawLine(surface, [0, top - GAP, width, top - GAP], look.line);
  write(surface, "λmax", 0, base - 14, text);
  write(surface, formula === null ? t("no edge") : t("to {edge}", { edge: formula }), 0, base, text);
  drawLine(surface, [left, base, right, base], look.strong);
  if (edge !== null) {
    drawTint(surface, [left, top, right - left, up(edge) - top], look.warn);
    drawLine(surface, [left, up(edge), right, up(edge)], look.warn, { dash: [5, 3] });
  }
  surface.beginPath();
  rows.forEach(([each = NaN], index) => {
    const x = left + ((right - left) * index) / Math.max(1, rows.length - 1);
    if (index === 0) surface.moveTo(x, up(each));
    else surface.lineTo(x, up(each));
  });
  surface.strokeStyle = look.ink;
  surface.lineWidth = 1.5;
  surface.stroke();
  const number = { ...text, align: /** @type {const} */ ("right"), most: NUMBER - GAP };
  write(surface, significant(value ?? NaN, 3), width, up(value ?? 0) < top + 14 ? top + 14 : base - 14, {
    ...number,
    colour: look.ink,
    weight: 600,
  });
  if (edge !== null) write(surface, `/ ${significant(edge, 3)}`, width, base, number);
}
