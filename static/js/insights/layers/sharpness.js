/** How sharply the loss curves, in words: λmax beside the edge up to which steps are stable. */

import { significant } from "../../base/format.js";
import { t } from "../../base/words.js";

/** @import {Sharpness} from "../../base/types.js" */

/** As close to the edge as this, as a share of it, is at the edge. */
const AT = 0.25;

/** @param {Sharpness} sharpness */
export function sharpnessWords({ value, formula, edge }) {
  if (value === null) return t("λmax is no finite number.");
  const said = { value: significant(value, 3), formula: formula ?? "", edge: significant(edge ?? NaN, 3) };
  if (edge === null) {
    return t("λmax = {value}; this optimizer scales each weight by itself, so it has no fixed edge.", said);
  }
  if (value > (1 + AT) * edge) return t("λmax = {value}, over the edge {formula} = {edge}: steps grow along it.", said);
  return value > (1 - AT) * edge
    ? t("λmax = {value}, at the edge {formula} = {edge}.", said)
    : t("λmax = {value}, below the edge {formula} = {edge}: steps are stable.", said);
}
