/** A path that is written down as the `d` of an SVG path. */

export class PathText {
  d = "";
  #at = "";

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    if (Number.isFinite(x + y)) this.#go("M", x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    if (Number.isFinite(x + y)) this.#go(this.d ? "L" : "M", x, y);
  }

  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} x @param {number} y */
  bezierCurveTo(x0, y0, x1, y1, x, y) {
    if (Number.isFinite(x0 + y0 + x1 + y1 + x + y)) {
      this.#go(`C${number(x0)} ${number(y0)} ${number(x1)} ${number(y1)} `, x, y);
    }
  }

  /**
   * @param {number} x @param {number} y @param {number} radius
   * @param {number} from  angles grow clockwise
   * @param {number} to
   */
  arc(x, y, radius, from, to) {
    if (!Number.isFinite(x + y + radius + from + to)) return;
    const go = (/** @type {string} */ command, /** @type {number} */ angle) =>
      this.#go(command, x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    go(this.d ? "L" : "M", from);
    const ends = to - from >= 2 * Math.PI ? [from + Math.PI, from + 2 * Math.PI] : [to];
    for (const end of ends) go(`A${number(radius)} ${number(radius)} 0 ${to - from > Math.PI ? 1 : 0} 1 `, end);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    if (!Number.isFinite(x + y + width + height)) return;
    this.#at = "";
    this.d += `M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}Z`;
  }

  /** @param {string} command @param {number} x @param {number} y */
  #go(command, x, y) {
    const at = `${number(x)} ${number(y)}`;
    // a line to where one is already is none
    if (command !== "L" || at !== this.#at) this.d += command + at;
    this.#at = at;
  }
}

/** A coordinate in as few digits as anyone can see. @param {number} value */
export const number = (value) => String(Math.round(value * 100) / 100);
