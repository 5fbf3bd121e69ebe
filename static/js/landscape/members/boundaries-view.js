/** What every network answers, side by side: small maps with the training points, and how well each does. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, setAttribute } from "../../base/dom.js";
import { loss as lossText, percent } from "../../base/format.js";
import { createMap } from "../../draw/class-map.js";
import { watchPalette } from "../../draw/palette.js";
import { drawPoints } from "../../draw/points.js";
import { racerBadge } from "../../draw/markers.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { describe } from "../../ui/tooltip.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";
import { stoppedWords } from "../words.js";

/** @import {Frame, Scene, View} from "../../base/types.js" */
/** @import {LandscapeContext} from "../types.js" */
/** @import {Palette} from "../../draw/colour.js" */

/** The more maps there are, the smaller each is drawn, and the fewer samples it needs. */
const sideFor = (/** @type {number} */ members) => (members > 4 ? 32 : members > 1 ? 48 : 64);

const ROWS = { trainLoss: 0, testLoss: 1, trainAccuracy: 2, testAccuracy: 3 };

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function boundariesView(root, { store, frames, race, want }) {
  const grid = h("div", { class: "boundaries", "data-testid": "boundaries" });
  root.append(grid);
  /** @type {ReturnType<typeof createTile>[]} */
  let tiles = [];
  /** @type {Palette} */
  let palette;
  let size = 0;

  const draw = () => {
    const { latest: frame } = frames;
    if (frame) tiles.forEach((tile, member) => tile.draw(frame, member, palette, size));
  };
  const drawPointsOfAll = () => {
    for (const tile of tiles) tile.drawPoints(frames.scene, palette, size);
  };
  const fit = () => {
    const width = tiles[0]?.square.clientWidth ?? 0;
    if (width === 0) return;
    size = Math.floor(width);
    draw();
    drawPointsOfAll();
  };
  const drawSoon = oncePerFrame(fit);

  watch(store, ["members", "specs", "run"], ({ members, run }) => {
    want("boundaries", { members: sideFor(members.length) });
    if (run === 0) return;
    const names = race.names();
    if (names.length !== tiles.length) {
      tiles = names.map((_, member) => createTile(member, race.choose));
      grid.replaceChildren(...tiles.map(({ element }) => element));
      grid.dataset.count = String(tiles.length);
    }
    tiles.forEach((tile, member) => tile.name(names[member] ?? ""));
    drawSoon();
  });
  watch(store, ["member", "members"], ({ member }) => {
    tiles.forEach(({ element }, index) => setAttribute(element, "aria-pressed", String(index === member)));
  });
  watch(store, ["failures"], ({ failures }) => tiles.forEach((tile, member) => tile.fail(failures[member] ?? null)));
  frames.subscribe(drawSoon);
  onResize(grid, drawSoon);
  watchPalette((next) => {
    palette = next;
    drawSoon();
  });
  return { draw };
}

/**
 * @param {number} member
 * @param {(member: number) => void} choose
 */
function createTile(member, choose) {
  const map = createMap();
  const canvas = h("canvas", { class: "boundary-map", "aria-hidden": "true" });
  const points = h("canvas", { class: "boundary-map", "aria-hidden": "true" });
  const square = h("div", { class: "boundary-square" }, canvas, points);
  const label = h("span", { class: "boundary-name" });
  const failed = h("span", { class: "boundary-failed", hidden: true });
  const loss = h("span", { "data-testid": `loss-${member}` });
  const test = h("span", { "data-testid": `accuracy-${member}` });
  const key = (/** @type {string} */ text) => h("span", { class: "boundary-key" }, `${text} `);
  const element = h(
    "button",
    { type: "button", class: "boundary", "data-testid": `boundary-${member}`, onclick: () => choose(member) },
    h("span", { class: "boundary-head" }, racerBadge(member), label),
    square,
    h("span", { class: "boundary-values" }, h("span", {}, key(t("Loss")), loss), h("span", {}, key(t("Test")), test)),
    failed,
  );

  return {
    element,
    square,
    /** @param {string} name */
    name(name) {
      label.textContent = name;
      describe(element, {
        title: name,
        text: t("Its training loss, and how it does on test points. Press to put it in the middle of the landscape."),
      });
    },
    /** @param {{step: number, cause: string} | null} failure */
    fail(failure) {
      failed.hidden = !failure;
      failed.textContent = failure ? stoppedWords(failure) : "";
    },
    /**
     * @param {Frame} frame
     * @param {number} index
     * @param {Palette} palette
     * @param {number} size
     */
    draw({ arrays: { metrics, boundaries, boundaries_scale: scales, boundary_scale: one } }, index, palette, size) {
      const members = metrics.shape[1] ?? 1;
      const value = (/** @type {number} */ row) => metrics.data[row * members + index] ?? NaN;
      write(loss, value(ROWS.trainLoss), lossText(value(ROWS.trainLoss)));
      const right = value(ROWS.testAccuracy);
      write(test, right, Number.isFinite(right) ? percent(right) : lossText(value(ROWS.testLoss)));
      if (!boundaries || !scales || size === 0 || index >= members) return;
      const side = boundaries.shape[1] ?? 0;
      const maps = one.data.length;
      const [from, to] = [index * maps, (index + 1) * maps];
      const { context } = fitCanvas(canvas, { width: size, height: size });
      map.paint(
        context,
        size,
        {
          maps: boundaries.data.subarray(from * side * side, to * side * side),
          scales: scales.data.subarray(from, to),
          grid: side,
        },
        { palette, discretize: false },
      );
    },
    /**
     * @param {Scene | null} scene
     * @param {Palette} palette
     * @param {number} size
     */
    drawPoints(scene, palette, size) {
      if (!scene || size === 0) return;
      const { context } = fitCanvas(points, { width: size, height: size });
      context.clearRect(0, 0, size, size);
      const cloud = {
        points: scene.arrays.points.data,
        labels: scene.arrays.labels.data,
        task: scene.task,
        from: 0,
        to: scene.train,
      };
      drawPoints(context, cloud, { palette, size, radius: Math.max(1.3, size / 90) });
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {number} value
 * @param {string} text
 */
function write(element, value, text) {
  element.dataset.value = String(value);
  if (element.textContent !== text) element.textContent = text;
}
