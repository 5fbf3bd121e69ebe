/**
 * What pictures are drawn on: a canvas, or the text of a vector picture. A canvas is used as it is, so that drawing on
 * it costs nothing more.
 */

import { PathText } from "./path-text.js";

/**
 * The calls of a canvas that pictures use. A vector picture keeps its points as shapes, where a canvas may stamp them.
 *
 * @typedef {Pick<CanvasRenderingContext2D, "fillStyle" | "strokeStyle" | "lineWidth" | "lineCap" | "lineJoin" | "globalAlpha"
 *   | "font" | "textAlign" | "textBaseline" | "imageSmoothingEnabled" | "save" | "restore" | "translate" | "rotate" | "scale"
 *   | "beginPath" | "moveTo" | "lineTo" | "arc" | "rect" | "clearRect" | "fillRect" | "strokeRect" | "setLineDash"
 *   | "fillText" | "strokeText" | "measureText"> & {
 *     fill(): void, fill(shape: Shape): void, stroke(): void, stroke(shape: Shape): void, clip(): void, isVector?: boolean,
 *     drawImage(image: HTMLCanvasElement, fromX: number, fromY: number, fromWidth: number, fromHeight: number,
 *       x: number, y: number, width: number, height: number): void}} Surface
 */

const Native = /** @type {typeof Path2D} */ (globalThis.Path2D ?? PathText);

/** A path that is drawn many times: a canvas takes it as its own, a vector picture reads its text. */
export class Shape extends Native {
  #from;

  /** @param {string | ((path: Pick<Path2D, "moveTo" | "lineTo" | "bezierCurveTo">) => void)} from  calls are read faster than text */
  constructor(from) {
    super(...(typeof from === "string" ? [from] : []));
    this.#from = from;
    if (typeof from !== "string") from(this);
  }

  /** As the `d` of an SVG path. */
  get text() {
    if (typeof this.#from === "string") return this.#from;
    const path = new PathText();
    this.#from(path);
    return path.d;
  }
}

/**
 * @param {Surface} surface
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function circle(surface, x, y, radius) {
  surface.beginPath();
  surface.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * Adds two crossed lines to a path.
 *
 * @param {Pick<Surface, "moveTo" | "lineTo">} path
 * @param {number} x
 * @param {number} y
 * @param {number} half  of the square that they fill
 */
export function traceCross(path, x, y, half) {
  path.moveTo(x - half, y - half);
  path.lineTo(x + half, y + half);
  path.moveTo(x - half, y + half);
  path.lineTo(x + half, y - half);
}

/**
 * A ring with a rim that makes it stand out on any ground.
 *
 * @param {Surface} surface
 * @param {{x: number, y: number, radius: number, width: number}} at
 * @param {{line: string, rim: string, rimWidth: number}} look
 */
export function drawRing(surface, { x, y, radius, width }, { line, rim, rimWidth }) {
  circle(surface, x, y, radius);
  surface.strokeStyle = rim;
  surface.lineWidth = rimWidth;
  surface.stroke();
  surface.strokeStyle = line;
  surface.lineWidth = width;
  surface.stroke();
}

/**
 * @param {Surface} surface
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {object} look
 * @param {string} look.font  its family
 * @param {string} look.colour
 * @param {number} [look.size]
 * @param {number} [look.weight]
 * @param {CanvasTextAlign} [look.align]
 * @param {CanvasTextBaseline} [look.baseline]
 * @param {string} [look.halo]   the colour around the letters, where they stand on a map
 * @param {number} [look.around]  how wide that is on both sides together
 * @param {number} [look.most]   longer texts are pressed together
 */
export function write(surface, text, x, y, look) {
  const { font, colour, size = 11, weight, align = "left", baseline = "alphabetic", halo, around = 3, most } = look;
  surface.font = `${weight ? `${weight} ` : ""}${size}px ${font}`;
  surface.textAlign = align;
  surface.textBaseline = baseline;
  surface.fillStyle = colour;
  if (halo) {
    surface.lineJoin = "round";
    surface.lineWidth = around;
    surface.strokeStyle = halo;
    surface.strokeText(text, x, y, most);
  }
  surface.fillText(text, x, y, most);
}
