/** Which map the output panel shows: what the network says, or what the unit that is pointed at does. */

/** @import {Block, Frames, State} from "../base/types.js" */
/** @import {Picture} from "../draw/class-map.js" */

/**
 * Which of several outputs is pointed at; null where none is.
 *
 * @param {Pick<State, "inspected" | "units">} state
 */
export function outputOf({ inspected, units }) {
  const outputs = units.at(-1) ?? 0;
  if (inspected?.source !== "neuron" || outputs < 2) return null;
  const hidden = units.slice(1, -1).reduce((sum, count) => sum + count, 0);
  return inspected.index < hidden ? null : inspected.index - hidden;
}

/**
 * Whether what the network says is shown: the only output says just that.
 *
 * @param {Pick<State, "inspected" | "units">} state
 */
export function isWhole({ inspected, units }) {
  if (!inspected) return true;
  const hidden = units.slice(1, -1).reduce((sum, count) => sum + count, 0);
  return inspected.source === "neuron" && units.at(-1) === 1 && inspected.index === hidden;
}

/**
 * @param {Pick<State, "inspected" | "units">} state
 * @param {Pick<Frames, "latest" | "scene">} frames
 * @returns {Picture | null}
 */
export function pictureOf(state, { latest, scene }) {
  const { inspected } = state;
  if (inspected?.source === "feature" && scene) {
    return unitPicture(scene.arrays.feature_maps, scene.arrays.feature_scale, inspected.index);
  }
  if (!latest) return null;
  const {
    boundary,
    boundary_scale: scale,
    neurons,
    neuron_scale: neuronScale,
    scores,
    scores_scale: scoresScale,
  } = latest.arrays;
  if (isWhole(state)) return { maps: boundary.data, scales: scale.data, grid: boundary.shape[1] ?? 0 };
  const output = outputOf(state);
  // as fine as the whole map, as soon as it comes
  if (output !== null && scores && scoresScale) return unitPicture(scores, scoresScale, output);
  return inspected && unitPicture(neurons, neuronScale, inspected.index);
}

/**
 * @param {Block} maps
 * @param {Block} scales
 * @param {number} index
 * @returns {Picture | null}
 */
function unitPicture({ data, shape }, scales, index) {
  const grid = shape[1] ?? 0;
  if (index >= (shape[0] ?? 0)) return null;
  const area = grid * grid;
  const maps = data.subarray(index * area, (index + 1) * area);
  return { maps, scales: scales.data.subarray(index, index + 1), grid };
}
