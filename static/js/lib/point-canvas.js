/** The square that a person paints points on, with a pointer or with the keyboard. */

import { AXIS, drawAxes } from "./axes.js";
import { fitCanvas, onResize } from "./canvas.js";
import { markPath } from "./class-marks.js";
import { css, mix } from "./colour.js";
import { h } from "./dom.js";
import { watchPalette } from "./palette.js";
import { fromSquare, pointColour, REACH, toSquare } from "./points.js";
import { oncePerFrame } from "./schedule.js";

/** @import {Place} from "./brush.js" */
/** @import {Palette} from "./colour.js" */
/** @import {Row} from "./own-rows.js" */

/** How far an arrow key moves the cursor, alone and with Shift. */
const MOVE = 0.2;
const LEAP = 1;

const LABEL = "Your points. Arrow keys move the cursor, with Shift in larger steps; Enter uses the brush; "
  + "Delete erases; the digits choose a class.";

/**
 * What the canvas tells of: a stroke begins, goes on and ends; the cursor moved or left.
 *
 * @typedef {object} Painter
 * @property {(at: Place) => void} begin
 * @property {(at: Place) => void} move
 * @property {() => void} end
 * @property {(at: Place | null) => void} point
 */

/** @param {Painter} painter */
export function createPointCanvas(painter) {
  const canvas = h("canvas", {
    class: "paint-canvas",
    "data-testid": "paint",
    role: "application",
    tabindex: 0,
    "aria-label": LABEL,
  });
  const hint = h("p", { class: "paint-hint", hidden: true }, "Paint your points here.");
  const element = h("div", { class: "paint-square" }, canvas, hint);
  /** @type {readonly Row[]} */
  let rows = [];
  /** @type {Place | null} */
  let cursor = null;
  let radius = 0;
  /** @type {Palette} */
  let palette;
  const marks = Array.from({ length: 10 }, (_, index) => new Path2D(markPath(index)));

  const draw = () => {
    const { context, width } = fitCanvas(canvas);
    const size = width - AXIS.left - AXIS.right;
    if (size <= 0) return;
    context.clearRect(0, 0, width, width);
    context.save();
    context.translate(AXIS.left, AXIS.top);
    drawGround(context, size, palette);
    drawAxes(context, size, palette);
    context.beginPath();
    context.rect(0, 0, size, size);
    context.clip();
    drawRows(context, size, palette, { rows, marks });
    if (cursor) drawCursor(context, size, palette, { cursor, radius });
    context.restore();
  };
  const drawSoon = oncePerFrame(draw);

  watchPalette((next) => {
    palette = next;
    drawSoon();
  });
  // Now rather than at the next frame: an empty canvas would flash.
  onResize(canvas, draw);

  /** @param {Place | null} at */
  const point = (at) => {
    cursor = at;
    painter.point(at);
    drawSoon();
  };
  followPointer(canvas, painter, point);
  followKeys(canvas, painter, () => cursor, point);

  return {
    element,
    canvas,
    /**
     * @param {readonly Row[]} next
     * @param {number} brush  radius of the brush, 0 for a single point
     */
    update(next, brush) {
      rows = next;
      radius = brush;
      hint.hidden = rows.length > 0;
      drawSoon();
    },
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Painter} painter
 * @param {(at: Place | null) => void} point
 */
function followPointer(canvas, painter, point) {
  /** @type {number | null} */
  let painting = null;

  /** @param {PointerEvent} event */
  const at = ({ clientX, clientY }) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const size = width - AXIS.left - AXIS.right;
    return fromSquare((clientX - left - AXIS.left) / size, (clientY - top - AXIS.top) / size);
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (painting !== null || event.button !== 0) return;
    painting = event.pointerId;
    canvas.setPointerCapture(event.pointerId);
    point(at(event));
    painter.begin(at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (painting !== null && event.pointerId !== painting) return;
    point(at(event));
    if (painting === null) return;
    const passed = event.getCoalescedEvents();
    for (const each of passed.length > 0 ? passed : [event]) painter.move(at(each));
  });
  for (const type of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(type, (event) => {
      if (!(event instanceof PointerEvent) || event.pointerId !== painting) return;
      painting = null;
      painter.end();
      if (event.pointerType === "touch") point(null);
    });
  }
  canvas.addEventListener("pointerleave", () => {
    if (painting === null) point(null);
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Painter} painter
 * @param {() => Place | null} cursor
 * @param {(at: Place | null) => void} point
 */
function followKeys(canvas, painter, cursor, point) {
  const within = (/** @type {number} */ value) => Math.min(REACH, Math.max(-REACH, Math.round(value * 10) / 10));
  canvas.addEventListener("focus", () => {
    if (canvas.matches(":focus-visible") && !cursor()) point([0, 0]);
  });
  canvas.addEventListener("blur", () => point(null));
  canvas.addEventListener("keydown", (event) => {
    const [x1, x2] = cursor() ?? [0, 0];
    const step = event.shiftKey ? LEAP : MOVE;
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (move) {
      point([within(x1 + step * (move[0] ?? 0)), within(x2 + step * (move[1] ?? 0))]);
    } else if (event.key === "Enter" || event.key === " ") {
      point([x1, x2]);
      painter.begin([x1, x2]);
      painter.end();
    } else {
      return;
    }
    event.preventDefault();
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Palette} palette
 */
function drawGround(context, size, palette) {
  context.fillStyle = css(mix(palette.surface, palette.zero, 0.35));
  context.fillRect(0, 0, size, size);
  context.lineWidth = 1;
  for (let value = 2 - REACH; value < REACH; value += 2) {
    const [across, down] = toSquare(value, value);
    context.strokeStyle = css(mix(palette.surface, palette.ink, value === 0 ? 0.3 : 0.1));
    context.beginPath();
    context.moveTo(Math.round(across * size) + 0.5, 0);
    context.lineTo(Math.round(across * size) + 0.5, size);
    context.moveTo(0, Math.round(down * size) + 0.5);
    context.lineTo(size, Math.round(down * size) + 0.5);
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Palette} palette
 * @param {{rows: readonly Row[], marks: Path2D[]}} points
 */
function drawRows(context, size, palette, { rows, marks }) {
  const radius = Math.max(3.2, size / 110);
  context.strokeStyle = css(palette.outline);
  context.lineWidth = 0.3;
  const ground = context.getTransform();
  for (const [x1, x2, label] of rows) {
    const [across, down] = toSquare(x1, x2);
    context.setTransform(ground);
    context.translate(across * size, down * size);
    context.scale(radius, radius);
    context.fillStyle = css(pointColour(palette, "multi_class", label));
    const mark = marks[label % marks.length];
    if (!mark) continue;
    context.fill(mark);
    context.stroke(mark);
  }
  context.setTransform(ground);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Palette} palette
 * @param {{cursor: Place, radius: number}} brush
 */
function drawCursor(context, size, palette, { cursor, radius }) {
  const [across, down] = toSquare(...cursor);
  const [x, y] = [across * size, down * size];
  const reach = radius > 0 ? (radius / (2 * REACH)) * size : 9;
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1.25;
  context.globalAlpha = 0.75;
  context.beginPath();
  if (radius > 0) {
    context.arc(x, y, reach, 0, 2 * Math.PI);
  } else {
    for (const [dx, dy] of /** @type {[number, number][]} */ ([[1, 0], [-1, 0], [0, 1], [0, -1]])) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + reach * dx, y + reach * dy);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}
