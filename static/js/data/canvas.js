/** The square that a person paints points on, with a pointer or with the keyboard. */

import { drawAxes, SQUARE_ROOM } from "../draw/frame.js";
import { fitCanvas, onResize } from "../base/canvas.js";
import { h } from "../base/dom.js";
import { signed } from "../base/format.js";
import { drawCursor, drawGround, drawRows } from "./picture.js";
import { watchPalette } from "../draw/palette.js";
import { REACH, SQUARE } from "../draw/points.js";
import { createScale } from "../draw/scale.js";
import { oncePerFrame } from "../base/scheduling.js";
import { listed, t } from "../base/words.js";

/** @import {Place} from "./brush.js" */
/** @import {Palette} from "../draw/colour.js" */
/** @import {Row} from "./rows.js" */

/** How far an arrow key moves the cursor, alone and with Shift. */
const MOVE = 0.2;
const LEAP = 1;

const LABEL = t(
  "Your points. Arrow keys move the cursor, with Shift in larger steps; Enter uses the brush; Delete erases; the digits choose a class.",
);

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
  const hint = h("p", { class: "paint-hint", hidden: true }, t("Paint your points here."));
  // Where the keys have led, for those who do not see the cursor.
  const spoken = h("p", { class: "visually-hidden", "aria-live": "polite" });
  const element = h("div", { class: "paint-square" }, canvas, hint, spoken);
  /** @type {readonly Row[]} */
  let rows = [];
  /** @type {Place | null} */
  let cursor = null;
  let radius = 0;
  /** @type {"classes" | "numbers"} */
  let target = "classes";
  /** @type {Palette} */
  let palette;

  const draw = () => {
    const { context, width } = fitCanvas(canvas);
    const size = width - SQUARE_ROOM.left - SQUARE_ROOM.right;
    if (size <= 0) return;
    context.clearRect(0, 0, width, width);
    context.save();
    context.translate(SQUARE_ROOM.left, SQUARE_ROOM.top);
    drawGround(context, size, palette);
    drawAxes(context, createScale(SQUARE, size), palette);
    context.beginPath();
    context.rect(0, 0, size, size);
    context.clip();
    drawRows(context, size, palette, rows, target);
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
  followKeys(
    canvas,
    painter,
    () => cursor,
    (at) => {
      point(at);
      spoken.textContent = at ? listed(at.map((value) => signed(value, 1))) : "";
    },
  );

  return {
    element,
    canvas,
    /**
     * @param {readonly Row[]} next
     * @param {number} brush  radius of the brush, 0 for a single point
     * @param {"classes" | "numbers"} [learned]
     */
    update(next, brush, learned = "classes") {
      rows = next;
      target = learned;
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
    const size = width - SQUARE_ROOM.left - SQUARE_ROOM.right;
    return createScale(SQUARE, size).point(clientX - left - SQUARE_ROOM.left, clientY - top - SQUARE_ROOM.top);
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
