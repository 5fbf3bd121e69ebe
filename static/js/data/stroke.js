/** One stroke of the brush over rows: shown while it lasts, kept when it ends. */

import { along, erase, place, spray } from "./brush.js";

/** @import {Place} from "./brush.js" */
/** @import {Row} from "./rows.js" */

/** @typedef {{brush: "point" | "spray" | "erase", radius: number, label: number}} Hand */

/** How much each stop of the spray adds. */
const SPRAYED = 4;
/** Points of a dragged row are this far apart. */
const GAP = 0.35;

/**
 * @param {object} canvas
 * @param {() => readonly Row[]} canvas.now    what is there when a stroke begins
 * @param {() => Hand} canvas.hand
 * @param {(rows: readonly Row[]) => void} canvas.show
 * @param {(rows: readonly Row[]) => void} canvas.keep
 */
export function createStroke({ now, hand, show, keep }) {
  /** @type {readonly Row[]} */
  let rows = [];
  /** @type {Place | null} */
  let last = null;

  /** @param {Place[]} places */
  const paint = (places) => {
    const { brush, radius, label } = hand();
    for (const each of places) {
      if (brush === "erase") rows = erase(rows, each, radius);
      else rows = place(rows, brush === "spray" ? spray(each, radius, SPRAYED) : [each], label);
      last = each;
    }
    if (places.length > 0) show(rows);
  };

  return {
    /** @param {Place} at */
    begin(at) {
      rows = now();
      paint([at]);
    },
    /** @param {Place} at */
    move(at) {
      const { brush, radius } = hand();
      if (last) paint(along(last, at, brush === "point" ? GAP : radius / 2));
    },
    end() {
      last = null;
      keep(rows);
    },
  };
}
