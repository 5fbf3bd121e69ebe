/** The surface in three dimensions with the same ways, to turn. Drawn only while it is looked at, four times a second at most. */

import { onResize } from "../../lib/canvas.js";
import { readLook } from "../../lib/chart.js";
import { css, mix } from "../../lib/colour.js";
import { h } from "../../lib/dom.js";
import { levelsOf } from "../../lib/levels.js";
import { watchPalette } from "../../lib/palette.js";
import { loadPlotly } from "../../lib/plotly.js";
import { readRacerColours } from "../../lib/racers.js";
import { readReliefLook } from "../../lib/relief.js";
import { runnersOf } from "../../lib/runners.js";
import { atMostEvery } from "../../lib/schedule.js";
import { onSight } from "../../lib/sight.js";
import { levelTrace, pathTraces, surfaceLayout, surfaceTrace, thinned } from "../../lib/surface-figure.js";
import { watch } from "../../store.js";

/** @import {RaceContext, RaceView} from "../../race-types.js" */

const HINT = "Drag to turn, scroll to come closer. Ways end where they leave the map.";
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
  const plot = h("div", { class: "surface-3d", "data-testid": "surface-3d", role: "img", "aria-label": "The surface in three dimensions, with the ways of all racers" });
  const note = h("p", { class: "race-note" });
  root.append(plot, note);
  let size = { width: 0, height: 0 };
  let seen = false;
  /** @type {any} */
  let plotly = null;
  /** What the ground was drawn of, and what the ways. */
  let [ground, ways] = ["", ""];
  let theme = "";
  let rest = false;

  const draw = () => {
    const { surface, track } = results;
    if (rest || !plotly || !seen || !surface || !track || size.width === 0) return;
    const values = surface.arrays.values;
    const levels = levelsOf(values?.data ?? []);
    const runners = runnersOf(track, store.get());
    const groundKey = JSON.stringify([surface.id, runners.map(({ member, look, faint }) => [member, look, faint]), size, theme]);
    const waysKey = `${track.known} ${player.step} ${JSON.stringify(track.race)}`;
    if (groundKey === ground && waysKey === ways) return;
    const begun = performance.now();
    const { line, heads } = pathTraces(track, runners, player.step, levels, surface.view, readRacerColours());
    if (groundKey !== ground) {
      const { low, high, ink } = readReliefLook();
      const shape = thinned({ values: values?.data ?? [], grid: values?.shape[0] ?? 0 });
      const data = [
        surfaceTrace(shape, surface.view, levels, { low: css(low), high: css(high) }),
        levelTrace(shape, surface.view, levels, css(mix(high, ink, 0.35))), line, heads,
      ];
      plotly.react(plot, data, { ...surfaceLayout(readLook(root), levels), ...size }, CONFIG);
    } else {
      plotly.restyle(plot, {
        x: [line.x, heads.x], y: [line.y, heads.y], z: [line.z, heads.z],
        "line.color": [line.line.color, undefined],
        "marker.color": [undefined, heads.marker.color],
        "marker.symbol": [undefined, heads.marker.symbol],
      }, [2, 3]);
    }
    [ground, ways] = [groundKey, waysKey];
    rest = true;
    // Two frames later the picture is on the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      setTimeout(() => {
        rest = false;
        drawSoon();
      }, (SHARE - 1) * (performance.now() - begun));
    }));
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
  watchPalette(() => {
    theme = document.documentElement.dataset.theme ?? "";
    drawSoon();
  });
  // A large library, and most people look at the map first.
  watch(store, ["tab"], ({ tab }) => {
    if (tab !== "surface" || plotly) return;
    note.textContent = "The picture is on its way …";
    loadPlotly().then((library) => {
      plotly = library;
      note.textContent = HINT;
      drawSoon();
    }, () => {
      note.textContent = "The picture could not be loaded. Reload the page to try again.";
    });
  });
  return {
    draw() {
      if (seen) drawSoon();
    },
  };
}
