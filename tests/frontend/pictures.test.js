/**
 * The main pictures, drawn as vector pictures by the very code that draws the page's canvases, beside what they looked
 * like before: `tests/golden/pictures`. Where a picture has changed on purpose, look at both and renew them:
 *
 *     RENEW_PICTURES=1 node --test tests/frontend/pictures.test.js
 */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { css } from "../../static/js/draw/colour.js";
import { createRelief } from "../../static/js/draw/height-map.js";
import { svgFile } from "../../static/js/draw/svg-surface.js";
import { activationsOf } from "../../static/js/insights/layers/activations.js";
import { drawActivations } from "../../static/js/insights/layers/activations-picture.js";
import { drawGradients } from "../../static/js/insights/layers/gradients-picture.js";
import { gradientsOf } from "../../static/js/insights/layers/gradients.js";
import { placeColumns } from "../../static/js/insights/layers/place.js";
import { drawWeights } from "../../static/js/insights/layers/weights-picture.js";
import { weightsOf } from "../../static/js/insights/layers/weights.js";
import { pairOf } from "../../static/js/insights/pair/pair.js";
import { drawPair } from "../../static/js/insights/pair/picture.js";
import { drawPortrait, portraitSize } from "../../static/js/insights/point/portrait.js";
import { columnTables } from "../../static/js/insights/point/tables.js";
import { drawFilm } from "../../static/js/insights/space/picture.js";
import { placeFilm } from "../../static/js/insights/space/place.js";
import { spaceOf } from "../../static/js/insights/space/space.js";
import { landscapePicture } from "../../static/js/landscape/map/portrait.js";
import { drawNetwork, planOf } from "../../static/js/network/portrait.js";
import { drawOutput } from "../../static/js/output/picture.js";
import { drawGround, racePicture, sceneOf } from "../../static/js/race/map/picture.js";
import { runPicture } from "../../static/js/share/run-picture.js";
import { installCanvas } from "./canvas.js";
import { CATALOG, exampleLandscape, exampleRun, exampleSurface, exampleTrack } from "./examples.js";
import { DARK, LIGHT } from "./palette.js";
import { goldenTrace } from "./insights/point/trace.js";
import { activationFrame, gradientFrame, pairFrame, spaceFrame, weightFrame } from "./readings.js";

installCanvas();

/** @param {string} name */
const golden = (name) => new URL(`../golden/pictures/${name}.svg`, import.meta.url);

/**
 * @param {string} name
 * @param {() => {text: string}} draw
 */
function picture(name, draw) {
  test(`the picture ${name} looks as before`, () => {
    // one element a line, so that what has changed can be found
    const text = `${draw().text.replaceAll("><", ">\n<")}\n`;
    assert.doesNotMatch(text, /NaN|undefined|Infinity/);
    if (process.env.RENEW_PICTURES) writeFileSync(golden(name), text);
    const [now, before] = [text.split("\n"), readFileSync(golden(name), "utf-8").split("\n")];
    const line = now.findIndex((each, index) => each !== before[index]);
    assert.ok(
      line < 0 && now.length === before.length,
      `${name} has changed in line ${line + 1}:\n- ${before[line]}\n+ ${now[line]}\nIf that is meant, RENEW_PICTURES=1 renews it.`,
    );
  });
}

/** As the light theme has it. */
const LOOK = {
  ink: "#1c1b22",
  soft: "#5a5866",
  line: "#e3e2e9",
  strong: "#8b8997",
  page: "#f7f7f9",
  sunken: "#f0f0f4",
  accent: "#5a48d0",
  warn: "#9a5b00",
  good: "#1f7a4d",
  negative: "#f59322",
  positive: "#0877bd",
  font: LIGHT.palette.font,
};

/**
 * @param {number} layers
 * @param {(surface: import("../../static/js/draw/surface.js").Surface,
 *   place: import("../../static/js/insights/layers/place.js").Place) => void} draw
 */
const panel = (layers, draw) => {
  const size = { width: 420, height: 144 };
  return svgFile({ ...paper(LIGHT.palette), ...size, background: LOOK.page }, (surface) =>
    draw(surface, placeColumns(size, [], layers)),
  );
};

picture("panel-gradients", () =>
  panel(4, (surface, place) => {
    const gradients = gradientsOf(gradientFrame({ norms: [2e-6, 3e-4, 0.02, 0.5] }));
    const spec = { clip: { kind: "norm", limit: 0.1 } };
    const trail = [[1e-5, 1e-3, 0.1, 1], [1e-6, 1e-4, 0.05, 0.6], gradients?.norms ?? []];
    if (gradients) drawGradients(surface, { gradients, trail, spec }, place, LOOK);
  }),
);
picture("panel-activations", () =>
  panel(3, (surface, place) => {
    const activations = activationsOf(activationFrame({ spreads: [0.4, 0.1, 0.3], idle: [0, 1] }), [2, 4, 4, 1]);
    if (activations) drawActivations(surface, activations, place, LOOK);
  }),
);
picture("panel-training", () =>
  panel(3, (surface, place) => {
    const normed = [
      [0.4, 0.6, 0.1, 1],
      [-0.2, 0.3, 0, 0.9],
    ].map((each) => [...each, 0.3]);
    const mask = [2, 0, 2, 2, 1, 1, 1, 1];
    const frame = activationFrame({ spreads: [0.4, 0.1, 0.3], normed, mask });
    const activations = activationsOf(frame, [2, 4, 4, 1]);
    if (activations) drawActivations(surface, activations, place, LOOK);
  }),
);
picture("panel-weights", () =>
  panel(2, (surface, place) => {
    const weights = weightsOf(weightFrame());
    if (weights) drawWeights(surface, weights, place, LOOK);
  }),
);

picture("panel-weight-pair", () =>
  svgFile({ ...paper(LIGHT.palette), width: 260, height: 260, background: LOOK.page }, (surface) => {
    const pair = pairOf(pairFrame());
    const trail = [
      [-0.4, -0.3],
      [0.2, 0.3],
      [0.8, 0.4],
    ];
    const shown = { prices: { l1: 0.5, l2: 0 }, trail };
    if (pair) drawPair(surface, { pair, ...shown }, { x: 10, y: 10, side: 240 }, LOOK);
  }),
);
picture("panel-one-point", () => {
  const golden = goldenTrace();
  const tables = columnTables({ kind: "answer" }, golden);
  const lines = ["Softmax", "cross-entropy 1.10"];
  return svgFile({ ...paper(LIGHT.palette), ...portraitSize(tables, lines), background: LOOK.page }, (surface) =>
    drawPortrait(surface, tables, lines, LOOK),
  );
});
picture("panel-hidden-space", () => {
  const size = { width: 320, height: 150 };
  return svgFile({ ...paper(LIGHT.palette), ...size, background: LOOK.page }, (surface) => {
    const space = spaceOf(spaceFrame(), [2, 3, 1]);
    const points = { task: /** @type {const} */ ("two_class"), classes: 2, train: 8, labels: [0, 0, 1, 1, 1, 1, 0, 0] };
    const shown = { points, names: ["x₁", "x₂"], at: 1, lit: 1 };
    const style = { palette: LIGHT.palette, look: LOOK };
    if (space) drawFilm(surface, { space, ...shown }, placeFilm(size, [], 2), style);
  });
});

/** @param {typeof LIGHT.palette} palette */
const paper = (palette) => ({
  title: "Test",
  description: "A picture of a test.",
  background: css(palette.surface),
  font: palette.font,
});

/**
 * @param {Parameters<typeof exampleRun>[0]} task
 * @param {typeof LIGHT} [theme]
 */
const output = (task, { palette } = LIGHT) =>
  svgFile({ ...paper(palette), width: 360, height: 360 }, (surface) => {
    surface.translate(30, 10);
    drawOutput(surface, exampleRun(task), { palette, size: 320 });
  });

picture("output-two-classes", () => output({ kind: "two_class" }));
picture("output-two-classes-discretized", () =>
  output({ kind: "two_class", state: { discretize: true, showTest: false, marking: false } }, DARK),
);
picture("output-eight-classes", () => output({ kind: "multi_class", classes: 8 }));
picture("output-regression", () => output({ kind: "regression" }, DARK));

/**
 * @param {Parameters<typeof exampleRun>[0]} task
 * @param {typeof LIGHT} [theme]
 */
const network = (task, { palette } = LIGHT) => {
  const run = exampleRun(task);
  const plan = planOf(run.state, CATALOG, { width: 560, height: 380 }, 30);
  return svgFile({ ...paper(palette), ...plan.layout }, (surface) =>
    drawNetwork(surface, plan, run, { palette, header: 30 }),
  );
};

picture("network", () => network({ kind: "multi_class", classes: 3 }));
picture("network-held-and-dropped", () =>
  network({ kind: "two_class", dropped: [1, 2], state: { spec: { frozen: ["layers.0.W.1.2", "output.b.0"] } } }, DARK),
);
picture("network-of-many-layers", () => network({ kind: "two_class", hidden: [18, ...Array(10).fill(3)] }));

picture("run", () =>
  runPicture({
    ...exampleRun({ kind: "two_class", state: { spec: { data: { kind: "own" } } } }),
    palette: LIGHT.palette,
  }),
);

test("a picture of a run whose map is as in training says so", () => {
  const run = { ...exampleRun({ kind: "two_class" }), palette: LIGHT.palette };
  assert.doesNotMatch(runPicture(run).text, /As in training/);
  assert.match(runPicture({ ...run, frame: { ...run.frame, training: 10 } }).text, />As in training, 10 points</);
});

const RACE = {
  ...exampleSurface(),
  track: exampleTrack(),
  step: 14,
  names: ["Adam", "SGD <fast>", "Momentum"],
  title: "Two valleys",
  starts: /** @type {[number, number][]} */ ([
    [-1.6, 1.6],
    [0.2, 0],
  ]),
  shown: { looks: [0, 4, 2], hidden: [], chosen: 1, start: 0, arrows: /** @type {const} */ ("all") },
  parts: () => ({ step: null, count: 0 }),
};

picture("race", () => racePicture({ ...RACE, basins: null }, LIGHT.race));
picture("race-on-basins", () =>
  racePicture({ ...RACE, shown: { ...RACE.shown, hidden: [2], arrows: "none" } }, DARK.race),
);

picture("surface", () =>
  svgFile({ ...paper(LIGHT.palette), width: 260, height: 240 }, (surface) => {
    surface.translate(40, 10);
    drawGround(surface, createRelief(), sceneOf(RACE.surface, 200, LIGHT.race), RACE.surface, null);
  }),
);

for (const [name, theme] of /** @type {const} */ ([
  ["landscape", LIGHT],
  ["landscape-dark", DARK],
])) {
  picture(name, () => landscapePicture(exampleLandscape(), ["SGD", "Adam & Eve", "Momentum"], theme.landscape, 1));
}
