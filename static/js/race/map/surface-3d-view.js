/** The surface in three dimensions with the same ways, to turn. Drawn only while it is looked at, four times a second at most. */

import { keepCamera } from "../../charts/camera.js";
import { onResize } from "../../base/canvas.js";
import { readLook } from "../../charts/layout.js";
import { css, mix } from "../../draw/colour.js";
import { h } from "../../base/dom.js";
import { levelsOf } from "../../draw/levels.js";
import { watchPalette } from "../../draw/palette.js";
import { loadPlotly } from "../../charts/plotly.js";
import { readRacerColours } from "../../draw/markers.js";
import { readReliefLook } from "../../draw/height-map.js";
import { runnersOf } from "../visible.js";
import { atMostEvery } from "../../base/scheduling.js";
import { onSight } from "../../base/visibility.js";
import { levelTrace, pathTraces, surfaceLayout, surfaceTrace, thinned } from "./surface-figure.js";
import { watch } from "../../base/store.js";
import { sentences, t } from "../../base/words.js";

/** @import {RaceContext, RaceView, StudyPart, Track} from "../types.js" */
/** @import {Runner} from "./paths.js" */

const HINT = t("Drag to turn, scroll to come closer.");
const TENS = t("Heights are by powers of ten.");
const GAP = 250;
/** On a slow computer it is drawn less often, so that it takes no more than a third of the time. */
const SHARE = 3;
const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: true, doubleClick: false, plotGlPixelRatio: 1 };

/**
 * @param {HTMLElement} root
 * @param {RaceContext} context
 * @returns {RaceView}
 */
export function surface3dView(root, { store, results, player }) {
  const plot = h("div", {
    class: "surface-3d",
    "data-testid": "surface-3d",
    role: "img",
    "aria-label": t("The surface in three dimensions, with the paths of all racers"),
  });
  const note = h("p", { class: "race-note" });
  root.append(plot, note);
  let size = { width: 0, height: 0 };
  let seen = false;
  let rests = false;
  /** @type {ReturnType<typeof createPicture> | null} */
  let picture = null;

  const draw = () => {
    const { surface, track } = results;
    if (rests || !seen || !surface || !track || size.width === 0) return;
    const begun = performance.now();
    if (!picture?.draw({ surface, track, step: player.step, runners: runnersOf(track, store.get()), size })) return;
    rests = true;
    // Two frames later the picture is on the screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        setTimeout(
          () => {
            rests = false;
            drawSoon();
          },
          (SHARE - 1) * (performance.now() - begun),
        );
      }),
    );
  };
  const drawSoon = atMostEvery(GAP, draw);

  onResize(plot, ({ width, height }) => {
    size = { width: Math.floor(width), height: Math.floor(height) };
    drawSoon();
  });
  onSight(plot, (now) => {
    seen = now;
    if (seen) drawSoon();
  });
  watchPalette(drawSoon);
  // A large library, and most people look at the map first.
  watch(store, ["picture"], ({ picture: chosen }) => {
    root.hidden = chosen !== "surface";
    if (root.hidden || picture) return;
    note.textContent = t("The picture is on its way …");
    loadPlotly().then(
      (plotly) => {
        picture = createPicture(plot, plotly, (text) => (note.textContent = text));
        drawSoon();
      },
      () => {
        note.textContent = t("The picture could not be loaded. Reload the page to try again.");
      },
    );
  });
  return {
    draw() {
      if (seen) drawSoon();
    },
  };
}

/**
 * What is there already is not drawn again; of the ground that is seldom anything but nothing.
 *
 * @param {HTMLElement} plot
 * @param {any} plotly
 * @param {(text: string) => void} say
 */
function createPicture(plot, plotly, say) {
  let [drawnGround, drawnWays] = ["", ""];
  /** @type {{id: number} & ReturnType<typeof shapeOf> | null} */
  let shape = null;

  return {
    /**
     * @param {object} race
     * @param {StudyPart} race.surface
     * @param {Track} race.track
     * @param {number} race.step
     * @param {Runner[]} race.runners
     * @param {{width: number, height: number}} race.size
     * @returns {boolean} whether there was something to draw
     */
    draw({ surface, track, step, runners, size }) {
      const { theme } = document.documentElement.dataset;
      const groundKey = JSON.stringify([surface.id, runners, size, theme]);
      const waysKey = `${track.known} ${step} ${JSON.stringify(track.race)}`;
      if (groundKey === drawnGround && waysKey === drawnWays) return false;
      if (shape?.id !== surface.id) shape = { id: surface.id, ...shapeOf(surface) };
      const { line, heads } = pathTraces(track, runners, step, shape, readRacerColours());
      keepCamera(plot);
      if (groundKey === drawnGround) {
        plotly.restyle(
          plot,
          {
            x: [line.x, heads.x],
            y: [line.y, heads.y],
            z: [line.z, heads.z],
            "line.color": [line.line.color, undefined],
            "marker.color": [undefined, heads.marker.color],
            "marker.symbol": [undefined, heads.marker.symbol],
          },
          [2, 3],
        );
      } else {
        const { ground, bounds, levels } = shape;
        say(sentences(HINT, levels.logarithmic && TENS));
        const { low, high, ink } = readReliefLook();
        plotly.react(
          plot,
          [
            surfaceTrace(ground, bounds, levels, { low: css(low), high: css(high) }),
            levelTrace(ground, bounds, levels, css(mix(high, ink, 0.35))),
            line,
            heads,
          ],
          { ...surfaceLayout(readLook(plot), levels), ...size },
          CONFIG,
        );
      }
      [drawnGround, drawnWays] = [groundKey, waysKey];
      return true;
    },
  };
}

/**
 * What is drawn of a surface, as fine as its mesh is.
 *
 * @param {StudyPart} surface
 */
function shapeOf({ arrays: { values }, view: bounds }) {
  const { data = [], shape: [grid = 0] = [] } = values ?? {};
  return { ground: thinned({ values: data, grid }), bounds, levels: levelsOf(data) };
}
