/** The lowest score so far, against the updates that were spent on it. */

import { fitCanvas, onResize } from "../base/canvas.js";
import { h } from "../base/dom.js";
import { significant, whole } from "../base/format.js";
import { oncePerFrame } from "../base/scheduling.js";
import { watch } from "../base/store.js";
import { t } from "../base/words.js";
import { drawTicks } from "../draw/frame.js";
import { ticks } from "../draw/levels.js";
import { watchPalette } from "../draw/palette.js";
import { readSearchLook } from "./map/look.js";
import { stepsOf } from "./progress.js";

/** @import {Found, SearchContext} from "./types.js" */
/** @import {Surface} from "../draw/surface.js" */
/** @import {SearchLook} from "./map/look.js" */

const ROOM = { left: 72, right: 16, top: 8, bottom: 22 };
const SMALL_ROOM = { left: 54, right: 12, top: 8, bottom: 22 };
const SMALL = 480;
const ACROSS = 5;
const UP = 3;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function progressView(root, { store }) {
  const canvas = h("canvas", { class: "search-curve", role: "img", "data-testid": "search-progress" });
  const frame = h("div", { class: "search-curve-frame" }, canvas);
  const title = h("h3", { class: "search-curve-title" }, t("Best score so far, by updates spent"));
  root.append(title, frame);
  let look = readSearchLook();
  let size = { width: 0, height: 0 };
  const draw = () => {
    if (size.width <= 0) return;
    const { context } = fitCanvas(canvas, size);
    context.clearRect(0, 0, size.width, size.height);
    const { found } = store.get();
    if (found?.progress) drawProgress(context, size, found, look);
  };
  const drawSoon = oncePerFrame(draw);
  watch(store, ["mode"], ({ mode }) => {
    root.hidden = mode === "duel";
  });
  watch(store, ["found"], ({ found }) => {
    canvas.setAttribute("aria-label", progressWords(found));
    drawSoon();
  });
  watchPalette(() => {
    look = readSearchLook();
    drawSoon();
  });
  onResize(frame, (next) => {
    size = { width: Math.floor(next.width), height: Math.floor(next.height) };
    draw();
  });
}

/** @param {Found | null} found */
function progressWords(found) {
  const last = found?.progress?.score.at(-1);
  if (!found?.progress || last === undefined) return t("The best score so far is drawn at the end of a search.");
  const first = found.progress.score.findIndex((score) => score <= last);
  return t("The best score of {score} was reached after {updates} of {spent} updates.", {
    score: significant(last, 3),
    updates: whole(found.progress.spent[first] ?? 0),
    spent: whole(found.spent),
  });
}

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {Found} found  with its progress
 * @param {SearchLook} look
 */
function drawProgress(surface, { width, height }, { progress, spent }, look) {
  const points = progress ? stepsOf(progress) : [];
  const scores = points.map(([, score]) => score);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  if (points.length === 0) return;
  const { left, right, top, bottom } = width < SMALL ? SMALL_ROOM : ROOM;
  const plot = { width: width - left - right, height: height - top - bottom };
  const pad = (high - low || high || 1) * 0.1;
  const across = (/** @type {number} */ value) => (value / spent) * plot.width;
  const down = (/** @type {number} */ score) => ((high + pad - score) / (high - low + 2 * pad)) * plot.height;
  surface.save();
  surface.translate(left, top);
  drawTicks(
    surface,
    plot.height,
    {
      along: ticks(0, spent, width < SMALL ? 3 : ACROSS).map((value) => [across(value), whole(value)]),
      up: ticks(low - pad, high + pad, UP).map((value) => [down(value), significant(value, 3)]),
    },
    look.frame,
  );
  surface.beginPath();
  surface.moveTo(0, plot.height);
  surface.lineTo(plot.width, plot.height);
  surface.strokeStyle = look.faint;
  surface.stroke();
  surface.beginPath();
  points.forEach(([at, score], i) =>
    i === 0 ? surface.moveTo(across(at), down(score)) : surface.lineTo(across(at), down(score)),
  );
  surface.strokeStyle = look.rank(0.25);
  surface.lineWidth = 2;
  surface.lineJoin = "round";
  surface.stroke();
  surface.restore();
}
