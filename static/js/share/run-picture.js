/** One picture of a run to keep or to print: the network, the output map, and a line that says what it is. */

import { css } from "../draw/colour.js";
import { soft } from "../draw/frame.js";
import { loss, percent, setNumber, whole } from "../base/format.js";
import { drawNetwork, planOf } from "../network/portrait.js";
import { modeText } from "../output/mode-chip.js";
import { drawOutput } from "../output/picture.js";
import { write } from "../draw/surface.js";
import { svgFile } from "../draw/svg-surface.js";
import { kindName } from "../settings/names.js";
import { listed, t } from "../base/words.js";

/** @import {Palette} from "../draw/colour.js" */
/** @import {Catalog, Frame, Scene, State} from "../base/types.js" */
/** @import {FeatureMaps} from "../network/picture.js" */

const MARGIN = 28;
const GAP = 48;
const HEADER = 34;
const MAP = 420;
const CAPTION = 56;
const AXIS = 24;

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
  const { state, catalog, palette } = run;
  const room = { width: Math.max(ROOM.least, ROOM.layer * state.units.length), height: ROOM.height };
  const plan = planOf(state, catalog, room, HEADER);
  const { layout } = plan;
  const body = Math.max(layout.height, MAP + AXIS);
  const [what, how] = caption(run);
  const file = {
    width: layout.width + GAP + MAP + 2 * MARGIN,
    height: body + CAPTION + 2 * MARGIN,
    background: css(palette.surface),
    font: palette.font,
    title: what,
    description: t("A network of {units} units by layer, and its output on the square of its data: {result}.", {
      units: listed(state.units.map(String)),
      result: how,
    }),
  };
  return svgFile(file, (surface) => {
    surface.save();
    surface.translate(MARGIN, MARGIN + Math.round((body - layout.height) / 2));
    drawNetwork(surface, plan, run, { palette, header: HEADER });
    surface.restore();
    surface.save();
    surface.translate(MARGIN + layout.width + GAP, MARGIN + Math.round((body - MAP - AXIS) / 2));
    drawOutput(surface, run, { palette, size: MAP });
    surface.restore();
    const text = { font: palette.font, size: 13 };
    const right = { ...text, colour: soft(palette), align: /** @type {const} */ ("right") };
    const count = run.frame.training;
    if (count !== undefined) write(surface, modeText(count), file.width - MARGIN, MARGIN + body + CAPTION / 2, right);
    write(surface, what, MARGIN, MARGIN + body + CAPTION / 2, { ...text, colour: css(palette.ink) });
    write(surface, how, MARGIN, MARGIN + body + CAPTION / 2 + 20, { ...text, colour: soft(palette) });
  });
}

/**
 * What the network learns and how far it has come, and how well it does.
 *
 * @param {Run} run
 * @returns {[what: string, how: string]}
 */
function caption({ state: { spec }, frame, catalog }) {
  const metrics = frame.arrays.metrics;
  const members = metrics.shape[1] ?? 1;
  const value = (/** @type {number} */ row) => metrics.data[row * members] ?? NaN;
  const losses = { train: loss(value(0)), test: loss(value(1)) };
  return [
    t("{data} · {optimizer}, learning rate {rate} · epoch {epoch}, step {step}", {
      data: kindName(catalog.families, "datasets", spec.data.kind),
      optimizer: kindName(catalog.families, "optimizers", spec.optimizer.kind),
      rate: setNumber(spec.optimizer.learning_rate),
      epoch: whole(frame.epoch),
      step: whole(frame.step),
    }),
    Number.isFinite(value(2))
      ? t("loss {train} train, {test} test · accuracy {trainAccuracy} train, {testAccuracy} test", {
          ...losses,
          trainAccuracy: percent(value(2)),
          testAccuracy: percent(value(3)),
        })
      : t("loss {train} train, {test} test", losses),
  ];
}
