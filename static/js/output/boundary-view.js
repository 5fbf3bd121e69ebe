/** What the network says all over the square, with the points it learns from drawn on top. */

import { SQUARE_ROOM } from "../draw/frame.js";
import { fitCanvas, onResize } from "../base/canvas.js";
import { h, icon, setText } from "../base/dom.js";
import { isAugmented, trainsOtherwise } from "../settings/knobs.js";
import { createModeChip } from "./mode-chip.js";
import { createLegend } from "./legend.js";
import { createMapMarks } from "./marks.js";
import { trackPointer } from "../draw/pointer.js";
import { createMap, drawDecisions } from "../draw/class-map.js";
import { watchPalette } from "../draw/palette.js";
import { SQUARE } from "../draw/points.js";
import { createScale } from "../draw/scale.js";
import { drawScene as drawPointsAndAxes } from "./picture.js";
import { pickPoint } from "./pick.js";
import { describeProbe, describeValues } from "./reading.js";
import { atMostEvery, oncePerFrame } from "../base/scheduling.js";
import { isWhole, outputOf, pictureOf } from "./shown-picture.js";
import { makePopover } from "../ui/popover.js";
import { CHEVRON } from "../ui/icons.js";
import { describe } from "../ui/tooltip.js";
import { watch } from "../base/store.js";
import { option } from "../ui/option.js";
import { t } from "../base/words.js";

/** @import {Actions, Context, View} from "../base/types.js" */
/** @import {Palette} from "../draw/colour.js" */
/** @import {Picture} from "../draw/class-map.js" */

/** Rings that come and go faster than this cannot be followed, in milliseconds. */
const MARKS_GAP = 120;

/** From shares of the map's sides to x1 and x2. */
const square = createScale(SQUARE);

/** A press so near to a point means it, in pixels. */
const REACH = 10;

const HINT = matchMedia("(hover: none)").matches ? t("Tap the map to read it.") : t("Point at the map to read it.");
const HINT_TO_FOLLOW = t("Press a point or any place to follow it.");

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @returns {View}
 */
export function boundaryView(root, { store, frames, actions, catalog, want }) {
  const parts = build(root, actions, () => store.set({ training: false }));
  const map = createMap();
  /** @type {Palette} */
  let palette;
  let size = 0;
  /** @type {{across: number, down: number} | null} */
  let pointer = null;

  const draw = () => {
    const { discretize } = store.get();
    const picture = pictureOf(store.get(), frames);
    if (!picture || size === 0) return;
    const { context } = fitCanvas(parts.map, { width: size, height: size });
    map.paint(context, size, picture, { palette, discretize });
    if (isWhole(store.get())) drawDecisions(context, size, picture, palette);
    read(picture);
  };

  /** @param {Picture} picture */
  const read = (picture) => {
    parts.marker.hidden = !pointer;
    if (!pointer) {
      setText(parts.reading, store.get().followed ? HINT_TO_FOLLOW : HINT);
      setText(parts.detail, "");
      return;
    }
    const values = map.valuesAt(picture, pointer.across, pointer.down);
    const [x1, x2] = square.point(pointer.across, pointer.down);
    const { inspected } = store.get();
    const probe = isWhole(store.get()) ? (frames.latest?.probe ?? null) : null;
    const { head, detail } = probe
      ? describeProbe(probe, frames.scene)
      : { head: describeValues(x1, x2, values, frames.scene, inspected), detail: "" };
    setText(parts.reading, head);
    setText(parts.detail, detail);
    parts.marker.style.translate = `${pointer.across * size}px ${pointer.down * size}px`;
  };

  /** The point that the server should answer for exactly, beside the picture. */
  const ask = () => {
    const point = pointer && isWhole(store.get()) ? square.point(pointer.across, pointer.down) : null;
    const rounded = point && /** @type {[number, number]} */ (point.map((value) => Math.round(100 * value) / 100));
    want("reading", { point: rounded });
  };

  const pick = () => {
    const { followed, showTest } = store.get();
    if (!followed || !pointer || !frames.scene) return;
    const [left, right] = SQUARE;
    const place = square.point(pointer.across, pointer.down);
    const found = pickPoint(frames.scene, place, (REACH / size) * (right - left), showTest);
    if (found) store.set({ followed: found });
  };

  const showLit = () => {
    const { lit } = store.get();
    const points = frames.scene?.arrays.points.data;
    const [x1, x2] = lit !== null && points ? points.subarray(2 * lit, 2 * lit + 2) : [];
    parts.lit.hidden = x1 === undefined || x2 === undefined;
    if (x1 === undefined || x2 === undefined) return;
    const { x, y } = createScale(SQUARE, size).inside(x1, x2, 0);
    parts.lit.style.translate = `${x}px ${y}px`;
  };

  const showFollowed = () => {
    const { followed } = store.get();
    parts.followed.hidden = !followed;
    if (!followed) return;
    const { x, y } = createScale(SQUARE, size).inside(...followed.point, 0);
    parts.followed.style.translate = `${x}px ${y}px`;
  };

  const marks = createMapMarks(parts.marks);
  const drawMarks = atMostEvery(MARKS_GAP, () => {
    const { latest: frame, scene } = frames;
    const { marking, showTest } = store.get();
    if (size > 0) marks.draw(frame, scene, { palette, size, marking, showTest });
  });
  const askForMarks = () => {
    const { marking, spec } = store.get();
    want("marks", { evaluation: marking, augmented: isAugmented(spec, catalog) });
    drawMarks();
  };

  const drawScene = () => {
    const { scene } = frames;
    parts.detail.classList.toggle("is-long", (scene?.classes ?? 0) > 2);
    if (size === 0) return;
    const { context } = fitCanvas(parts.overlay);
    context.clearRect(0, 0, parts.overlay.width, parts.overlay.height);
    context.translate(SQUARE_ROOM.left, SQUARE_ROOM.top);
    drawPointsAndAxes(context, scene, store.get().showTest, { palette, size });
    if (!scene) return;
    parts.legend.update(scene);
    parts.mistakes.hidden = scene.task === "regression";
    parts.testOption.hidden = scene.train === scene.arrays.labels.data.length;
  };

  const drawSoon = oncePerFrame(draw);
  const drawSceneSoon = oncePerFrame(drawScene);

  watchPalette((next) => {
    palette = next;
    drawSoon();
    drawSceneSoon();
    drawMarks();
  });
  onResize(parts.square, ({ width }) => {
    size = Math.max(0, Math.floor(width - SQUARE_ROOM.left - SQUARE_ROOM.right));
    // Now rather than at the next frame: an empty canvas would flash.
    draw();
    drawScene();
    drawMarks();
    showFollowed();
    showLit();
  });
  frames.subscribe(drawSceneSoon);
  watch(store, ["showTest"], ({ showTest }) => {
    parts.showTest.checked = showTest;
    drawSceneSoon();
    drawMarks();
  });
  watch(store, ["discretize", "inspected"], ({ discretize, inspected }) => {
    parts.discretize.checked = discretize;
    parts.title.hidden = !inspected;
    parts.title.textContent = inspected?.title ?? "";
    drawSoon();
  });
  watch(store, ["inspected", "units"], (state) => want("output", { scores: outputOf(state) !== null }));
  watch(store, ["training", "specs", "member"], ({ training, specs, member }) => {
    want("training", { training: training && trainsOtherwise(specs[member]) });
  });
  watch(store, ["marking", "spec"], askForMarks);
  watch(store, ["marking"], ({ marking }) => {
    parts.marking.checked = marking;
  });
  watch(store, ["followed"], () => {
    showFollowed();
    drawSoon();
  });
  watch(store, ["lit"], showLit);
  parts.map.addEventListener("click", pick);
  parts.map.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !pointer) return;
    event.preventDefault();
    pick();
  });
  trackPointer(parts.map, (next) => {
    pointer = next;
    if (store.get().lit !== null) store.set({ pointed: next && square.point(next.across, next.down) });
    ask();
    drawSoon();
  });

  return {
    draw(frame) {
      draw();
      drawMarks();
      parts.mode.show(frame);
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 * @param {() => void} evaluate
 */
function build(root, actions, evaluate) {
  const map = h("canvas", {
    class: "output-map",
    "data-testid": "boundary",
    role: "img",
    tabindex: "0",
    "aria-label": t("What the network answers for every point between −6 and 6. Arrow keys move the reading."),
  });
  const overlay = h("canvas", { class: "output-overlay", "aria-hidden": "true" });
  const marks = h("canvas", { class: "output-marks", "data-testid": "marks", "aria-hidden": "true" });
  const marker = h("span", { class: "output-marker", hidden: true });
  const title = h("span", { class: "output-title", hidden: true });
  const followed = h("span", { class: "output-followed", "data-testid": "followed-point", hidden: true });
  const lit = h("span", { class: "output-lit", "data-testid": "lit-point", hidden: true });
  const mode = createModeChip(evaluate);
  const over = h("div", { class: "output-over" }, followed, lit, marker, title, mode.element);
  const square = h("div", { class: "output-square" }, map, overlay, marks, over);
  const reading = h("p", { class: "output-reading", "data-testid": "reading" }, HINT);
  const detail = h("p", { class: "output-reading output-detail", "data-testid": "probe" });
  const legend = createLegend();
  const showTest = h("input", {
    type: "checkbox",
    "data-testid": "show-test",
    onchange: () => actions.setShowTest(showTest.checked),
  });
  const discretize = h("input", {
    type: "checkbox",
    "data-testid": "discretize",
    onchange: () => actions.setDiscretize(discretize.checked),
  });
  const marking = h("input", {
    type: "checkbox",
    "data-testid": "mark-mistakes",
    onchange: () => actions.setMarking(marking.checked),
  });
  const testOption = option(showTest, t("Test points"), t("Draws the points kept back from training, hollow."));
  const mistakes = option(marking, t("Mistakes"), t("Rings every point whose class the network gets wrong."));

  const show = h(
    "button",
    { type: "button", class: "button is-quiet", "data-testid": "output-show" },
    t("Show"),
    icon(CHEVRON, "chevron"),
  );
  describe(show, {
    title: t("Show"),
    text: t("Opens what else the map can show: test points, mistakes, the decision alone."),
  });
  const options = h(
    "div",
    { class: "popover output-options", role: "group", "aria-label": t("What the map shows") },
    testOption,
    option(discretize, t("Discretize"), t("Shows the decision alone, without how sure the network is.")),
    mistakes,
  );
  makePopover(options, show, [show]);
  root.append(legend.element, show, options, square, h("div", {}, reading, detail));
  return {
    map,
    overlay,
    marks,
    marker,
    followed,
    lit,
    title,
    mode,
    square,
    reading,
    detail,
    legend,
    showTest,
    testOption,
    discretize,
    marking,
    mistakes,
  };
}
