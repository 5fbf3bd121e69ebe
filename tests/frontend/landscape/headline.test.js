import assert from "node:assert/strict";
import { test } from "node:test";

import { claim, question } from "../../../static/js/landscape/headline.js";
import { INITIAL } from "../../../static/js/base/store.js";

/** @import {Landscape} from "../../../static/js/landscape/landscape.js" */

const NAMES = ["SGD", "Momentum", "Adam"];

/**
 * Networks with these losses at the points of their paths, ten steps from one to the next.
 *
 * @param {number[][]} losses  of each point, those of all networks
 * @param {Partial<typeof INITIAL.landscape>} [choices]
 */
function landscape(losses, choices = {}) {
  const members = losses[0]?.length ?? 0;
  const steps = losses.map((_, point) => 1000 + 10 * point);
  const all = losses.flat();
  return /** @type {Landscape} */ (
    /** @type {unknown} */ ({
      choices: { ...INITIAL.landscape, ...choices },
      members,
      points: losses.length,
      steps,
      paths: [...all, ...all],
      trueLoss: all,
      planeLoss: all,
      away: all.map(() => 0),
    })
  );
}

/** @param {number[]} losses @param {Partial<typeof INITIAL.landscape>} [choices] */
const now = (losses, choices) => claim(landscape([losses.map(() => 9), losses], choices), NAMES);

test("the lowest network is named with its own loss, whichever loss is looked at", () => {
  assert.equal(now([0.5, 0.25, 0.3]), "Momentum is lowest at step 1,010: training loss 0.2500.");
  assert.equal(now([0.5, 0.25, 0.1], { half: "test" }), "Adam is lowest at step 1,010: test loss 0.1000.");
  const penalty = { half: /** @type {const} */ ("test"), penalty: true };
  assert.equal(now([0.5, 0.6, 0.7], penalty), "SGD is lowest at step 1,010: test loss with penalty 0.5000.");
});

test("networks whose losses read alike are equally low", () => {
  assert.equal(now([0.5, 0.25, 0.25001]), "Momentum and Adam are lowest at step 1,010: training loss 0.2500 each.");
  assert.equal(now([0.5, 0.5, 0.5]), "All 3 networks are equally low at step 1,010: training loss 0.5000.");
  assert.equal(
    claim(landscape([[0.5, 0.25, 0.25, 0.25]]), [...NAMES, "RMSProp"]),
    "3 of the 4 networks are lowest at step 1,000: training loss 0.2500 each.",
  );
});

test("a network that diverged is never the lowest", () => {
  assert.equal(now([NaN, 0.25, Infinity]), "Momentum is lowest at step 1,010: training loss 0.2500.");
  assert.equal(now([NaN, Infinity, Infinity]), "At step 1,010 all 3 networks have diverged.");
  assert.equal(now([NaN, 0.25, 0.25]), "Momentum and Adam are lowest at step 1,010: training loss 0.2500 each.");
});

test("of a single network it is said how far it has come", () => {
  const way = (/** @type {number[]} */ ...losses) => claim(landscape(losses.map((loss) => [loss])), ["SGD"]);
  assert.equal(way(0.7, 0.9, 0.1), "By step 1,020 the training loss has fallen from 0.7000 to 0.1000.");
  assert.equal(way(0.7, 0.9), "By step 1,010 the training loss has risen from 0.7000 to 0.9000.");
  assert.equal(way(0.7, 0.70001), "At step 1,010 the training loss is still 0.7000.");
  assert.equal(way(0.7), "At step 1,000 the training loss is 0.7000.");
  assert.equal(way(0.7, NaN), "At step 1,010 the network has diverged.");
});

test("before anything is measured the title asks", () => {
  assert.equal(question(4), "Which of the 4 networks comes lowest?");
  assert.equal(question(1), "How low does the network come?");
});
