import assert from "node:assert/strict";
import { test } from "node:test";

import { badgesOf, shortName } from "../../../static/js/settings/badges.js";
import { knob } from "../catalog.js";

/** @import {Setting} from "../../../static/js/settings/control-list.js" */

const make = () => assert.fail("a badge needs no control");

/** @param {string} path @param {Setting["knob"]} of @returns {Setting} */
const setting = (path, of) => ({ key: path, path, live: true, knob: of, own: false, make });

const SETTINGS = [
  setting("layers.0.batch_norm", knob("batch_norm", { label: "Batch normalization", type: "boolean", default: false })),
  setting("layers.0.dropout", knob("dropout", { label: "Dropout" })),
  setting("layers.0.activation.kind", null),
];

test("what is as it usually is has no badge", () => {
  const layers = [{ batch_norm: false, dropout: 0, activation: { kind: "relu" } }];
  assert.deepEqual(badgesOf(SETTINGS, { layers }), []);
});

test("what is on has one, with its value and its explanation", () => {
  const layers = [{ batch_norm: true, dropout: 0.3, activation: { kind: "relu" } }];
  assert.deepEqual(badgesOf(SETTINGS, { layers }), [
    { text: "BN", title: "Batch normalization: on", help: "A sentence." },
    { text: "Drop 0.3", title: "Dropout: 0.3", help: "A sentence." },
  ]);
});

test("a name is shortened to its initials, or to its beginning", () => {
  assert.equal(shortName("Batch normalization"), "BN");
  assert.equal(shortName("Dropout"), "Drop");
  assert.equal(shortName("Alpha"), "Alpha");
});
