/** Made-up frames with what panels read, to say and to draw. */

/** @import {Frame} from "../../static/js/base/types.js" */

const EDGES = 9;

/** @param {number[]} shape @param {ArrayLike<number>} values */
const block = (shape, values) => ({ shape, data: Float64Array.from(values) });

/** @param {object} reading @param {object} arrays @returns {Frame} */
const frame = (reading, arrays) =>
  /** @type {Frame} */ (/** @type {unknown} */ ({ type: "frame", run: 1, step: 30, clipped: null, reading, arrays }));

/** @param {{norms: number[]}} reading  of each layer */
export function gradientFrame({ norms }) {
  const layers = norms.length;
  const each = (/** @type {(layer: number) => number} */ f) => norms.map((_, layer) => f(layer));
  const rows = [norms, norms, each(() => 0.2), each((layer) => 10 ** (layer - 6)), each(() => 0)];
  const factors = each(() => 0)
    .slice(1)
    .flatMap(() => [0.25, 1, 0.5]);
  return frame(
    { kind: "gradients", batch: 10, total: 1 },
    { flow: block([5, layers], rows.flat()), factors: block([layers - 1, 3], factors) },
  );
}

/**
 * @param {{spreads: number[], flat?: number, idle?: number[], normed?: number[][], mask?: number[]}} reading  `idle` of the
 *   first units; `normed` of the first layers, and `mask` of the hidden units, where training does something else
 */
export function activationFrame({ spreads, flat = 0.1, idle = [], normed, mask = [] }) {
  const layers = spreads.length;
  const units = spreads.length === 1 ? 1 : spreads.length === 2 ? 4 : 4 * (layers - 1) + 1;
  const edges = Array.from({ length: EDGES }, (_, index) => (2 * index) / (EDGES - 1) - 1);
  const bars = edges.slice(1).map((_, index) => Math.max(0, 9 - (index - 3) ** 2));
  return frame(
    { kind: "activations", points: 125, ...(normed && { batch: 10 }) },
    {
      ...(normed && {
        normed: block(
          [layers, 5],
          spreads.flatMap((_, layer) => normed[layer] ?? Array.from({ length: 5 }, () => NaN)),
        ),
        mask: block([mask.length], mask),
      }),
      reach: block(
        [layers],
        spreads.map(() => 6),
      ),
      counts: block(
        [layers, EDGES - 1],
        spreads.flatMap(() => bars),
      ),
      curves: block(
        [layers, 2, EDGES],
        spreads.flatMap(() => [...edges, ...edges.map((x) => Math.max(0, 1 - x * x))]),
      ),
      outputs: block(
        [layers, 3],
        spreads.flatMap((spread) => [0.5, spread, flat]),
      ),
      idle: block(
        [units],
        Array.from({ length: units }, (_, unit) => idle[unit] ?? 0),
      ),
    },
  );
}

/** Two layers. @param {{norms?: number[]}} [reading]  of each layer now and at the start */
export function weightFrame({ norms = [1, 1, 2, 2] } = {}) {
  const [now, before] = [
    [0, 2, 4, 2],
    [1, 3, 3, 1],
  ];
  return frame(
    { kind: "weights" },
    {
      reach: block([2], [1, 0.5]),
      counts: block([2, 2, 4], [...(now ?? []), ...(before ?? []), ...(now ?? []), ...(before ?? [])]),
      norms: block([2, 2], norms),
      sizes: block([3, 2], [2, 1, 0, 1, 8, 4]),
    },
  );
}

/** A bowl around (1, 0.5), over weights from −2 to 2. */
export function pairFrame() {
  const loss = Array.from({ length: 81 }, (_, place) => {
    const [a, b] = [(place % 9) / 2 - 2, 2 - Math.floor(place / 9) / 2];
    return (a - 1) ** 2 + 3 * (b - 0.5) ** 2;
  });
  return frame(
    { kind: "weights", pair: ["layers.0.W.1.2", "output.W.0.0"], pair_reach: 2 },
    { pair_loss: block([9, 9], loss), pair_places: block([3, 2], [0.8, 0.4, 1, 0.5, 0.6, 0]) },
  );
}

const SIDE = 13;

/** Two layers: four points of the inputs, and what three units make of them. @param {{share?: number, reach?: number}} [reading] */
export function spaceFrame({ share = 0.9, reach = 2 } = {}) {
  const corners = [-1, -1, 1, -1, -1, 1, 1, 1];
  const lattice = Array.from({ length: SIDE * SIDE }, (_, place) => [
    (2 * (place % SIDE)) / (SIDE - 1) - 1,
    (2 * Math.floor(place / SIDE)) / (SIDE - 1) - 1,
  ]).flat();
  const plane = [...corners.map((x) => x / 2), ...lattice];
  const folded = plane.map((x, index) => (index % 2 === 0 ? x : (plane[index - 1] ?? 0) ** 2 - 0.4 + 0.3 * x));
  return frame(
    { kind: "hidden-space", every: 2, right: 7 },
    {
      places: block(
        [2, 4 + SIDE * SIDE, 2],
        [...plane, ...folded].map((x) => Math.round((x / 4) * 32767)),
      ),
      reach: block([2], [6, reach]),
      shares: block([2, 2], [1, share, 0.5, 0.875]),
      border: block([1, 3], [0.2, 1, 0.1]),
      pairs: block([2, 2], [0, 1, -1, -1]),
      spread: block([3], [1, 3, 2]),
    },
  );
}
