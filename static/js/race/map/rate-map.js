/** The map of settings: how low the race ends with each learning rate and momentum. */

import { fitCanvas } from "../../base/canvas.js";
import { css, mix, pack } from "../../draw/colour.js";
import { createBuffer } from "../../draw/heatmap.js";
import { ticks } from "../../draw/levels.js";
import { drawBorder, drawTicks, soft } from "../../draw/frame.js";
import { drawRing, write } from "../../draw/surface.js";
import { setNumber } from "../../base/format.js";
import { significant } from "../numbers/numbers.js";
import { t } from "../../base/words.js";

/** @import {ReliefLook} from "../../draw/height-map.js" */
/** @import {StudyPart} from "../../base/types.js" */

export const RATES_ROOM = { left: 34, bottom: 34, top: 6, right: 8 };

const TINTS = 256;

/** Settings that end this near, as a share of the height of the start, are as good as the best. */
const CLOSEST = 1e-8;

export function createRatesMap() {
  const buffer = createBuffer();

  return {
    /**
     * @param {HTMLCanvasElement} canvas
     * @param {StudyPart} study  of the kind `rates`
     * @param {{learningRate: number, momentum: number} | null} mine  the chosen racer, where it has a place here
     * @param {number} begun  the height of the start
     * @param {ReliefLook} look
     */
    draw(canvas, { learning_rates: rates, momenta, arrays: { value } }, mine, begun, look) {
      const { context, width, height } = fitCanvas(canvas);
      context.clearRect(0, 0, width, height);
      const [w, hh] = [width - RATES_ROOM.left - RATES_ROOM.right, height - RATES_ROOM.top - RATES_ROOM.bottom];
      const grid = value?.shape[0] ?? 0;
      const data = value?.data ?? [];
      const share = closeness(data, begun);
      const nothing = pack(mix(look.surface, look.ink, 0.55));
      const best = mix(look.basins[2] ?? look.low, look.surface, 0.1);
      const table = Uint32Array.from({ length: TINTS }, (_, i) =>
        pack(mix(best, mix(look.surface, look.ink, 0.12), i / (TINTS - 1))),
      );
      buffer.resize(grid, grid);
      for (let i = 0; i < grid * grid; i++) {
        const found = data[i] ?? NaN;
        buffer.pixels[i] = Number.isFinite(found)
          ? (table[Math.round(share(found) * (TINTS - 1))] ?? nothing)
          : nothing;
      }
      buffer.flush();
      context.save();
      context.translate(RATES_ROOM.left, RATES_ROOM.top);
      context.save();
      context.beginPath();
      context.rect(0, 0, w, hh);
      context.clip();
      context.scale(1, hh / w);
      context.imageSmoothingEnabled = false;
      buffer.draw(context, { left: -0.5, top: -0.5, side: grid + 1 }, { x: 0, y: 0, size: w });
      context.restore();
      drawAxes(context, w, hh, rates, momenta, look);
      if (mine) {
        drawRing(
          context,
          { ...place(mine, { rates, momenta, w, h: hh }), radius: 6, width: 2 },
          { line: css(look.ink), rim: css(look.surface), rimWidth: 5 },
        );
      }
      context.restore();
    },
  };
}

/**
 * How far from the lowest height of the map each one is, by powers of ten: 1 at the height of the start and beyond.
 *
 * @param {ArrayLike<number>} heights
 * @param {number} begun
 */
function closeness(heights, begun) {
  const low = Math.min(...Array.from(heights).filter(Number.isFinite));
  const whole = begun - low || 1;
  return (/** @type {number} */ height) =>
    Math.min(1, Math.max(0, 1 - Math.log10((height - low) / whole + CLOSEST) / Math.log10(CLOSEST)));
}

/**
 * Learning rates grow by a constant factor, momenta by a constant step; row 0 is the largest momentum.
 *
 * @param {{learningRate: number, momentum: number}} at
 * @param {{rates: number[], momenta: number[], w: number, h: number}} axes
 */
function place({ learningRate, momentum }, { rates, momenta, w, h }) {
  const [first = 1, last = 1] = [rates[0], rates.at(-1)];
  const [low = 0, high = 1] = [Math.min(...momenta), Math.max(...momenta)];
  const half = 0.5 / rates.length;
  const across = half + ((1 - 2 * half) * Math.log(learningRate / first)) / Math.log(last / first);
  const down = half + ((1 - 2 * half) * (high - momentum)) / (high - low);
  return { x: Math.min(1, Math.max(0, across)) * w, y: Math.min(1, Math.max(0, down)) * h };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} w
 * @param {number} height
 * @param {number[]} rates
 * @param {number[]} momenta
 * @param {ReliefLook} look
 */
function drawAxes(context, w, height, rates, momenta, look) {
  const axes = { rates, momenta, w, h: height };
  const [first = 1, last = 1] = [rates[0], rates.at(-1)];
  const powers = ticks(Math.ceil(Math.log10(first) - 1e-9), Math.log10(last), 5).filter(Number.isInteger);
  drawBorder(context, w, height, look);
  drawTicks(
    context,
    height,
    {
      along: powers.map((power) => [
        place({ learningRate: 10 ** power, momentum: 0 }, axes).x,
        setNumber(Number((10 ** power).toPrecision(1))),
      ]),
      up: ticks(Math.min(...momenta), Math.max(...momenta), 5).map((momentum) => [
        place({ learningRate: first, momentum }, axes).y,
        setNumber(momentum),
      ]),
    },
    look,
  );
  write(context, t("learning rate η"), w / 2, height + 20, {
    font: look.font,
    colour: soft(look),
    align: "center",
    baseline: "top",
  });
}

/**
 * The setting and the height at a place of the map, as shares of its sides.
 *
 * @param {StudyPart} study
 * @param {number} across
 * @param {number} down
 */
export function ratesAt({ learning_rates: rates, momenta, arrays: { value } }, across, down) {
  const grid = rates.length;
  const index = (/** @type {number} */ share) => Math.min(grid - 1, Math.max(0, Math.floor(share * grid)));
  const [column, row] = [index(across), index(down)];
  const found = value?.data[row * grid + column] ?? NaN;
  return {
    learningRate: rates[column],
    momentum: momenta[row],
    words: Number.isFinite(found) ? `f = ${significant(found, 3)}` : t("diverges"),
  };
}
