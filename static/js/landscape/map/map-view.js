/** The landscape from above: the loss as a relief, the paths over it, and a way to put the networks anywhere on it. */

import { fitCanvas, onResize } from "../../base/canvas.js";
import { h, setText } from "../../base/dom.js";
import { whole } from "../../base/format.js";
import { readLandscapeLook } from "./look.js";
import { drawingOf, drawMap, drawSurroundings, FRAME } from "./picture.js";
import { scaleOf } from "./plane.js";
import { absences, coordinate, lossWords, pointWords } from "../words.js";
import { nearestPoint } from "../landscape.js";
import { levelsAfter } from "../../draw/levels.js";
import { landscapeLevels } from "./levels.js";
import { createLossLegend } from "./loss-legend.js";
import { trackPointer } from "../../draw/pointer.js";
import { watchPalette } from "../../draw/palette.js";
import { createRelief, heightAt } from "../../draw/height-map.js";
import { oncePerFrame } from "../../base/scheduling.js";
import { watch } from "../../base/store.js";
import { t } from "../../base/words.js";

/** @import {View} from "../../base/types.js" */
/** @import {LandscapeContext} from "../types.js" */
/** @import {Landscape} from "../landscape.js" */
/** @import {Place} from "./plane.js" */
/** @import {Drawing} from "./picture.js" */

const HINT = t("Paths begin at the ring. Point at the map to read the loss; press to put every network there.");
const TOUCH_HINT = t("Paths begin at the ring. Tap the map to read the loss there.");

/** So many pixels from a path it is the path that is read. */
const NEAR = 7;

/**
 * @param {HTMLElement} root
 * @param {LandscapeContext} context
 * @returns {View}
 */
export function mapView(root, { store, actions, keeper, race }) {
  const parts = build(root);
  const painter = createRelief();
  const legend = createLossLegend();
  parts.side.append(legend.element);
  let size = 0;
  let look = readLandscapeLook(root);
  /** @type {Drawing | null} */
  let drawing = null;
  /** @type {Place | null} */
  let pointer = null;

  const draw = () => {
    if (!drawing || size <= 0) return;
    drawMap(fitCanvas(parts.map, { width: size, height: size }).context, size, drawing, {
      look,
      painter,
      chosen: store.get().member,
    });
    drawAround(drawing.landscape);
    legend.update(drawing.levels, look.relief);
    read();
  };

  /** @param {Landscape} landscape */
  const drawAround = (landscape) => {
    const { context } = fitCanvas(parts.frame);
    context.clearRect(0, 0, parts.frame.width, parts.frame.height);
    context.translate(FRAME.left, FRAME.top);
    drawSurroundings(context, size, landscape, look);
  };

  const read = () => {
    parts.marker.hidden = !pointer;
    if (pointer) parts.marker.style.translate = `${pointer.across * size}px ${pointer.down * size}px`;
    if (!drawing || !pointer) {
      return setText(parts.reading, matchMedia("(pointer: coarse)").matches ? TOUCH_HINT : HINT);
    }
    const { landscape } = drawing;
    const near = nearestPoint(landscape, pointer, NEAR / size);
    if (near) return setText(parts.reading, pointWords(landscape, near, race.names()));
    const [a, b] = scaleOf(landscape.ranges).point(pointer.across, pointer.down);
    setText(
      parts.reading,
      t("({a}, {b})  loss {loss} here", {
        a: coordinate(a),
        b: coordinate(b),
        loss: lossWords(lossHere(landscape, pointer)),
      }),
    );
  };

  const renew = () => {
    const { latest } = keeper;
    parts.empty.hidden = latest !== null && !keeper.problem;
    setText(parts.empty, keeper.problem || t("The landscape is being computed."));
    if (!latest || latest.dimensions !== 2 || drawing?.landscape === latest) return;
    // At rest the picture is what a link gives, whatever went before it.
    const follows = drawing && store.get().phase !== "paused" && sameGround(drawing.landscape, latest);
    const levels = levelsAfter(follows ? (drawing?.levels ?? null) : null, landscapeLevels(latest));
    drawing = drawingOf(latest, levels);
    const {
      run,
      step,
      side,
      done,
      member,
      choices: { axes, half, penalty },
    } = latest;
    parts.map.dataset.hollow = drawing.labels.flatMap(({ hollow }, index) => (hollow ? [index] : [])).join(",");
    parts.map.dataset.low = String(levels.low);
    parts.map.dataset.high = String(levels.high);
    Object.assign(parts.map.dataset, { run, step, side, done, member, axes, half, penalty });
    sayAbsences();
    draw();
  };
  const sayAbsences = () => {
    if (!drawing) return;
    const { failures } = store.get();
    const said = absences(drawing.landscape, drawing.tracks, race.names(), failures);
    parts.absent.replaceChildren(...said.map((sentence) => h("li", {}, sentence)));
  };

  const put = async () => {
    if (!drawing || !pointer) return;
    const [a, b] = scaleOf(drawing.landscape.ranges).point(pointer.across, pointer.down);
    const value = lossHere(drawing.landscape, pointer);
    if (!(await actions.place([a, b]))) return;
    const step = race.editedAt();
    const said = { step: whole(step), a: coordinate(a), b: coordinate(b), loss: lossWords(value) };
    const many = store.get().members.length > 1;
    const took = h(
      "button",
      {
        type: "button",
        class: "text-button",
        "data-testid": "take-back",
        onclick: () => {
          parts.placed.replaceChildren();
          race.takeBack(step);
        },
      },
      t("Take it back"),
    );
    parts.placed.replaceChildren(
      many
        ? t("At step {step} all networks were put at ({a}, {b}), where the map has the loss {loss}.", said)
        : t("At step {step} the network was put at ({a}, {b}), where the map has the loss {loss}.", said),
      " ",
      took,
    );
  };
  parts.map.addEventListener("click", (event) => {
    const isTouch = event instanceof PointerEvent && event.pointerType === "touch";
    if (!isTouch) put();
    else parts.put.hidden = false;
  });
  parts.put.addEventListener("click", () => {
    put();
    parts.put.hidden = true;
  });
  parts.map.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") put();
  });

  trackPointer(parts.map, (next) => {
    // A tap stays until another one: the button that puts the networks there is beside it.
    pointer = next ?? (parts.put.hidden ? null : pointer);
    read();
  });
  const drawSoon = oncePerFrame(draw);
  keeper.subscribe(renew);
  watchPalette(() => {
    look = readLandscapeLook(root);
    drawSoon();
  });
  onResize(parts.square, ({ width }) => {
    size = Math.floor(width - FRAME.left - FRAME.right);
    draw();
  });
  watch(store, ["member", "landscape"], ({ landscape }) => {
    root.hidden = landscape.shown !== "map";
    drawSoon();
  });
  watch(store, ["failures", "members"], sayAbsences);
  watch(store, ["run"], () => parts.placed.replaceChildren());
  renew();
}

/**
 * Whether a landscape shows the same as another, at another step.
 *
 * @param {Landscape} one
 * @param {Landscape} other
 */
const sameGround = (one, other) =>
  one.run === other.run && one.member === other.member && one.choices === other.choices;

/**
 * @param {Landscape} landscape
 * @param {Place} place
 */
const lossHere = ({ loss, side }, { across, down }) => heightAt({ values: loss, grid: side }, across, down);

/** @param {HTMLElement} root */
function build(root) {
  const map = h("canvas", {
    class: "landscape-map",
    "data-testid": "landscape",
    role: "img",
    tabindex: "0",
    "aria-label": t(
      "Map of the loss, with the path of every network. Arrow keys move the reading, Enter puts the networks there.",
    ),
  });
  const frame = h("canvas", { class: "landscape-frame", "aria-hidden": "true" });
  const marker = h("span", { class: "output-marker", hidden: true });
  const empty = h("p", { class: "landscape-empty", role: "status" });
  const square = h(
    "div",
    { class: "landscape-square" },
    frame,
    map,
    h("div", { class: "landscape-over" }, marker),
    empty,
  );
  const side = h("div", { class: "landscape-side" });
  const reading = h("p", { class: "hint", "data-testid": "landscape-reading" });
  const put = h(
    "button",
    { type: "button", class: "button", "data-testid": "put-here", hidden: true },
    t("Put the networks here"),
  );
  const placed = h("p", { class: "landscape-placed", role: "status", "data-testid": "placed" });
  const absent = h("ul", { class: "landscape-absent", role: "status", "data-testid": "absent" });
  root.append(
    h("div", { class: "landscape-row" }, square, side),
    h("div", { class: "landscape-under" }, reading, put),
    placed,
    absent,
  );
  return { map, frame, marker, empty, square, side, reading, put, placed, absent };
}
