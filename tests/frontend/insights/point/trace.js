/** The golden trace, as the page reads it. */

import { readFileSync } from "node:fs";

import { namesOf } from "../../../../static/js/insights/point/numbers.js";
import { strongestPath } from "../../../../static/js/insights/point/steps.js";
import { readTrace } from "../../../../static/js/insights/point/trace.js";
import { decode } from "../../../../static/js/wire/protocol.js";
import { CATALOG } from "../../catalog.js";

/** A network of four tanh units and three classes, and the point (1.1, 0.4) of class 2. */
const LAYOUT = [
  { name: "layers.0.W", offset: 0, shape: [2, 4] },
  { name: "layers.0.b", offset: 8, shape: [4] },
  { name: "output.W", offset: 12, shape: [4, 3] },
  { name: "output.b", offset: 24, shape: [3] },
];

export function goldenTrace() {
  const bytes = readFileSync(new URL("../../../golden/trace.bin", import.meta.url));
  const buffer = new Uint8Array(bytes).buffer;
  const trace = readTrace(/** @type {any} */ (decode(buffer)), LAYOUT);
  const names = namesOf(trace, null, CATALOG);
  return { trace, names, path: strongestPath(trace), loss: "cross_entropy", scores: null };
}
