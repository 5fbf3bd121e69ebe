/** Where the columns of a panel stand: under those of the network above it. Geometry only. */

import { t } from "../../base/words.js";

/** @import {ColumnPlace} from "../../base/types.js" */

/** Room for the names of the rows, where the columns stand by themselves. */
const NAMES = 84;

/** So wide is a column at least on a phone: a finger finds it, and its numbers stand side by side. */
const LEAST = 48;

/** How wide a picture is on a phone at least, where its columns stand by themselves. @param {number} layers */
export const leastWidth = (layers) => NAMES + LEAST * layers;

/**
 * @typedef {object} Place
 * @property {number} width
 * @property {number} height
 * @property {number} pitch  from one column to the next
 * @property {{layer: number, x: number}[]} columns  those that are seen; layers from 0, outputs last
 */

/**
 * @param {{width: number, height: number}} size
 * @param {readonly ColumnPlace[]} columns  of the network; none where the panel stands by itself
 * @param {number} layers  how many there are, outputs among them
 * @returns {Place}
 */
export function placeColumns({ width, height }, columns, layers) {
  const shown = columns.filter(({ role, x }) => (role === "hidden" || role === "outputs") && x > NAMES && x < width);
  const [before] = columns.filter(({ role }) => role === "features");
  const [first] = shown;
  if (!before || !first) {
    const pitch = (width - NAMES) / Math.max(1, layers);
    return { width, height, pitch, columns: evenly(layers, pitch) };
  }
  const [second = first] = shown.slice(1);
  const pitch = second === first ? first.x - before.x : second.x - first.x;
  return { width, height, pitch, columns: shown.map(({ role, layer, x }) => ({ layer: of(role, layer, layers), x })) };
}

/** @param {ColumnPlace["role"]} role @param {number} layer @param {number} layers */
const of = (role, layer, layers) => (role === "outputs" ? layers - 1 : layer);

/** @param {number} layers @param {number} pitch */
const evenly = (layers, pitch) =>
  Array.from({ length: layers }, (_, layer) => ({ layer, x: NAMES + (layer + 0.5) * pitch }));

/** What a layer is called. @param {number} layer @param {number} layers */
export const layerName = (layer, layers) =>
  layer === layers - 1 ? t("Output") : t("Layer {layer}", { layer: layer + 1 });
