/** The whole network in one go: what the page draws over several frames, and the words that stand in its document. */

import { classShape } from "../draw/class-shapes.js";
import { classColour, css, signTable } from "../draw/colour.js";
import { soft } from "../draw/frame.js";
import { createAtlas } from "../draw/heatmap.js";
import { write } from "../draw/surface.js";
import { edgePaths, edgeStyles, levelsOf } from "./edges.js";
import { layoutEdges, layoutNetwork } from "./layout.js";
import { frozenPlaces } from "./parameters.js";
import { cornerOf, drawFeatures, drawGap, drawUnits, valuesOf } from "./tiles.js";
import { t } from "../base/words.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Surface} from "../draw/surface.js" */
/** @import {Column} from "./layout.js" */
/** @import {FeatureMaps} from "./picture.js" */
/** @import {Plan} from "./tiles.js" */
/** @import {Catalog, Frame, State} from "../base/types.js" */

const NAME_GAP = 7;
/** The middle of a class's mark right of its output, and its size. */
const CLASS_MARK = { gap: 13, radius: 5 };

/**
 * Where everything stands in a room.
 *
 * @param {Readonly<State>} state
 * @param {Catalog} catalog
 * @param {{width: number, height: number}} room
 * @param {number} header
 * @returns {Plan}
 */
export function planOf({ spec, units, layout: arrays }, catalog, room, header) {
  const names = (catalog.families.features ?? []).map(({ kind }) => kind);
  const counts = { features: names.length, hidden: units.slice(1, -1), outputs: units.at(-1) ?? 1 };
  const layout = layoutNetwork(counts, room, header);
  const inputs = spec.features.map((/** @type {string} */ name) => names.indexOf(name));
  return {
    layout,
    arrays,
    gaps: layoutEdges(layout, inputs, arrays),
    frozen: frozenPlaces(spec, arrays),
    chosen: names.map((name) => spec.features.includes(name)),
  };
}

/**
 * @param {Surface} surface
 * @param {Plan} plan
 * @param {{state: Readonly<State>, frame: Frame, features: FeatureMaps, catalog: Catalog}} run
 * @param {{palette: Palette, header: number}} look
 */
export function drawNetwork(surface, plan, { state, frame, features, catalog }, { palette, header }) {
  const table = signTable(palette, { discretize: state.discretize });
  const values = valuesOf(frame);
  const [inputs, units] = [createAtlas(), createAtlas()];
  inputs.paint(features.maps, features.scales, features.grid, table);
  units.paint(values.maps, values.scales, values.grid, table);
  drawFeatures(surface, plan, inputs);
  for (const gap of plan.gaps) {
    drawGap(surface, { gap, levels: levelsOf(gap, values.theta), paths: edgePaths(gap) }, plan, {
      palette,
      styles: edgeStyles(palette),
    });
  }
  drawUnits(surface, plan, values, units, palette);
  drawWords(surface, plan, { state, catalog }, { palette, header });
}

/**
 * What the page's document says around the picture: the kind of each layer, the names of the inputs, the classes of
 * the outputs, and a line around each unit.
 *
 * @param {Surface} surface
 * @param {Plan} plan
 * @param {{state: Readonly<State>, catalog: Catalog}} run
 * @param {{palette: Palette, header: number}} look
 */
function drawWords(surface, { layout, chosen }, { state, catalog }, { palette, header }) {
  const { font } = palette;
  const word = {
    font,
    size: 13,
    colour: soft(palette),
    align: /** @type {const} */ ("center"),
    baseline: /** @type {const} */ ("middle"),
  };
  const labels = (catalog.families.features ?? []).map(({ label }) => label);
  layout.columns.forEach((column, index) => {
    write(surface, titleOf(column, state, catalog), column.x, header / 2, word);
    if (column.more > 0) write(surface, `+ ${column.more}`, column.x, column.moreY, word);
    for (const unit of column.units) {
      const { x, y, size } = cornerOf(column, unit);
      const isGiven = index > 0 || chosen[unit.index];
      surface.strokeStyle = soft(palette);
      surface.lineWidth = 1;
      surface.globalAlpha = isGiven ? 1 : 0.3;
      surface.strokeRect(x, y, size, size);
      surface.globalAlpha = isGiven ? 1 : 0.5;
      if (index === 0) {
        write(surface, labels[unit.index] ?? "", x - NAME_GAP, unit.y, {
          ...word,
          colour: css(palette.ink),
          align: "right",
        });
      }
      surface.globalAlpha = 1;
      if (column.role === "outputs" && column.units.length > 1) drawClass(surface, x + size, unit, palette);
    }
  });
}

/**
 * @param {Surface} surface
 * @param {number} right  the right border of the output
 * @param {{index: number, y: number}} unit
 * @param {Palette} palette
 */
function drawClass(surface, right, { index, y }, palette) {
  surface.save();
  surface.translate(right + CLASS_MARK.gap, y);
  surface.scale(CLASS_MARK.radius, CLASS_MARK.radius);
  surface.fillStyle = css(classColour(palette, index));
  surface.fill(classShape(index));
  surface.restore();
}

/**
 * @param {Column} column
 * @param {Readonly<State>} state
 * @param {Catalog} catalog
 */
function titleOf({ role, layer, layers }, { spec }, catalog) {
  if (role === "fold") return t("{count} more", { count: layers });
  if (role !== "hidden") return role === "features" ? t("Inputs") : t("Output");
  const kind = spec.layers[layer]?.activation.kind;
  return catalog.families.activations?.find((record) => record.kind === kind)?.label ?? "";
}
