/** What curvature does to the steps of a racer, in words, with its own numbers. */

import { significant } from "./numbers.js";
import { curvatureAt } from "./curvature-figure.js";
import { sentences, t } from "../../base/words.js";

/** @import {StudyPart} from "../types.js" */

/** @typedef {{factor: number, limit: number | null}} Along */

/** A factor that is as close to 1 as this keeps what there is. */
const CLOSE = 1e-9;

/**
 * @param {StudyPart} study  of the kind `curvature`
 * @param {number} racer
 */
export function errorWords({ values, along, edges }, racer) {
  if (!values) return t("This surface is not a quadratic: its directions change from place to place.");
  const both = along?.[racer];
  if (!both) return t("The rule of this racer is not linear, or its rate changes: no factor holds in every step.");
  return sentences(
    directionWords(t("Steep"), values[1], both[1], edges[racer] === "2/η"),
    directionWords(t("Flat"), values[0], both[0], edges[racer] === "2/η"),
  );
}

/**
 * @param {string} direction
 * @param {number} value  the eigenvalue
 * @param {Along} along
 * @param {boolean} isPlain  whether the factor is 1 − ηλ
 */
function directionWords(direction, value, { factor, limit }, isPlain) {
  const said = {
    direction,
    curvature: significant(value, 3),
    factor: significant(factor, 3),
    limit: significant(limit ?? NaN, 3),
  };
  const size = Math.abs(factor);
  const grows = size > 1 + CLOSE;
  if (!isPlain) {
    if (grows) return t("{direction}, λ = {curvature}: the error grows × {factor} a step in the long run.", said);
    return size < 1 - CLOSE
      ? t("{direction}, λ = {curvature}: the error shrinks × {factor} a step in the long run.", said)
      : t("{direction}, λ = {curvature}: the error stays as large in the long run.", said);
  }
  if (factor >= 0) {
    if (grows) return t("{direction}, λ = {curvature}: 1 − ηλ = {factor}, so it grows.", said);
    return size < 1 - CLOSE
      ? t("{direction}, λ = {curvature}, 2/λ = {limit}: 1 − ηλ = {factor}, so it shrinks.", said)
      : t("{direction}, λ = {curvature}: 1 − ηλ = 1, so it stays.", said);
  }
  if (grows) return t("{direction}, λ = {curvature}, 2/λ = {limit}: 1 − ηλ = {factor}, so it flips and grows.", said);
  return size < 1 - CLOSE
    ? t("{direction}, λ = {curvature}, 2/λ = {limit}: 1 − ηλ = {factor}, so it flips and shrinks.", said)
    : t("{direction}, λ = {curvature}, 2/λ = {limit}: 1 − ηλ = −1, so it flips and stays as large.", said);
}

/**
 * @param {StudyPart} study  of the kind `curvature`
 * @param {number} racer
 * @param {number} step
 */
export function curvatureWords(study, racer, step) {
  const { most, edge } = curvatureAt(study, racer, step);
  if (!Number.isFinite(most)) return t("f has no curvature here.");
  const said = { curvature: significant(most, 3), edge: significant(edge, 3), formula: study.edges[racer] ?? "" };
  if (!study.edges[racer]) {
    return t("λmax = {curvature} here. This racer scales each direction by itself, so it has no fixed edge.", said);
  }
  if (most <= 0) return t("λmax = {curvature} here: the surface curves down in every direction.", said);
  return most > edge
    ? t("λmax = {curvature} here, above {formula} = {edge}: along this direction steps grow.", said)
    : t("λmax = {curvature} here, below {formula} = {edge}: steps are stable.", said);
}
