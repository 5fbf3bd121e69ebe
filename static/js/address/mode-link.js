/**
 * Whether an address shows the network as in training, with a batch's statistics and dropout's mask, and not as in
 * evaluation:
 *
 *   #data=spiral&layers=8,8&layers.batch_norm=true&mode=training
 */

import { joined, pairsIn } from "./link-text.js";
import { either } from "../base/words.js";

/** @import {Problem} from "../base/types.js" */

const KEY = "mode";
const TRAINING = "training";
const EVALUATION = "evaluation";

/** The keys of an address that say how the network is shown. */
export const MODE_KEYS = [KEY];

/**
 * @param {string} hash  with or without the leading #
 * @returns {{training: boolean, problems: Problem[]}}
 */
export function readMode(hash) {
  const value = new Map(pairsIn(hash)).get(KEY) ?? EVALUATION;
  const isKnown = value === TRAINING || value === EVALUATION;
  const problems = isKnown ? [] : [{ path: KEY, value, allowed: either([TRAINING, EVALUATION]) }];
  return { training: value === TRAINING, problems };
}

/**
 * A run and how its network is shown, in one address.
 *
 * @param {string} run  as `format` writes it
 * @param {boolean} training
 */
export const withMode = (run, training) => joined(run, training && `${KEY}=${TRAINING}`);
