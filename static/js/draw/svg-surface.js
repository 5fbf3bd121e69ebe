/** A surface that writes what is drawn on it as the text of an SVG file. */

import { number, PathText } from "./path-text.js";
import { element, written } from "./svg.js";

/** @import {Shape} from "./surface.js" */
/** @import {Attributes, Element} from "./svg.js" */

/** Pixels of an image in the picture for each unit of it: twice its size, so that it prints well. */
const SHARP = 2;

/** How far below the place of a text its letters stand, in sizes of the font. */
const BASELINE = { top: 0.9, hanging: 0.9, middle: 0.35, alphabetic: 0, ideographic: 0, bottom: -0.2 };
const ANCHOR = { left: undefined, start: undefined, center: "middle", right: "end", end: "end" };

const STATE = {
  fillStyle: "#000",
  strokeStyle: "#000",
  lineWidth: 1,
  globalAlpha: 1,
  font: "10px sans-serif",
  imageSmoothingEnabled: true,
  lineCap: /** @type {CanvasLineCap} */ ("butt"),
  lineJoin: /** @type {CanvasLineJoin} */ ("miter"),
  textAlign: /** @type {CanvasTextAlign} */ ("start"),
  textBaseline: /** @type {CanvasTextBaseline} */ ("alphabetic"),
  dash: /** @type {number[]} */ ([]),
};

/**
 * Draws a picture as a whole SVG file.
 *
 * @param {object} file
 * @param {number} file.width
 * @param {number} file.height
 * @param {string} file.title        what it is, in a few words
 * @param {string} file.description  what it shows, for those who cannot see it
 * @param {string} file.background
 * @param {string} file.font         the family of its texts
 * @param {(surface: SvgSurface) => void} draw
 * @returns {{text: string, width: number, height: number}}
 */
export function svgFile({ width, height, title, description, background, font }, draw) {
  const surface = new SvgSurface(font);
  surface.save();
  surface.fillStyle = background;
  surface.fillRect(0, 0, width, height);
  surface.restore();
  draw(surface);
  const root = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": "title description",
      "font-family": font,
      "stroke-miterlimit": 10,
    },
    [
      element("title", { id: "title" }, [title]),
      element("desc", { id: "description" }, [description]),
      ...surface.elements,
    ],
  );
  return { text: written(root), width, height };
}

/** Has the calls of a canvas that pictures use; like there, what is no number is not drawn. */
export class SvgSurface extends PathText {
  isVector = true;
  fillStyle = STATE.fillStyle;
  strokeStyle = STATE.strokeStyle;
  lineWidth = STATE.lineWidth;
  globalAlpha = STATE.globalAlpha;
  font = STATE.font;
  imageSmoothingEnabled = STATE.imageSmoothingEnabled;
  lineCap = STATE.lineCap;
  lineJoin = STATE.lineJoin;
  textAlign = STATE.textAlign;
  textBaseline = STATE.textBaseline;
  dash = STATE.dash;

  #root = element("g");
  #group = this.#root;
  /** @type {{state: typeof STATE, group: Element}[]} */
  #saved = [];
  #clips = 0;
  #scratch = canvasContext(1, 1);

  /** @param {string} family  the font of the file: texts in it need not name it */
  constructor(family) {
    super();
    this.family = family;
  }

  get elements() {
    return this.#root.children;
  }

  save() {
    const state = /** @type {typeof STATE} */ (
      Object.fromEntries(Object.keys(STATE).map((name) => [name, this[/** @type {keyof typeof STATE} */ (name)]]))
    );
    this.#saved.push({ state, group: this.#group });
  }

  restore() {
    const saved = this.#saved.pop();
    if (!saved) return;
    Object.assign(this, saved.state);
    this.#group = saved.group;
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#open({ transform: `translate(${number(x)} ${number(y)})` });
  }

  /** @param {number} angle */
  rotate(angle) {
    this.#open({ transform: `rotate(${number((angle * 180) / Math.PI)})` });
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.#open({ transform: x === y ? `scale(${number(x)})` : `scale(${number(x)} ${number(y)})` });
  }

  beginPath() {
    this.d = "";
  }

  /** A new picture is empty everywhere. */
  clearRect() {}

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  /** @param {Shape} [shape] */
  fill(shape) {
    this.#fill(shape ? shape.text : this.d);
  }

  /** @param {Shape} [shape] */
  stroke(shape) {
    this.#stroke(shape ? shape.text : this.d);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#fill(rectangle(x, y, width, height));
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.#stroke(rectangle(x, y, width, height));
  }

  clip() {
    this.#clips += 1;
    const id = `clip-${this.#clips}`;
    this.#put("clipPath", { id }, [element("path", { d: this.d })]);
    this.#open({ "clip-path": `url(#${id})` });
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  fillText(text, x, y, most) {
    this.#text(text, x, y, { fill: this.fillStyle, "fill-opacity": this.#opacity }, most);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  strokeText(text, x, y, most) {
    this.#text(text, x, y, this.#outline(), most);
  }

  /** @param {string} text */
  measureText(text) {
    this.#scratch.font = this.font;
    return this.#scratch.measureText(text);
  }

  /**
   * Images are drawn larger than they are, as the canvas does it, and not left to whoever shows the file: printers
   * would show each pixel.
   *
   * @param {HTMLCanvasElement} image
   * @param {number} fromX @param {number} fromY @param {number} fromWidth @param {number} fromHeight
   * @param {number} x @param {number} y @param {number} width @param {number} height
   */
  // eslint-disable-next-line max-params -- as a canvas has it
  drawImage(image, fromX, fromY, fromWidth, fromHeight, x, y, width, height) {
    const context = canvasContext(SHARP * width, SHARP * height);
    const { canvas } = context;
    context.imageSmoothingEnabled = this.imageSmoothingEnabled;
    context.drawImage(image, fromX, fromY, fromWidth, fromHeight, 0, 0, canvas.width, canvas.height);
    this.#put("image", {
      x,
      y,
      width,
      height,
      opacity: this.#opacity,
      preserveAspectRatio: "none",
      href: canvas.toDataURL("image/png"),
    });
  }

  get #opacity() {
    return this.globalAlpha === 1 ? undefined : this.globalAlpha;
  }

  #outline() {
    const { strokeStyle, lineWidth, lineCap, lineJoin, dash } = this;
    return {
      fill: "none",
      stroke: strokeStyle,
      "stroke-opacity": this.#opacity,
      "stroke-width": lineWidth === 1 ? undefined : lineWidth,
      "stroke-linecap": lineCap === "butt" ? undefined : lineCap,
      "stroke-linejoin": lineJoin === "miter" ? undefined : lineJoin,
      "stroke-dasharray": dash.length > 0 ? dash.join(" ") : undefined,
    };
  }

  /** @param {string} d */
  #fill(d) {
    if (d) this.#put("path", { d, fill: this.fillStyle, "fill-opacity": this.#opacity });
  }

  /** @param {string} d */
  #stroke(d) {
    if (!d) return;
    const { fill, ...outline } = this.#outline();
    const last = this.#group.children.at(-1);
    // what is filled and outlined is one element
    if (typeof last === "object" && last.attributes.d === d && !last.attributes.stroke) {
      Object.assign(last.attributes, outline);
    } else this.#put("path", { d, fill, ...outline });
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {Attributes} look
   * @param {number} [most]
   */
  #text(text, x, y, look, most = Infinity) {
    if (!Number.isFinite(x + y)) return;
    const [, weight, size = "10", family] = /^(?:(\w+) )?([\d.]+)px (.+)$/s.exec(this.font) ?? [];
    const isLong = this.measureText(text).width > most;
    this.#put(
      "text",
      {
        x,
        y: y + BASELINE[this.textBaseline] * Number(size),
        "text-anchor": ANCHOR[this.textAlign],
        "font-size": size,
        "font-weight": weight,
        "font-family": family === this.family ? undefined : family,
        ...look,
        textLength: isLong ? most : undefined,
        lengthAdjust: isLong ? "spacingAndGlyphs" : undefined,
      },
      [text],
    );
  }

  /** @param {string} name @param {Attributes} attributes @param {(Element | string)[]} [children] */
  #put(name, attributes, children) {
    this.#group.children.push(element(name, attributes, children));
  }

  /** What is drawn from now on stands in a group, until what was saved comes back. @param {Attributes} attributes */
  #open(attributes) {
    const group = element("g", attributes);
    this.#group.children.push(group);
    this.#group = group;
  }
}

/** @param {[x: number, y: number, width: number, height: number]} place */
function rectangle(...place) {
  const path = new PathText();
  path.rect(...place);
  return path.d;
}

/**
 * @param {number} width
 * @param {number} height
 */
function canvasContext(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}
