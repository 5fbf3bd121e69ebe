/** Follows the brush, in pictures in which what it does not keep fades. */

import { watch } from "../../base/store.js";
import { keptBy } from "./brush.js";

/** @import {SearchStore} from "../types.js" */
/** @import {Kept} from "./brush.js" */

/**
 * @param {SearchStore} store
 * @param {object} picture
 * @param {() => void} picture.turn  all others fade now, or none any more
 * @param {(kept: Kept | null) => void} picture.change  with each change of the brush
 */
export function followBrush(store, { turn, change }) {
  let wasBrushed = false;
  watch(store, ["brush"], ({ found, brush }) => {
    const kept = keptBy(found, brush);
    const isBrushed = kept !== null;
    if (isBrushed !== wasBrushed) turn();
    wasBrushed = isBrushed;
    change(kept);
  });
}
