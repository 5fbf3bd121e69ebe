/** One picture of a run to keep or to print: the network, the output map, and a line that says what it is. */

import { css, mix } from "../draw/colour.js";
import { contour, leadOf } from "../draw/contour.js";
import { loss, percent, whole } from "../base/format.js";
import { createAtlas } from "../draw/heatmap.js";
import { signTable } from "../draw/colour.js";
import { createMap } from "../draw/class-map.js";
import { layoutEdges, layoutNetwork } from "../network/layout.js";
import { networkSvg } from "../network/svg.js";
import { outputSvg } from "../output/svg.js";
import { svg, svgText } from "../draw/svg.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Column, Layout} from "../network/layout.js" */
/** @import {Catalog, Frame, Scene, State} from "../base/types.js" */
/** @import {FeatureMaps} from "../network/picture.js" */

const MARGIN = 28;
const GAP = 48;
const HEADER = 34;
const MAP = 420;
const CAPTION = 56;
const AXIS = 24;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

/** Pixels of a tile and of the map in the picture: twice their size, so that they print well. */
const SHARP = 2;

/** Room for the network: it grows with its layers. */
const ROOM = { least: 420, layer: 110, height: 470 };

/**
 * @typedef {object} Run
 * @property {Readonly<State>} state
 * @property {Frame} frame
 * @property {Scene} scene
 * @property {FeatureMaps} features
 * @property {Catalog} catalog
 * @property {Palette} palette
 */

/**
 * @param {Run} run
 * @returns {{text: string, width: number, height: number}} a whole SVG file and its size
 */
export function runPicture(run) {
  const { state, palette } = run;
  const records = run.catalog.families.features ?? [];
  const room = { width: Math.max(ROOM.least, ROOM.layer * state.units.length), height: ROOM.height };
  const counts = { features: records.length, hidden: state.units.slice(1, -1), outputs: state.units.at(-1) ?? 1 };
  const layout = layoutNetwork(counts, room, HEADER);
  const height = Math.max(layout.height, MAP + AXIS) + CAPTION + 2 * MARGIN;
  const width = layout.width + GAP + MAP + 2 * MARGIN;
  const body = Math.max(layout.height, MAP + AXIS);

  const text = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`,
    "font-family": FONT, "font-size": 13,
  },
  svg("rect", { width, height, fill: css(palette.surface) }),
  svg("g", { transform: `translate(${MARGIN} ${MARGIN + (body - layout.height) / 2})` }, drawnNetwork(run, layout)),
  svg("g", { transform: `translate(${MARGIN + layout.width + GAP} ${MARGIN + (body - MAP - AXIS) / 2})` },
    drawnOutput(run)),
  ...caption(run, MARGIN + body + CAPTION / 2));
  return { text, width, height };
}

/**
 * @param {Run} run
 * @param {Layout} layout
 */
function drawnNetwork({ state, frame, features, catalog, palette }, layout) {
  const records = catalog.families.features ?? [];
  const names = records.map(({ kind }) => kind);
  const { theta, neurons, neuron_scale: scales } = frame.arrays;
  const table = signTable(palette);
  const units = createAtlas();
  units.paint(neurons.data, scales.data, neurons.shape[1] ?? 1, table);
  const inputs = createAtlas();
  inputs.paint(features.maps, features.scales, features.grid, table);
  return networkSvg({
    layout,
    gaps: layoutEdges(layout, state.spec.features.map((/** @type {string} */ name) => names.indexOf(name)), state.layout),
    theta: theta.data,
    arrays: state.layout,
    titles: layout.columns.map((column) => titleOf(column, state, catalog)),
    features: records.map(({ label }) => label),
    chosen: names.map((name) => state.spec.features.includes(name)),
    header: HEADER,
    tile: (column, unit) => painted(SHARP * (layout.columns[column]?.tile ?? 1), (context, size) => {
      const index = (layout.columns[column]?.first ?? 0) + unit;
      (column === 0 ? inputs : units).draw(context, index, { x: 0, y: 0, size });
    }),
  }, palette);
}

/**
 * @param {Column} column
 * @param {Readonly<State>} state
 * @param {Catalog} catalog
 */
function titleOf({ role, layer, layers }, { spec }, catalog) {
  if (role === "fold") return `${layers} more`;
  if (role !== "hidden") return role === "features" ? "Inputs" : "Output";
  const kind = spec.layers[layer]?.activation.kind;
  return catalog.families.activations?.find((record) => record.kind === kind)?.label ?? "";
}

/** @param {Run} run */
function drawnOutput({ state, frame, scene, palette }) {
  const { boundary, boundary_scale: scale } = frame.arrays;
  const grid = boundary.shape[1] ?? 1;
  const picture = { maps: boundary.data, scales: scale.data, grid };
  const fields = scale.data.length === 1
    ? [boundary.data]
    : Array.from(scale.data, (_, index) => leadOf(boundary.data, scale.data, grid, index));
  return outputSvg({
    size: MAP,
    map: painted(SHARP * MAP, (context, size) =>
      createMap().paint(context, size, picture, { palette, discretize: state.discretize })),
    contours: fields.map((field) => contour(field, grid)),
    points: scene.arrays.points.data,
    labels: scene.arrays.labels.data,
    task: scene.task,
    train: scene.train,
    showTest: state.showTest,
    names: scene.column_names ?? [],
  }, palette);
}

/**
 * What the network learns, how far it has come, and how well it does.
 *
 * @param {Run} run
 * @param {number} y
 */
function caption({ state, frame, catalog, palette }, y) {
  const { spec } = state;
  const label = (/** @type {string} */ family, /** @type {string} */ kind) =>
    catalog.families[family]?.find((record) => record.kind === kind)?.label ?? kind;
  const metrics = frame.arrays.metrics;
  const members = metrics.shape[1] ?? 1;
  const value = (/** @type {number} */ row) => metrics.data[row * members] ?? NaN;
  const accuracy = Number.isFinite(value(2)) ? [`accuracy ${percent(value(2))} train, ${percent(value(3))} test`] : [];
  const texts = [
    `${label("datasets", spec.data.kind)} · ${label("optimizers", spec.optimizer.kind)}, learning rate `
      + `${spec.optimizer.learning_rate} · epoch ${whole(frame.epoch)}, step ${whole(frame.step)}`,
    [`loss ${loss(value(0))} train, ${loss(value(1))} test`, ...accuracy].join(" · "),
  ];
  return texts.map((text, line) => svg("text", {
    x: MARGIN, y: y + line * 20, fill: line === 0 ? css(palette.ink) : css(mix(palette.surface, palette.ink, 0.62)),
  }, svgText(text)));
}

/**
 * @param {number} size
 * @param {(context: CanvasRenderingContext2D, size: number) => void} paint
 * @returns {string} a data URL
 */
function painted(size, paint) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.max(1, Math.round(size));
  paint(/** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")), canvas.width);
  return canvas.toDataURL("image/png");
}
