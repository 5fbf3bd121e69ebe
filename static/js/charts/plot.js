/** Keeps one chart of plotly.js up to date: when it is seen, seldom enough, and only if it changed. */

import { keepCamera } from "./camera.js";
import { onResize } from "../base/canvas.js";
import { loadPlotly, whenIdle } from "./plotly.js";
import { atMostEvery } from "../base/scheduling.js";
import { onSight } from "../base/visibility.js";

/** Drawing takes 10 to 25 ms of the main thread; three times a second is often enough. */
const GAP = 350;

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, scrollZoom: false };

/**
 * What to draw; `key` says all that it depends on, so that what is there already is not drawn again.
 *
 * @typedef {{width: number, height: number}} Size
 * @typedef {{key: string, make: () => {data: object[], layout: object}}} Figure
 *
 * @param {HTMLElement} place
 * @param {object} options
 * @param {(size: Size) => Figure} options.figure
 * @param {(plotly: any) => void} [options.ready]  called when the first chart is drawn
 * @param {() => void} options.failed  called if the library cannot be loaded
 */
export function createPlot(place, { figure, ready, failed }) {
  let size = { width: 0, height: 0 };
  let seen = false;
  /** @type {any} */
  let plotly = null;
  let drawn = "";

  const draw = () => {
    if (!plotly || !seen || size.width === 0 || size.height === 0) return;
    const { key, make } = figure(size);
    const wanted = `${key} ${size.width} ${size.height}`;
    if (wanted === drawn) return;
    const isFirst = drawn === "";
    drawn = wanted;
    const { data, layout } = make();
    keepCamera(place);
    plotly.react(place, data, { ...layout, ...size }, CONFIG);
    if (isFirst) ready?.(plotly);
  };
  const drawSoon = atMostEvery(GAP, () => whenIdle(draw));

  onResize(place, ({ width, height }) => {
    size = { width: Math.floor(width), height: Math.floor(height) };
    drawSoon();
  });
  onSight(place, (now) => {
    seen = now;
    if (seen) drawSoon();
  });
  loadPlotly().then((library) => {
    plotly = library;
    draw();
  }, failed);

  return {
    /** Draws now: for what a person just chose. */
    draw,
    /** Draws when there is time. */
    drawSoon,
  };
}
