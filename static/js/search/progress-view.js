/** The lowest score so far, against the updates that were spent on it: one line for each strategy that was tried. */

import { fitCanvas, onResize } from "../base/canvas.js";
import { h } from "../base/dom.js";
import { significant, whole } from "../base/format.js";
import { marked } from "../base/marked.js";
import { oncePerFrame } from "../base/scheduling.js";
import { watch } from "../base/store.js";
import { listed, t } from "../base/words.js";
import { drawTicks } from "../draw/frame.js";
import { ticks } from "../draw/levels.js";
import { watchPalette } from "../draw/palette.js";
import { write } from "../draw/surface.js";
import { readSearchLook } from "./map/look.js";
import { linesOf, stepsOf } from "./progress.js";

/** @import {SearchCatalog, SearchContext, SearchState, Tried} from "./types.js" */
/** @import {Surface} from "../draw/surface.js" */
/** @import {SearchLook} from "./map/look.js" */

/** At the right there is room for the names of strategies. */
const ROOM = { left: 72, right: 104, top: 8, bottom: 22 };
const SMALL_ROOM = { left: 54, right: 92, top: 8, bottom: 22 };
const SMALL = 480;
const ACROSS = 5;
/** Names stand no nearer to each other. */
const LEAST_APART = 13;

/**
 * @param {HTMLElement} root
 * @param {SearchContext} context
 */
export function progressView(root, { store, actions, catalog }) {
  const canvas = h("canvas", { class: "search-curve", role: "img", "data-testid": "search-progress" });
  const frame = h("div", { class: "search-curve-frame" }, canvas);
  const title = h("h2", { id: "progress-title" }, t("Best score so far, by updates spent"));
  const words = h("p", { class: "hint search-curve-words", "data-testid": "search-compared" });
  root.append(title, frame, words);
  let look = readSearchLook();
  let size = { width: 0, height: 0 };
  const lines = () => linesOf(store.get().found, store.get().tried);
  const draw = () => {
    if (size.width <= 0) return;
    const { context } = fitCanvas(canvas, size);
    context.clearRect(0, 0, size.width, size.height);
    drawLines(context, size, lines(), look, catalog);
  };
  const drawSoon = oncePerFrame(draw);
  watch(store, ["found", "mode"], ({ found, mode }) => {
    root.hidden = mode === "duel" || !found;
  });
  const duel = (/** @type {string} */ text) =>
    h("button", { type: "button", class: "text-button", onclick: () => actions.setMode("duel") }, text);
  watch(store, ["found", "tried"], ({ found }) => {
    const shown = lines();
    canvas.dataset.lines = shown.map(({ kind }) => kind).join(" ");
    canvas.setAttribute("aria-label", pictureWords(shown, catalog));
    words.replaceChildren(...marked(comparedWords(shown, found, catalog), duel));
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

/** @param {string} kind @param {SearchCatalog} catalog */
const nameOf = (kind, { families }) => families.strategies?.find((record) => record.kind === kind)?.label ?? kind;

/** @param {Tried} tried */
const lastOf = ({ progress }) => progress.score.at(-1) ?? Infinity;

/**
 * @param {readonly Tried[]} lines
 * @param {SearchCatalog} catalog
 */
function pictureWords(lines, catalog) {
  if (lines.length === 0) return t("The best score so far is drawn at the end of a search.");
  const each = lines.map((line) => {
    const last = lastOf(line);
    const first = line.progress.score.findIndex((score) => score <= last);
    return t("{strategy}: {score} after {updates} of {spent} updates", {
      strategy: nameOf(line.kind, catalog),
      score: significant(last, 3),
      updates: whole(line.progress.spent[first] ?? 0),
      spent: whole(line.spent),
    });
  });
  return t("Best score so far. {lines}.", { lines: listed(each) });
}

/**
 * What one line a strategy is worth, with the way to a duel between marks.
 *
 * @param {readonly Tried[]} lines
 * @param {SearchState["found"]} found
 * @param {SearchCatalog} catalog
 */
function comparedWords(lines, found, catalog) {
  if (!found) return "";
  if (lines.length === 0) return pictureWords(lines, catalog);
  const [first] = lines.toSorted((a, b) => lastOf(a) - lastOf(b));
  if (lines.length === 1 || !first) {
    return t("Search again with another strategy, and its line stands beside this one.");
  }
  return t("{strategy} came lowest, this time. A single line each is luck: *let them duel*.", {
    strategy: nameOf(first.kind, catalog),
  });
}

/**
 * @param {Surface} surface
 * @param {{width: number, height: number}} size
 * @param {readonly Tried[]} lines
 * @param {SearchLook} look
 * @param {SearchCatalog} catalog
 */
function drawLines(surface, { width, height }, lines, look, catalog) {
  const steps = lines.map(({ progress }) => stepsOf(progress));
  const scores = steps.flat().map(([, score]) => score);
  if (scores.length === 0) return;
  const { left, right, top, bottom } = width < SMALL ? SMALL_ROOM : ROOM;
  const plot = { width: width - left - right, height: height - top - bottom };
  const spent = Math.max(...lines.map((line) => line.spent));
  const up = upOf(Math.min(...scores), Math.max(...scores), plot.height);
  const across = (/** @type {number} */ value) => (value / spent) * plot.width;
  surface.save();
  surface.translate(left, top);
  const along = ticks(0, spent, width < SMALL ? 3 : ACROSS);
  drawTicks(
    surface,
    plot.height,
    { along: along.map((value) => [across(value), whole(value)]), up: up.ticks },
    look.frame,
  );
  surface.beginPath();
  surface.moveTo(0, plot.height);
  surface.lineTo(plot.width, plot.height);
  surface.strokeStyle = look.faint;
  surface.lineWidth = 1;
  surface.stroke();
  steps.forEach((points, i) => {
    const { colour, dash } = look.strategy(lines[i]?.kind ?? "");
    surface.beginPath();
    points.forEach(([at, score], j) =>
      j === 0 ? surface.moveTo(across(at), up.at(score)) : surface.lineTo(across(at), up.at(score)),
    );
    surface.strokeStyle = colour;
    surface.lineWidth = 2;
    surface.lineJoin = "round";
    surface.setLineDash(dash);
    surface.stroke();
    surface.setLineDash([]);
  });
  writeNames(surface, { ...plot, right }, lines, { up: up.at, across }, look, catalog);
  surface.restore();
}

/**
 * Scores on a logarithmic scale, as far as that is possible.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} height
 */
function upOf(low, high, height) {
  const isLog = low > 0;
  const [from, to] = [low, high].map((score) => (isLog ? Math.log(score) : score));
  const [first, last] = [from ?? 0, to ?? 1];
  const pad = (last - first || 1) * 0.1;
  const at = (/** @type {number} */ score) =>
    ((last + pad - (isLog ? Math.log(score) : score)) / (last - first + 2 * pad)) * height;
  const shown = high > low ? [low, high] : [low];
  return { at, ticks: shown.map((score) => /** @type {[number, string]} */ ([at(score), significant(score, 3)])) };
}

/**
 * Each name at the end of its line, or as near to it as the others let it.
 *
 * @param {Surface} surface
 * @param {{width: number, height: number, right: number}} plot  `right`: the room beside it
 * @param {readonly Tried[]} lines
 * @param {{up: (score: number) => number, across: (spent: number) => number}} scale
 * @param {SearchLook} look
 * @param {SearchCatalog} catalog
 */
function writeNames(surface, plot, lines, { up, across }, look, catalog) {
  const ends = lines
    .filter((line) => Number.isFinite(lastOf(line)))
    .map((line) => ({ kind: line.kind, x: across(line.spent), y: up(lastOf(line)) }))
    .toSorted((a, b) => b.y - a.y);
  // From the lowest line up, each at least so far above the one before.
  let most = plot.height + 2;
  for (const { kind, x, y } of ends) {
    const at = Math.min(y, most);
    most = at - LEAST_APART;
    write(surface, nameOf(kind, catalog), x + 6, at, {
      font: look.font,
      colour: look.strategy(kind).colour,
      size: 12,
      weight: 600,
      baseline: "middle",
      most: plot.right - 10,
    });
  }
}
