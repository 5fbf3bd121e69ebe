/** Made-up runs, races and landscapes, to draw: polynomials only, so that every machine makes the same numbers. */

import { landscapeOf } from "../../static/js/landscape/landscape.js";
import { createTrack } from "../../static/js/race/record.js";
import { INITIAL } from "../../static/js/base/store.js";

/** @import {Catalog, Frame, Scene, State, StudyPart} from "../../static/js/base/types.js" */

/** @param {number[]} shape @param {ArrayLike<number>} values */
const block = (shape, values) => ({ shape, data: Float64Array.from(values) });

/**
 * A map of small integers, of a function of x1 and x2 in [−1, 1].
 *
 * @param {number} grid
 * @param {(x: number, y: number) => number} f  from −1 to 1
 */
const map = (grid, f) =>
  Array.from({ length: grid * grid }, (_, i) => {
    const [x, y] = [(2 * (i % grid)) / (grid - 1) - 1, 1 - (2 * Math.floor(i / grid)) / (grid - 1)];
    return Math.round(127 * Math.min(1, Math.max(-1, f(x, y))));
  });

/** @param {string} kind @param {string} [label] */
const record = (kind, label = kind) => ({ kind, label, help: "A sentence.", knobs: [] });

/** As much of a catalogue as the pictures name. */
export const CATALOG = /** @type {Catalog} */ (
  /** @type {unknown} */ ({
    families: {
      datasets: [record("circle", "Circle"), record("own", "Own <points> & more")],
      optimizers: [record("adam", "Adam")],
      activations: [record("tanh", "Tanh"), record("relu", "ReLU")],
      features: [record("x1", "x₁"), record("x2", "x₂"), record("x1x2", "x₁x₂")],
    },
  })
);

/**
 * A network of two inputs that answers with as many outputs as the task has, and its points.
 *
 * @param {object} task
 * @param {"two_class" | "multi_class" | "regression"} task.kind
 * @param {number} [task.classes]
 * @param {number[]} [task.hidden]
 * @param {Partial<State>} [task.state]
 * @param {number[]} [task.dropped]  units of the first layer that the next mask leaves out
 */
export function exampleRun({ kind, classes = 2, hidden = [4, 2], state = {}, dropped }) {
  const outputs = kind === "multi_class" ? classes : 1;
  const units = [2, ...hidden, outputs];
  const layout = units.slice(1).flatMap((count, layer) => {
    const name = layer === hidden.length ? "output" : `layers.${layer}`;
    return [
      { name: `${name}.W`, shape: [units[layer] ?? 0, count], offset: 0 },
      { name: `${name}.b`, shape: [count], offset: 0 },
    ];
  });
  let length = 0;
  for (const array of layout) {
    array.offset = length;
    length += array.shape.reduce((product, side) => product * side, 1);
  }
  const count = units.slice(1).reduce((sum, each) => sum + each, 0);
  const [grid, small] = [25, 8];
  const boundary = Array.from({ length: outputs }, (_, index) =>
    map(grid, (x, y) => {
      if (outputs === 1) return 1.2 * (x * x + 0.8 * y * y - 0.5) + 0.1 * x;
      const [side, part] = [(index % 3) - 1, Math.floor(index / 3) - 1];
      return 1 - (x - 0.7 * side) ** 2 - (y - 0.7 * part) ** 2 - 0.05 * index;
    }),
  ).flat();
  const points = Array.from({ length: 60 }, (_, i) => [((i * 37) % 119) / 10 - 5.9, ((i * 53) % 113) / 10 - 5.6]);
  const labels = points.map(([x = 0, y = 0], i) =>
    kind === "regression"
      ? Math.max(-1, Math.min(1, (x * y) / 12))
      : kind === "multi_class"
        ? i % classes
        : Number(x * x + y * y < 16),
  );
  const scene = {
    run: 1,
    task: kind,
    classes,
    train: 40,
    column_names: ["width <mm>", "height & depth of the petals"],
    class_names: [],
    arrays: { points: block([60, 2], points.flat()), labels: block([60], labels) },
  };
  const frame = {
    run: 1,
    step: 1234,
    epoch: 30.85,
    arrays: {
      metrics: block([5, 1], [0.1234, 0.2345, ...(kind === "regression" ? [NaN, NaN] : [0.975, 0.9]), 0]),
      theta: block(
        [length],
        Array.from({ length }, (_, i) => ((i * 29) % 41) / 10 - 2),
      ),
      boundary: block([outputs, grid, grid], boundary),
      boundary_scale: block([outputs], Array(outputs).fill(1)),
      neurons: block(
        [count, small, small],
        Array.from({ length: count }, (_, unit) => map(small, (x, y) => x + ((unit % 5) - 2) * y * 0.6)).flat(),
      ),
      neuron_scale: block(
        [count],
        Array.from({ length: count }, (_, unit) => 0.4 + unit / 10),
      ),
      right: block(
        [60],
        labels.map((_, i) => (kind === "regression" ? NaN : Number(i % 9 !== 0))),
      ),
      ...(dropped && {
        masks: block(
          [count, 4],
          Array.from({ length: 4 * count }, (_, i) => Number(!dropped.includes(Math.floor(i / 4)) || i % 2)),
        ),
      }),
    },
  };
  const spec = {
    data: { kind: "circle" },
    features: ["x1", "x2"],
    optimizer: { kind: "adam", learning_rate: 0.01 },
    layers: hidden.map((each, layer) => ({ units: each, activation: { kind: layer % 2 ? "relu" : "tanh" } })),
    ...state.spec,
  };
  const features = {
    maps: [...map(small, (x) => x), ...map(small, (_, y) => y), ...map(small, (x, y) => x * y)],
    scales: [6, 6, 36],
    grid: small,
  };
  return {
    state: /** @type {State} */ ({ ...INITIAL, units, layout, showTest: true, marking: true, ...state, spec }),
    frame: /** @type {Frame} */ (/** @type {unknown} */ (frame)),
    scene: /** @type {Scene} */ (/** @type {unknown} */ (scene)),
    features,
    catalog: CATALOG,
  };
}

/** A surface with two minima, a place where f has no value, and how far either reaches. */
export function exampleSurface() {
  const grid = 31;
  const values = Array.from({ length: grid * grid }, (_, i) => {
    const [x, y] = [(4 * (i % grid)) / (grid - 1) - 2, 2 - (4 * Math.floor(i / grid)) / (grid - 1)];
    return x > 1.6 && y > 1.6 ? NaN : (x * x - 1) ** 2 + 0.5 * y * y + 0.2 * x;
  });
  const part = {
    view: [-2, 2, -2, 2],
    minima: [[-1.024, 0]],
    local_minima: [[0.974, 0]],
    arrays: { values: block([grid, grid], values) },
  };
  const basins = {
    minima: [
      [-1.024, 0],
      [0.974, 0],
    ],
    arrays: {
      which: block(
        [8, 8],
        Array.from({ length: 64 }, (_, i) => (i === 7 ? -1 : i % 8 < 4 ? 0 : 1)),
      ),
    },
  };
  return {
    surface: /** @type {StudyPart} */ (/** @type {unknown} */ (part)),
    basins: /** @type {StudyPart} */ (/** @type {unknown} */ (basins)),
  };
}

/** Three racers from two starts: one comes to rest, one goes to and back, one leaves the map. */
export function exampleTrack() {
  const [rows, racers, starts] = [21, 3, 2];
  const members = racers * starts;
  const place = (/** @type {number} */ step, /** @type {number} */ member) => {
    const [racer, start] = [Math.floor(member / starts), member % starts];
    const left = (1 - step / 20) ** 2;
    if (racer === 0) return [-1 + (start ? 0.5 : -0.6) * left, 1.6 * left];
    if (racer === 1) return [0.974 + left * (step % 2 ? 0.5 : -0.5), (start ? -1.4 : 1.4) * left];
    return [0.2 + step * step * 0.01, start - step * 0.02];
  };
  const each = (/** @type {(step: number, member: number) => number | number[]} */ of) =>
    Array.from({ length: rows * members }, (_, i) => of(Math.floor(i / members), i % members)).flat();
  const height = (/** @type {number} */ step, /** @type {number} */ member) => (member + 1) * (1 - step / 25);
  const scalar = block([rows, members], each(height));
  const events = Array.from({ length: members }, (_, member) => ({
    converged: member === 0 ? 12 : null,
    stuck: null,
    diverged: member > 3 ? 15 : null,
    failed: null,
    minimum: null,
  }));
  const part = /** @type {any} */ ({
    race: { steps: rows - 1, racers: [{}, {}, {}] },
    members,
    view: [-2, 2, -2, 2],
    minima: [],
    first: 0,
    done: true,
    events,
    arrays: {
      path: block([rows, members, 2], each(place)),
      gradient: block(
        [rows, members, 2],
        each((step, member) => [1 + member, step - 10]),
      ),
      value: scalar,
      gradient_norm: scalar,
      rate: scalar,
      learning_rate: scalar,
      distance: scalar,
    },
  });
  const track = createTrack(part, {});
  track.add(part);
  return track;
}

/** Three networks, of which one has left the map and one is no longer on the ground. */
export function exampleLandscape() {
  const [side, points, members] = [21, 9, 3];
  const loss = Array.from({ length: side * side }, (_, i) => {
    const [a, b] = [(4 * (i % side)) / (side - 1) - 2, 2 - (4 * Math.floor(i / side)) / (side - 1)];
    return i === 0 ? Infinity : 0.2 + 0.1 * (a * a + 2 * b * b + 0.5 * a * b);
  });
  const paths = Array.from({ length: points * members }, (_, i) => {
    const [point, member] = [Math.floor(i / members), i % members];
    return (
      [
        [-1.5 + point / 6, 1.2 - point / 8],
        [-1.5 + point / 4, 1.2 - (point * point) / 40],
        [-1.5 + (point * point) / 12, 1.2],
      ][member] ?? []
    );
  }).flat();
  const along = (/** @type {number[]} */ last) =>
    block(
      [points, members],
      Array.from(
        { length: points * members },
        (_, i) => 1 + ((last[i % members] ?? 0) - 1) * (Math.floor(i / members) / (points - 1)),
      ),
    );
  const part = {
    type: "study",
    id: 1,
    kind: "landscape",
    part: 1,
    done: true,
    step: 400,
    ranges: [
      [-2, 2],
      [-2, 2],
    ],
    explained: [0.61, 0.2],
    labels: ["First principal direction", "Second principal direction"],
    arrays: {
      loss: block([side, side], loss),
      path_steps: block(
        [points],
        Array.from({ length: points }, (_, i) => 50 * i),
      ),
      paths: block([points, members, 2], paths),
      true_loss: along([0.25, 0.1, 2]),
      plane_loss: along([0.25, 0.4, 1.9]),
      away: along([0, 1, 2]),
    },
  };
  const asked = { run: 1, choices: INITIAL.landscape, member: 0, jumps: [] };
  return landscapeOf(/** @type {any} */ (part), asked, String);
}
