/** The lines and shades of a landscape: most of them where the paths are. */

import { levelsAround } from "../../draw/levels.js";
import { pathOf } from "../landscape.js";

/** @import {Landscape} from "../landscape.js" */
/** @import {Place} from "./plane.js" */
/** @import {Levels} from "../../draw/levels.js" */

/** What is nearer to a path than this share of the map's side is its neighbourhood. */
const REACH = 0.06;

/**
 * @param {Landscape} landscape  of two dimensions
 * @returns {Levels}
 */
export const landscapeLevels = (landscape) => levelsAround(landscape.loss, lossesNearPaths(landscape));

/**
 * The losses of the ground under the paths and around them, each place once.
 *
 * @param {Landscape} landscape
 */
function lossesNearPaths(landscape) {
  const { loss, side, members } = landscape;
  const places = new Set(
    Array.from({ length: members }, (_, member) => pathOf(landscape, member))
      .flat()
      .flatMap((place) => placesAround(place, side)),
  );
  return Array.from(places, (place) => loss[place] ?? NaN);
}

/**
 * @param {Place} place
 * @param {number} side  samples along an axis
 * @returns {number[]} the samples around it; none off the map
 */
function placesAround({ across, down }, side) {
  if (!(across >= 0 && across <= 1 && down >= 0 && down <= 1)) return [];
  const reach = Math.max(1, Math.round(REACH * side));
  const around = (/** @type {number} */ share) => {
    const middle = Math.round(share * (side - 1));
    return Array.from({ length: 2 * reach + 1 }, (_, i) => middle - reach + i).filter((at) => at >= 0 && at < side);
  };
  const columns = around(across);
  return around(down).flatMap((row) => columns.map((column) => row * side + column));
}
