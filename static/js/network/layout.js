/**
 * Where units and edges of a network are drawn. Geometry only: knows no DOM.
 *
 * A network is a row of columns: all features that can be chosen, the hidden layers, the outputs.
 * A place depends on the shape of the network alone, so nothing moves while it trains.
 */

/** Columns closer than this would have no room for their controls; the network scrolls instead. */
const LEAST_PITCH = 52;
const MOST_ROW = 60;
const LEAST_ROW = 16;
const MOST_TILE = 42;
const TILE_SHARE = 0.78;

/** On a room as large as this tiles have their usual size; on a projector's they grow with it. */
const USUAL_ROOM = { width: 680, height: 480 };
const MOST_ZOOM = 1.7;

/** Layers with more units show the first ones and the number of the rest. */
export const MOST_UNITS = 16;

/** Of more hidden layers the first and the last are shown, and a fold between them stands for the rest. */
export const MOST_LAYERS = 8;

/** Room for the names of the features, left of their maps. */
const NAMES = 58;
const MARGIN = 10;

/** Room right of the last column: for half its controls and the mark of a class. */
const END = 30;

/** Controls wider than this would only be emptier. */
const MOST_CONTROLS = 260;

/**
 * @typedef {"features" | "hidden" | "fold" | "outputs"} Role
 * @typedef {{index: number, x: number, y: number}} Unit  the middle of its tile
 * @typedef {object} Column
 * @property {Role} role
 * @property {number} layer  0 for the first hidden layer, −1 for the features; of a fold its first one
 * @property {number} layers  how many layers it stands for: 1, but for a fold
 * @property {number} first  where its units begin among those of all layers, features not counted
 * @property {number} x      the middle of its tiles
 * @property {number} width  room for its controls
 * @property {number} tile   side of a tile
 * @property {number} side   that of what can be pressed, which is no smaller
 * @property {Unit[]} units
 * @property {number} more   units that are not drawn
 * @property {number} moreY  the middle of the text that says so
 *
 * `least` is the height below which the rows would not stand apart.
 * @typedef {{width: number, height: number, least: number, columns: Column[]}} Layout
 *
 * The edges between two columns, one after the other in arrays.
 * @typedef {object} Gap
 * @property {number} layer  the layer the edges lead into
 * @property {number} x0
 * @property {number} x1
 * @property {Float32Array} y0
 * @property {Float32Array} y1
 * @property {Uint16Array} from    index of the unit in the column before: a row of W
 * @property {Uint16Array} to      index of the unit: a column of W
 * @property {Uint32Array} weight  index in theta
 */

/**
 * @param {object} network
 * @param {number} network.features  how many features there are to choose from
 * @param {number[]} network.hidden  units of each hidden layer
 * @param {number} network.outputs
 * @param {{width: number, height: number}} room
 * @param {number} header  height of the controls above each column
 * @param {boolean} [whole]  whether every layer is shown, however many there are
 * @param {number} [target]  the least side of what can be pressed; nothing can be in a picture
 * @returns {Layout}
 */
export function layoutNetwork({ features, hidden, outputs }, room, header, whole = false, target = 0) {
  const shown = columnsOf(features, hidden, outputs, whole);
  const most = Math.max(...shown.map(({ count }) => Math.min(count, MOST_UNITS)));
  const rest = header + 2 * MARGIN;
  const zoom = zoomFor(room);
  const least = rest + most * Math.max(LEAST_ROW, target);
  const height = Math.max(least, Math.min(room.height, rest + most * MOST_ROW * zoom));
  const gaps = shown.length - 1;
  const left = NAMES + (MOST_TILE * zoom) / 2;
  const right = MARGIN + END * zoom;
  const width = Math.max(room.width, left + gaps * LEAST_PITCH + right);
  const pitch = (width - left - right) / gaps;

  const columns = shown.map(({ count, ...column }, index) => {
    const x = Math.round(left + index * pitch);
    const tiles = stack(count, x, { header, height, zoom, target });
    const room = Math.min(pitch - 4, MOST_CONTROLS, 2 * (width - x));
    return { ...column, x, width: room, ...tiles };
  });
  return { width, height, least, columns };
}

/**
 * What each column stands for, and how many units it has; a fold has none to draw.
 *
 * @param {number} features
 * @param {number[]} hidden
 * @param {number} outputs
 * @param {boolean} whole
 * @returns {{role: Role, layer: number, layers: number, first: number, count: number}[]}
 */
function columnsOf(features, hidden, outputs, whole) {
  let first = 0;
  const layers = [...hidden, outputs].map((count, layer) => {
    const role = /** @type {Role} */ (layer === hidden.length ? "outputs" : "hidden");
    const column = { role, layer, layers: 1, first, count };
    first += count;
    return column;
  });
  const folded = whole ? 0 : hidden.length - MOST_LAYERS + 1;
  if (folded > 1) {
    const at = MOST_LAYERS / 2;
    const [begin] = layers.splice(at, folded);
    layers.splice(at, 0, { role: "fold", layer: at, layers: folded, first: begin?.first ?? 0, count: 0 });
  }
  return [{ role: "features", layer: -1, layers: 1, first: 0, count: features }, ...layers];
}

/** @param {{width: number, height: number}} room */
function zoomFor({ width, height }) {
  const zoom = Math.min(width / USUAL_ROOM.width, height / USUAL_ROOM.height);
  return Math.min(MOST_ZOOM, Math.max(1, zoom));
}

/**
 * @param {number} count
 * @param {number} x
 * @param {{header: number, height: number, zoom: number, target: number}} space
 */
function stack(count, x, { header, height, zoom, target }) {
  const crowded = count > MOST_UNITS;
  const rows = crowded ? MOST_UNITS : count;
  const room = height - header - 2 * MARGIN;
  const row = Math.min(MOST_ROW * zoom, room / Math.max(1, rows));
  const top = header + MARGIN + (room - row * rows) / 2;
  const middle = (/** @type {number} */ index) => Math.round(top + (index + 0.5) * row);
  const shown = crowded ? rows - 1 : rows;
  const tile = Math.round(Math.min(MOST_TILE * zoom, row * TILE_SHARE));
  return {
    tile,
    // an even difference, so that the tile stays on whole pixels
    side: tile + 2 * Math.ceil(Math.max(0, target - tile) / 2),
    units: Array.from({ length: shown }, (_, index) => ({ index, x, y: middle(index) })),
    more: count - shown,
    moreY: middle(rows - 1),
  };
}

/**
 * @param {Layout} layout
 * @param {number[]} active  for each input of the network, in the order of theta, its row among all features
 * @param {{name: string, offset: number, shape: number[]}[]} arrays  the places in theta
 * @returns {Gap[]}
 */
export function layoutEdges(layout, active, arrays) {
  const { columns } = layout;
  return columns.slice(1).flatMap((target, layer) => {
    const source = /** @type {Column} */ (columns[layer]);
    const weights = arrays.find(({ name }) => name === weightName(target));
    if (!weights && target.role !== "fold") return [];
    const inputs = layer === 0 ? active.map((row) => source.units[row]) : source.units;
    const pairs = inputs.flatMap((input, from) => target.units.map((output) => ({ input, from, output })));
    const width = weights?.shape[1] ?? 0;
    const offset = weights?.offset ?? 0;
    return [
      {
        layer: target.layer,
        x0: Math.round(source.x + source.tile / 2),
        x1: Math.round(target.x - target.tile / 2),
        y0: Float32Array.from(pairs, ({ input }) => input?.y ?? NaN),
        y1: Float32Array.from(pairs, ({ output }) => output.y),
        from: Uint16Array.from(pairs, ({ from }) => from),
        to: Uint16Array.from(pairs, ({ output }) => output.index),
        weight: Uint32Array.from(pairs, ({ from, output }) => offset + from * width + output.index),
      },
    ];
  });
}

/** @param {Column} column */
const arrayPrefix = ({ role, layer }) => (role === "outputs" ? "output" : `layers.${layer}`);

/** @param {Column} column  the name in `layout` of the weights into it */
export const weightName = (column) => `${arrayPrefix(column)}.W`;

/** @param {Column} column  the name in `layout` of its biases */
export const biasName = (column) => `${arrayPrefix(column)}.b`;

/**
 * A point of the curve between two units: level at both ends.
 *
 * @param {{x0: number, x1: number, y0: number, y1: number}} edge
 * @param {number} t  0 at its start, 1 at its end
 * @returns {[x: number, y: number]}
 */
export function pointOnEdge({ x0, x1, y0, y1 }, t) {
  const s = 1 - t;
  const middle = (x0 + x1) / 2;
  const a = s * s * s;
  const b = 3 * s * s * t;
  const c = 3 * s * t * t;
  const d = t * t * t;
  return [a * x0 + (b + c) * middle + d * x1, (a + b) * y0 + (c + d) * y1];
}

/**
 * The edge nearest to a point, or null where none is near.
 *
 * @param {Gap[]} gaps
 * @param {number} x
 * @param {number} y
 * @param {number} reach  how far it may be away
 * @returns {{gap: number, edge: number} | null}
 */
export function edgeAt(gaps, x, y, reach) {
  const gap = gaps.findIndex(({ x0, x1 }) => x > x0 && x < x1);
  const found = gaps[gap];
  if (!found) return null;
  const t = progressAt((x - found.x0) / (found.x1 - found.x0));
  let nearest = -1;
  let least = Infinity;
  for (let edge = 0; edge < found.y0.length; edge++) {
    const ends = { x0: 0, x1: 1, y0: found.y0[edge] ?? NaN, y1: found.y1[edge] ?? NaN };
    const [, height] = pointOnEdge(ends, t);
    // Measured across the curve: a steep edge passes close to points far above and below it.
    const slope = (ends.y1 - ends.y0) / (found.x1 - found.x0);
    const distance = Math.abs(height - y) / Math.hypot(1, 1.5 * slope);
    if (distance < least) {
      least = distance;
      nearest = edge;
    }
  }
  return least <= reach ? { gap, edge: nearest } : null;
}

/**
 * The curve's parameter where it has gone `share` of its way to the right: the inverse of
 * x(t) = 1.5 t − 1.5 t² + t³, by Newton's method.
 *
 * @param {number} share
 */
function progressAt(share) {
  let t = share;
  for (let i = 0; i < 6; i++) t -= (1.5 * t - 1.5 * t * t + t * t * t - share) / (1.5 - 3 * t + 3 * t * t);
  return t;
}

/**
 * The unit an arrow key leads to.
 *
 * @param {Layout} layout
 * @param {{column: number, unit: number}} from
 * @param {string} key
 * @returns {{column: number, unit: number} | null}
 */
export function neighbour({ columns }, { column, unit }, key) {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!step) return null;
  const [across = 0, down = 0] = step;
  const beside = columns[column + across];
  const target = beside?.role === "fold" ? columns[column + 2 * across] : beside;
  const here = columns[column]?.units[unit];
  if (!target || !here) return null;
  if (down !== 0) return target.units[unit + down] ? { column, unit: unit + down } : null;
  const distances = target.units.map(({ y }) => Math.abs(y - here.y));
  return { column: columns.indexOf(target), unit: distances.indexOf(Math.min(...distances)) };
}
