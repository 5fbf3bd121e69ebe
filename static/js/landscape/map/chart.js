/** A chart of the landscape in a view that is not always shown: it is redrawn when a new landscape or theme comes. */

import { readLandscapeLook } from "./look.js";
import { watchPalette } from "../../draw/palette.js";
import { createPlot } from "../../charts/plot.js";

/** @import {Landscape} from "../landscape.js" */
/** @import {LandscapeLook} from "./look.js" */

/**
 * @param {HTMLElement} place
 * @param {object} options
 * @param {() => Landscape | null} options.landscape  what to draw, if it is of the kind that this chart shows
 * @param {() => unknown} options.depends  what else the figure depends on
 * @param {(landscape: Landscape, look: LandscapeLook) => {data: object[], layout: object}} options.make
 * @param {() => void} options.failed
 */
export function createLandscapeChart(place, { landscape, depends, make, failed }) {
  let look = readLandscapeLook(place);
  let drawn = 0;
  /** @type {Landscape | null} */
  let last = null;
  const chart = createPlot(place, {
    failed,
    figure() {
      const now = landscape();
      // Marks stand at their true losses. Until those are known the picture before stays, marks and all.
      if (now !== last && now?.measured !== false) {
        drawn += 1;
        last = now;
      }
      const shown = last;
      return {
        key: JSON.stringify([drawn, depends(), look.figure]),
        make: () => (shown ? make(shown, look) : { data: [], layout: {} }),
      };
    },
  });
  watchPalette(() => {
    look = readLandscapeLook(place);
    chart.drawSoon();
  });
  return chart;
}
